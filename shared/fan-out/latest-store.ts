/** Port: what a latest-only subscription is still to get of an entity when its interval ends. */

export type LatestMark = {
  readonly subscriptionId: string;
  readonly entity: string;
  readonly dueMillis: number;
  /** The latest notification of the interval. */
  readonly eventId: string;
  readonly sequence: number;
  readonly count: number;
};

export interface LatestStore {
  /** With strong consistency. */
  read(subscriptionId: string, entity: string): Promise<LatestMark | undefined>;
  write(mark: LatestMark): Promise<void>;
  remove(subscriptionId: string, entity: string): Promise<void>;
  /** Marks of a subscription, whether due or not, at most `limit`. */
  list(
    subscriptionId: string,
    limit: number,
    cursor?: string,
  ): Promise<{ readonly items: readonly LatestMark[]; readonly cursor?: string | undefined }>;
}
