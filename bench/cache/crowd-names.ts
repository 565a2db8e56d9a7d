/** The messages between a crowd and its processes. */

/** Names the tags of the crowd's tenant in the cache table. */
export const crowdTenant = 'crowd';

export type WorkerOrder = {
  readonly dynamoUrl: string;
  readonly tableName: string;
  readonly upstreamUrl: string;
  readonly path: string;
  readonly requests: number;
  readonly leaseMillis: number;
};
/** How many requests ended with each `Cache-Status` verdict, or with an error. */
export type WorkerReport = Readonly<Record<string, number>>;
