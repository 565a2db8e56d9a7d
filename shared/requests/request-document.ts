/** A stored decision as a JSON:API resource and document. */
import * as z from 'zod';
import { explanationUrl } from '../errors/error-document.ts';
import type { RequestRecord } from '../exchange/decision.ts';
import { toIso } from '../time/iso.ts';
import { reasonOf } from './reason.ts';

const Instant = z.iso.datetime();

/** What is known of one request. Members are missing if the request did not get that far. */
export const RequestResource = z
  .strictObject({
    type: z.literal('request'),
    id: z.string(),
    links: z.strictObject({
      self: z.url(),
      error: z.url().optional().describe('What its error code means.'),
      cacheStatus: z.url().optional().describe('What Cache-Status means.'),
      quota: z.url().optional(),
    }),
    attributes: z.strictObject({
      consumerId: z.string(),
      method: z.string(),
      operation: z.string().optional().describe("The catalogue's row."),
      scope: z.string().optional(),
      credentialKind: z.string().optional().describe('As whom it went upstream.'),
      cacheStatus: z.string().optional(),
      quota: z
        .strictObject({
          outcome: z.string().optional(),
          shadow: z.boolean().optional(),
          priority: z.string().optional(),
          asked: z.int().optional().describe('How often the quota was asked: once for each send.'),
          units: z.int().optional(),
          waitedMillis: z.number().optional(),
          refusedBy: z.string().optional().describe('The limit that was used up, as the RateLimit header names it.'),
          retryAt: Instant.optional(),
        })
        .optional(),
      sends: z
        .array(z.strictObject({ answered: z.boolean(), status: z.int().optional() }))
        .describe('What was sent upstream, in order.'),
      status: z.int(),
      errorCode: z.string().optional(),
      reason: z.string().optional().describe('Why it was refused or failed, in a sentence.'),
      runbook: z.string().optional().describe('Section of docs/runbook.md that helps the operators.'),
      standsFor: z
        .int()
        .describe(
          'Requests of the same consumer, minute, status, code and limit that the record stands for, itself included.',
        ),
      startedAt: Instant,
      answeredAt: Instant,
      endedAt: Instant,
      durationMillis: z.number(),
      keptUntil: Instant,
    }),
  })
  .meta({ id: 'RequestResource' });

export const RequestDocument = z
  .strictObject({ links: z.strictObject({ self: z.url() }), data: RequestResource })
  .meta({ id: 'RequestDocument', description: 'What was decided about the request.' });
type RequestResource = z.infer<typeof RequestResource>;
type RequestDocument = z.infer<typeof RequestDocument>;

const cacheStatusRfc = 'https://www.rfc-editor.org/rfc/rfc9211';

const quotaOf = ({ quota, refusal }: RequestRecord) => ({
  ...(quota
    ? {
        outcome: quota.outcome,
        shadow: quota.outcome === 'shadow',
        priority: quota.priority,
        asked: quota.asked,
        units: quota.units,
        waitedMillis: quota.waitedMillis,
      }
    : {}),
  ...(refusal ? { refusedBy: refusal.limit, retryAt: toIso(refusal.retryAtMillis) } : {}),
});

/** Links to explanations of the document's values. */
const linksOf = (record: RequestRecord, publicUrl: string) => ({
  self: `${publicUrl}/v1/requests/${record.requestId}`,
  ...(record.errorCode ? { error: explanationUrl(publicUrl, record.errorCode) } : {}),
  ...(record.cacheStatus ? { cacheStatus: cacheStatusRfc } : {}),
  ...(record.quota || record.refusal ? { quota: `${publicUrl}/v1/quota` } : {}),
});

/** @param publicUrl base URL under which the caller reached the facade. */
export const toRequestResource = (record: RequestRecord, publicUrl: string): RequestResource => {
  const { operation, scope, credentialKind, cacheStatus, errorCode } = record;
  const reason = reasonOf(record);
  return {
    type: 'request',
    id: record.requestId,
    links: linksOf(record, publicUrl),
    attributes: {
      consumerId: record.consumerId,
      method: record.method,
      ...(operation ? { operation } : {}),
      ...(scope ? { scope } : {}),
      ...(credentialKind ? { credentialKind } : {}),
      ...(cacheStatus ? { cacheStatus } : {}),
      ...(record.quota || record.refusal ? { quota: quotaOf(record) } : {}),
      sends: record.sends.map((status) => (status === 0 ? { answered: false } : { answered: true, status })),
      status: record.status,
      ...(errorCode ? { errorCode } : {}),
      ...(reason ? { reason: reason.sentence } : {}),
      ...(reason?.runbook === undefined ? {} : { runbook: reason.runbook }),
      standsFor: record.standsFor ?? 1,
      startedAt: toIso(record.startedAtMillis),
      answeredAt: toIso(record.answeredAtMillis),
      endedAt: toIso(record.endedAtMillis),
      durationMillis: record.endedAtMillis - record.startedAtMillis,
      keptUntil: toIso(record.deleteAtSeconds * 1_000),
    },
  };
};

/** @param publicUrl base URL under which the caller reached the facade. */
export const toRequestDocument = (record: RequestRecord, publicUrl: string): RequestDocument => {
  const data = toRequestResource(record, publicUrl);
  return { links: { self: data.links.self }, data };
};
