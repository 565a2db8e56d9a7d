/** What this cache did, in the terms of RFC 9211. The key is not shown, because it contains the principal. */

export type CacheVerdict = {
  readonly hit?: boolean;
  /** Why the request went upstream. */
  readonly fwd?: 'bypass' | 'method' | 'uri-miss' | 'vary-miss' | 'miss' | 'request' | 'stale';
  /** Status that the upstream gave, when it is not the answer's. */
  readonly fwdStatus?: number;
  readonly stored?: boolean;
  readonly collapsed?: boolean;
  /** Seconds of freshness left; negative when stale. */
  readonly ttlSeconds?: number;
  /** One token, such as `STALE-IF-ERROR`. */
  readonly detail?: string | undefined;
};

/** The parameters of our member of the Cache-Status list. */
export const formatCacheStatus = (verdict: CacheVerdict): string =>
  [
    verdict.hit ? 'hit' : undefined,
    verdict.fwd && !verdict.hit ? `fwd=${verdict.fwd}` : undefined,
    verdict.fwdStatus === undefined ? undefined : `fwd-status=${verdict.fwdStatus}`,
    verdict.stored ? 'stored' : undefined,
    verdict.collapsed ? 'collapsed' : undefined,
    verdict.ttlSeconds === undefined ? undefined : `ttl=${verdict.ttlSeconds}`,
    verdict.detail === undefined ? undefined : `detail=${verdict.detail}`,
  ]
    .filter((parameter) => parameter !== undefined)
    .join('; ');
