/** What a log says of one request, whatever the form of the log. Lines become this; replays read it in the order of time. */
import type { CacheClass } from '../catalogue/operation.ts';
import type { Priority } from '../exchange/quota-profile.ts';

export type LoggedRequest = {
  /** The same for two lines about one request, so that it counts once; unique otherwise. */
  readonly id: string;
  /** When it began, milliseconds since 1970. */
  readonly atMillis: number;
  readonly consumerId: string;
  /**
   * - `sent`: went upstream.
   * - `hit`: was answered from the cache, or with what another request fetched. It may have caused a refresh.
   * - `refused`: by the quota.
   * - `other`: refused or answered without the quota and the cache. No plan changes it.
   */
  readonly outcome: 'sent' | 'hit' | 'refused' | 'other';
  /** Requests that it stands for. Above 1 for hits and others only: refusals are spread over their time (spread.ts). */
  readonly count: number;
  /** Method and path template of the catalogue; undefined = the log does not say, as for sums of hits. */
  readonly operation?: string | undefined;
  /** As logged; undefined = by the operation. */
  readonly cacheClass?: CacheClass | undefined;
  readonly cacheStatus?: string | undefined;
  readonly credentialKind?: string | undefined;
  readonly priority?: Priority | undefined;
  readonly waitedMillis: number;
  /** From the admission to the answer, for each send; undefined = nothing was sent. */
  readonly answerMillis?: number | undefined;
  /** Status of each send; 0 = no answer came. */
  readonly statuses: readonly number[];
  /** The limit that refused, as records name it; `store` = the budget could not be read. */
  readonly refusedBy?: string | undefined;
};

/** The parameters of `Cache-Status` that a replay needs. */
export type LoggedVerdict = {
  readonly isHit: boolean;
  /** Why the request went upstream. */
  readonly fwd: string | undefined;
  readonly isCollapsed: boolean;
  /** Freshness that was left, in milliseconds, rounded down to a second; undefined = not logged. */
  readonly ttlMillis: number | undefined;
};

export const verdictOf = (cacheStatus: string): LoggedVerdict => {
  const parameters = cacheStatus.split(';').map((part) => part.trim());
  const parameter = (name: string): string | undefined =>
    parameters.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const ttl = parameter('ttl');
  return {
    isHit: parameters[0] === 'hit',
    fwd: parameter('fwd'),
    isCollapsed: parameters.includes('collapsed'),
    ttlMillis: ttl !== undefined && /^-?\d+$/.test(ttl) ? Number(ttl) * 1_000 : undefined,
  };
};
