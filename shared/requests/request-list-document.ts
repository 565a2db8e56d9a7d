/** `GET /v1/requests`: its parameters, and a page as a JSON:API document. */
import * as z from 'zod';
import { ConsumerId } from '../exchange/consumer.ts';
import { keptSeconds } from '../exchange/decision.ts';
import { instantParameter } from '../http/instant-parameter.ts';
import { nextPageOf } from '../http/next-page.ts';
import { pageSize } from '../http/page-size.ts';
import type { Query } from '../http/query.ts';
import { toInstantRange } from '../routes/instant-range.ts';
import { toIso } from '../time/iso.ts';
import type { RequestCursor, RequestFilter, RequestPage } from './list.ts';
import { RequestResource, toRequestResource } from './request-document.ts';
import type { HitSum } from './request-store.ts';

const cursor = /^(\d{13}#[\w-]{0,120})(?: ([a-z0-9-]{1,63}))?$/;
const toCursor = (text: string, context: z.RefinementCtx): RequestCursor => {
  const [, before, after = ''] = cursor.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (before !== undefined) return { before, after };
  context.addIssue({ code: 'custom', message: 'must come from links.next' });
  return z.NEVER;
};
const writeCursor = ({ before, after }: RequestCursor): string =>
  Buffer.from(after === '' ? before : `${before} ${after}`, 'latin1').toString('base64url');

export const RequestListParameters = z.strictObject({
  'filter[consumer]': ConsumerId.optional().describe('Made by this consumer. Others need the scope `requests:read`.'),
  'filter[status]': z
    .string()
    .regex(/^[1-5](\d\d|xx)$/, 'must be a status such as 429, or a class such as 5xx')
    .optional()
    .describe('Answered with this status, or with one of a class such as `5xx`.'),
  'filter[code]': z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'must be a code of the error catalogue, such as TOO_MANY_REQUESTS')
    .optional()
    .describe('Answered with this code of the facade.'),
  'filter[operation]': z
    .string()
    .min(1, 'must name an operation')
    .max(300, 'is longer than any operation')
    .optional()
    .describe('As `operation` of a record spells it: `GET /entities/{eid}`.'),
  'filter[from]': instantParameter.optional().describe('Begun at this instant or later. Without it 24 hours back.'),
  'filter[until]': instantParameter.optional().describe('Begun before this instant. Without it now.'),
  'page[cursor]': z.string().max(300).transform(toCursor).optional().describe('From `links.next`.'),
  'page[limit]': pageSize(50, 200).describe('Entries on a page.'),
});

const HitsResource = z
  .strictObject({
    type: z.literal('hits'),
    id: z.string(),
    attributes: z.strictObject({
      consumerId: z.string(),
      startedAt: z.iso.datetime().describe('Begin of the minute.'),
      standsFor: z.int().describe('Requests of that minute that were answered without a call upstream.'),
    }),
  })
  .meta({ id: 'RequestHits' });

export const RequestListDocument = z
  .strictObject({
    links: z.strictObject({ next: z.url().optional() }),
    data: z.array(z.discriminatedUnion('type', [RequestResource, HitsResource])),
  })
  .meta({ id: 'RequestListDocument', description: 'One page.' });
type RequestListDocument = z.infer<typeof RequestListDocument>;

/**
 * @param owner whose requests. Without an incarnation: those of all consumers that ever had the id.
 * @throws AppError REQUEST_INVALID for a range that is empty by its own ends.
 */
export const toRequestFilter = (
  parameters: z.output<typeof RequestListParameters>,
  owner: Pick<RequestFilter, 'consumerId' | 'incarnation'>,
  nowMillis: number,
): RequestFilter => {
  const { fromMillis = 0, untilMillis } = toInstantRange(parameters, nowMillis);
  return {
    ...owner,
    fromMillis: Math.max(fromMillis, nowMillis - keptSeconds * 1_000),
    untilMillis,
    status: parameters['filter[status]'],
    code: parameters['filter[code]'],
    operation: parameters['filter[operation]'],
  };
};

const toHitsResource = ({ consumerId, minuteMillis, hits }: HitSum) => ({
  type: 'hits' as const,
  id: `${consumerId}.${minuteMillis}`,
  attributes: { consumerId, startedAt: toIso(minuteMillis), standsFor: hits },
});

/** @param query parameters of the request, kept in `links.next`. */
export const toRequestListDocument = (
  { entries, next }: RequestPage,
  publicUrl: string,
  query: Query,
): RequestListDocument => ({
  links: next === undefined ? {} : { next: nextPageOf(`${publicUrl}/v1/requests`, query, writeCursor(next)) },
  data: entries.map((entry) =>
    'record' in entry ? toRequestResource(entry.record, publicUrl) : toHitsResource(entry.sum),
  ),
});
