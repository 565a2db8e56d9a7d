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
  /** Of an event of the facade's own: which of all consumers that ever had the id it concerns. None in old entries. */
  readonly incarnation?: string | undefined;
  /** Trace of the push, the pull or the raised event that brought it: every attempt to deliver it belongs to that trace. None in old entries. */
  readonly traceId?: string | undefined;
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

/**
 * Whether a consumer may have it. An event of the facade's own is for the consumer alone that it concerns: not for another one that has
 * got its id later. One that names nobody is for nobody.
 */
export const isFor = (
  { origin, document, incarnation: concerned = '' }: Notification,
  { id, incarnation = '' }: { readonly id: string; readonly incarnation?: string | undefined },
): boolean => {
  if (origin !== 'facade') return true;
  const { consumerId } = document as { readonly consumerId?: unknown };
  return consumerId === id && concerned === incarnation;
};
