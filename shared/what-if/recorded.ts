/** The figures of a log as it was recorded: nothing is replayed. */
import { createClassifier, type UpstreamRules } from './classify.ts';
import { freshMillisOf } from './entries.ts';
import { createFigures, type Figures } from './figures.ts';
import { type LoggedRequest, verdictOf } from './logged-request.ts';
import { cachePolicyOf, type WhatIfPlan } from './plan.ts';

/** `ttl` is rounded down to a second. */
const roundedMillis = 500;

export type Recorded = {
  readonly figures: Figures;
  readonly requests: number;
  readonly firstMillis: number;
  readonly lastMillis: number;
  /** Requests of operations that the catalogue does not have. */
  readonly unknownOperations: number;
  /** Limits of the consumer's own, such as `consumer-minute`, that refused in the log, by consumer. */
  readonly ownLimits: Readonly<Record<string, readonly string[]>>;
};

export const sumRecorded = async (
  requests: AsyncIterable<LoggedRequest> | Iterable<LoggedRequest>,
  today: WhatIfPlan,
  rules: UpstreamRules,
): Promise<Recorded> => {
  const policy = cachePolicyOf(today);
  const classify = createClassifier(rules);
  const figures = createFigures((cacheClass) => freshMillisOf(policy, cacheClass));
  const ownLimits: Record<string, string[]> = {};
  const seen = { requests: 0, firstMillis: 0, lastMillis: 0, unknownOperations: 0 };

  const noteRefusal = (consumerId: string, limit: string): void => {
    figures.refused(consumerId, limit);
    const known = ownLimits[consumerId] ?? [];
    if (limit.startsWith('consumer-') && !known.includes(limit)) ownLimits[consumerId] = [...known, limit];
  };

  for await (const request of requests) {
    const { consumerId, outcome, count, statuses, cacheStatus = '', refusedBy = 'unknown' } = request;
    const { cacheClass, isUnknownOperation } = classify(request);
    seen.firstMillis ||= request.atMillis;
    seen.lastMillis = request.atMillis;
    seen.requests += count;
    if (isUnknownOperation) seen.unknownOperations += count;
    figures.requested(consumerId, count);
    if (statuses.length > 0) figures.sent(consumerId, cacheClass, statuses.length);
    if (outcome === 'sent') figures.waited(consumerId, request.waitedMillis);
    if (outcome === 'refused') noteRefusal(consumerId, refusedBy);
    if (outcome !== 'hit') continue;
    const { ttlMillis } = verdictOf(cacheStatus);
    const ageMillis =
      ttlMillis === undefined ? undefined : freshMillisOf(policy, cacheClass) - ttlMillis - roundedMillis;
    figures.fromCache(consumerId, cacheClass, ageMillis === undefined ? undefined : Math.max(0, ageMillis), count);
  }
  return { ...seen, figures: figures.result(), ownLimits };
};
