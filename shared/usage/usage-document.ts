/** `GET /v1/usage`: its parameters, and a page as a JSON:API document. */
import * as z from 'zod';
import { ConsumerId } from '../exchange/consumer.ts';
import { instantParameter } from '../http/instant-parameter.ts';
import { nextPageOf } from '../http/next-page.ts';
import { pageSize } from '../http/page-size.ts';
import type { Query } from '../http/query.ts';
import { toInstantRange } from '../routes/instant-range.ts';
import { toIso } from '../time/iso.ts';
import { dayMillis } from '../time/units.ts';
import type { listUsage, UsageCursor, UsageFilter } from './list.ts';
import { estimatedCostUsd } from './prices.ts';
import { granularities, keptMillis, periodMillis } from './usage.ts';
import type { UsageRow } from './usage-store.ts';

const position = /^([a-z0-9][a-z0-9-]{0,62}) (\d{12,13}) ([\w~-]{1,40})$/;
const toCursor = (text: string, context: z.RefinementCtx): UsageCursor => {
  const [, consumerId, millis, keyId] = position.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (consumerId !== undefined && keyId !== undefined) return { consumerId, startMillis: Number(millis), keyId };
  context.addIssue({ code: 'custom', message: 'must come from links.next' });
  return z.NEVER;
};
const writeCursor = ({ consumerId, startMillis, keyId }: UsageCursor): string =>
  Buffer.from(`${consumerId} ${startMillis} ${keyId}`, 'latin1').toString('base64url');

export const UsageParameters = z.strictObject({
  'filter[consumer]': ConsumerId.optional().describe('Of this consumer. Others need the scope `requests:read`.'),
  'filter[from]': instantParameter
    .optional()
    .describe('Periods that end after this instant. Without it 24 hours back, or 30 days with `granularity=day`.'),
  'filter[until]': instantParameter.optional().describe('Periods that begin before this instant. Without it now.'),
  granularity: z
    .enum(granularities, `must be one of ${granularities.join(', ')}`)
    .default('hour')
    .describe('Length of a period. Hours are kept for 40 days, days for 400.'),
  'page[cursor]': z.string().max(200).transform(toCursor).optional().describe('From `links.next`.'),
  'page[limit]': pageSize(100, 1_000).describe('Entries on a page.'),
});

const count = z.int();
const UsageResource = z
  .strictObject({
    type: z.literal('usage'),
    id: z.string(),
    attributes: z.strictObject({
      consumerId: z.string(),
      keyId: z.string().describe('Id of the facade key, or `token` for tokens of an issuer.'),
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      calls: count,
      hits: count.describe('Answered with a copy of the cache, fresh or stale.'),
      upstreamCalls: count.describe('Sent to the tenant, retries included.'),
      upstreamCallsSaved: count.describe('Answered without a call: hits, shared flights and repeated answers.'),
      quotaUnits: count,
      refusals: count.describe('Answered 429 by the facade.'),
      refusalsByLimit: z.record(z.string(), count).describe('By the limit, as `refusedBy` of a record names it.'),
      errors: count.describe("Answered with one of the facade's own errors, refusals included."),
      bytes: count.describe('Of the bodies that were sent to the caller.'),
      durationMillis: count,
      estimatedCostUsd: z.number().describe('By list prices; see docs/usage.md.'),
    }),
  })
  .meta({ id: 'UsageResource' });

export const UsageDocument = z
  .strictObject({ links: z.strictObject({ next: z.url().optional() }), data: z.array(UsageResource) })
  .meta({ id: 'UsageDocument', description: 'One page.' });
type UsageDocument = z.infer<typeof UsageDocument>;

const defaultMillis = { hour: dayMillis, day: 30 * dayMillis } as const;

/**
 * @param consumerId whose use; undefined = that of all.
 * @throws AppError REQUEST_INVALID for a range that is empty by its own ends.
 */
export const toUsageFilter = (
  parameters: z.output<typeof UsageParameters>,
  consumerId: string | undefined,
  nowMillis: number,
): UsageFilter => {
  const { granularity } = parameters;
  const { fromMillis: from, untilMillis } = toInstantRange(parameters, nowMillis);
  const fromMillis = Math.max(from ?? untilMillis - defaultMillis[granularity], nowMillis - keptMillis[granularity]);
  return { consumerId, granularity, fromMillis, untilMillis };
};

const toResource = ({ consumerId, keyId, startMillis, counts }: UsageRow, lengthMillis: number) => ({
  type: 'usage' as const,
  id: `${consumerId}.${keyId}.${startMillis}`,
  attributes: {
    ...{ consumerId, keyId, from: toIso(startMillis), until: toIso(startMillis + lengthMillis) },
    ...counts.counters,
    refusalsByLimit: counts.refusalsByLimit,
    estimatedCostUsd: estimatedCostUsd(counts),
  },
});

/** @param query parameters of the request, kept in `links.next`. */
export const toUsageDocument = (
  { rows, next }: Awaited<ReturnType<typeof listUsage>>,
  { granularity }: UsageFilter,
  publicUrl: string,
  query: Query,
): UsageDocument => ({
  links: next === undefined ? {} : { next: nextPageOf(`${publicUrl}/v1/usage`, query, writeCursor(next)) },
  data: rows.map((row) => toResource(row, periodMillis[granularity])),
});
