/** One notification: what the upstream, or the facade itself, says has happened. */

/** How the facade came to know of it. */
export type Origin = 'push' | 'pull' | 'reconstructed' | 'facade';

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
