/** A kept decision as a JSON:API document. */
import type { RequestRecord } from './decision.ts';

const cacheStatusRfc = 'https://www.rfc-editor.org/rfc/rfc9211';

const instant = (millis: number): string => new Date(millis).toISOString();

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
  ...(refusal ? { refusedBy: refusal.limit, retryAt: instant(refusal.retryAtMillis) } : {}),
});

/** Where the words of the document are explained. */
const linksOf = (record: RequestRecord, publicUrl: string) => ({
  self: `${publicUrl}/v1/requests/${record.requestId}`,
  ...(record.errorCode ? { error: `${publicUrl}/openapi.json#/components/responses/Error${record.status}` } : {}),
  ...(record.cacheStatus ? { cacheStatus: cacheStatusRfc } : {}),
  ...(record.quota || record.refusal ? { quota: `${publicUrl}/v1/quota` } : {}),
});

/** @param publicUrl base URL under which the caller reached the facade. */
export const toRequestDocument = (record: RequestRecord, publicUrl: string) => {
  const links = linksOf(record, publicUrl);
  const { operation, scope, credentialKind, cacheStatus, errorCode } = record;
  return {
    links: { self: links.self },
    data: {
      type: 'request',
      id: record.requestId,
      links,
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
        startedAt: instant(record.startedAtMillis),
        answeredAt: instant(record.answeredAtMillis),
        endedAt: instant(record.endedAtMillis),
        durationMillis: record.endedAtMillis - record.startedAtMillis,
        keptUntil: instant(record.deleteAtSeconds * 1_000),
      },
    },
  };
};
