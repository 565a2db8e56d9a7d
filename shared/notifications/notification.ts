/** One notification: what the upstream, or the facade itself, says has happened. */

/** How the facade came to know of it. `mirror`: another facade has forwarded a push. `reconstructed`: the change sweep saw the change, and the upstream has no notification of it. */
type Origin = 'push' | 'mirror' | 'pull' | 'reconstructed' | 'facade';

export type Notification = {
  /** The upstream's id: unique for good. Each copy of one notification has the same. */
  readonly id: string;
  /** Native type, such as `close`. An event of the facade's own has its type, such as `token.expired`. */
  readonly type: string;
  /** Id of the entity that it is about, such as `experiment:…`. An event of the facade's own has its subject. */
  readonly entity: string;
  /** When it happened, by the upstream's clock. */
  readonly createdAtMillis: number;
  /** When the facade stored it first. */
  readonly receivedAtMillis: number;
  readonly origin: Origin;
  /** The native document, as it came. */
  readonly document: unknown;
};

/** How far the clock of the upstream may be from ours. */
export const clockSkewMillis = 300_000;

/**
 * Whether a subscription that begins at `startMillis` gets it. One that was pushed counts from its receipt. One that was found
 * later counts from when it happened, so that a first pull of old notifications is no storm for new subscriptions.
 */
export const isSince = ({ origin, createdAtMillis, receivedAtMillis }: Notification, startMillis: number): boolean => {
  const isLive = origin === 'push' || origin === 'mirror' || origin === 'facade';
  return (isLive ? receivedAtMillis : createdAtMillis + clockSkewMillis) >= startMillis;
};

/** The consumer whom alone an event of the facade's own concerns; undefined = every subscriber may have it. */
export const audienceOf = ({ origin, document }: Notification): string | undefined => {
  if (origin !== 'facade') return undefined;
  const { consumerId } = document as { readonly consumerId?: unknown };
  // One that names nobody would go to nobody: no consumer has an empty id.
  return typeof consumerId === 'string' ? consumerId : '';
};
