/**
 * Reads an entry of a log: a stored decision, a resource or a page of `GET /v1/requests`, a line of a function's log, or a row of
 * a log query. Rows spell nested members with dots: `quota.units`.
 */
import { cacheClasses } from '../catalogue/operation.ts';
import { ownIdOf } from '../exchange/consumer.ts';
import { priorities } from '../exchange/quota-profile.ts';
import { type LoggedRequest, verdictOf } from './logged-request.ts';
import { sampleMillis, spreadHits, spreadRefusals } from './spread.ts';

type Document = Readonly<Record<string, unknown>>;

/** `foreign`: a line about something else. `unreadable`: no document, or one without a time or a consumer. */
export type Reading = Iterable<LoggedRequest> | 'foreign' | 'unreadable';

const minuteMillis = 60_000;

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By a path such as `quota.units`, nested or spelled with dots. */
const at = (document: Document, path: string): unknown => {
  if (Object.hasOwn(document, path)) return document[path];
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isDocument(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      document,
    );
};

const text = (document: Document, ...paths: readonly string[]): string | undefined => {
  const found = paths.map((path) => at(document, path)).find((value) => typeof value === 'string' && value !== '');
  return found as string | undefined;
};

const number = (document: Document, ...paths: readonly string[]): number | undefined => {
  for (const path of paths) {
    const value = at(document, path);
    if (value === undefined || value === null || value === '') continue;
    const parsed = Number(value);
    if (Number.isFinite(parsed)) return parsed;
  }
  return undefined;
};

/** CloudWatch writes `2026-06-01 14:03:00.123`, in UTC, without a zone. */
const instant = (document: Document, ...paths: readonly string[]): number | undefined => {
  for (const path of paths) {
    const value = at(document, path);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value !== 'string') continue;
    const millis = Date.parse(/^\d{4}-\d\d-\d\d \d\d:/.test(value) ? `${value.replace(' ', 'T')}Z` : value);
    if (!Number.isNaN(millis)) return millis;
  }
  return undefined;
};

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find((known) => known === value);

/** Sends of the stored form (200), of the resource ({ answered, status }), or only their number (`quota.asked`). */
const statusesOf = (document: Document, status: number): number[] => {
  const sends = at(document, 'sends');
  if (Array.isArray(sends))
    return sends.map((send: unknown) =>
      typeof send === 'number' ? send : isDocument(send) ? Number(send.status ?? 0) : 0,
    );
  const rows = [0, 1, 2, 3, 4].flatMap((index) => number(document, `sends.${index}`) ?? []);
  if (rows.length > 0) return rows;
  const units = number(document, 'quota.units') ?? 0;
  return Array.from({ length: Math.min(units, 10) }, () => status);
};

/** Refusals of the quota. A refusal of a large answer has a limit of another kind, which no plan here changes. */
const refusedBy = (document: Document, status: number): string | undefined => {
  const code = text(document, 'errorCode');
  if (code === 'QUOTA_UNAVAILABLE') return 'store';
  if (code !== undefined ? code !== 'TOO_MANY_REQUESTS' : status !== 429) return undefined;
  const limit = text(document, 'refusal.limit', 'quota.refusedBy');
  return limit?.startsWith('large-answers') ? undefined : limit;
};

const outcomeOf = (
  limit: string | undefined,
  cacheStatus: string | undefined,
  sends: number,
): LoggedRequest['outcome'] => {
  if (limit !== undefined) return 'refused';
  const verdict = cacheStatus === undefined ? undefined : verdictOf(cacheStatus);
  if (verdict?.isHit || verdict?.isCollapsed) return 'hit';
  return sends > 0 ? 'sent' : 'other';
};

const consumerOf = (document: Document): string | undefined => {
  const purpose = text(document, 'purpose');
  return text(document, 'consumerId', 'consumer') ?? (purpose === undefined ? undefined : ownIdOf(purpose));
};

/** A log line is written when the answer begins, `millis` after the request began. */
const beganAt = (document: Document): number | undefined => {
  const started = instant(document, 'startedAtMillis', 'startedAt');
  if (started !== undefined) return started;
  const logged = instant(document, '@timestamp', 'timestamp', 'bin(1m)');
  return logged === undefined ? undefined : logged - (number(document, 'millis') ?? 0);
};

const durationOf = (document: Document, atMillis: number): number => {
  const answered = instant(document, 'answeredAtMillis', 'answeredAt');
  return Math.max(0, answered === undefined ? (number(document, 'millis') ?? 0) : answered - atMillis);
};

/** Rows of the saved query `refused-calls` count the refusals of a minute. */
const overMillisOf = (document: Document): number =>
  at(document, 'bin(1m)') === undefined ? sampleMillis : minuteMillis;

const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1;

const readRequest = (document: Document): Reading => {
  const consumerId = consumerOf(document);
  const began = beganAt(document);
  const count = number(document, 'standsFor', 'refused') ?? 1;
  if (began === undefined || !isCount(count)) return 'unreadable';
  if (consumerId === undefined) return 'foreign';
  const isSummed = at(document, 'bin(1m)') !== undefined;
  const atMillis = isSummed ? began + minuteMillis - 1 : began;
  const status = number(document, 'status') ?? (isSummed ? 429 : 200);
  const limit = refusedBy(document, status);
  const statuses = statusesOf(document, status);
  const cacheStatus = text(document, 'cacheStatus');
  const waitedMillis = Math.max(0, number(document, 'quota.waitedMillis') ?? 0);
  const outcome = outcomeOf(limit, cacheStatus, statuses.length);
  const answerMillis =
    statuses.length > 0 ? Math.max(1, (durationOf(document, atMillis) - waitedMillis) / statuses.length) : undefined;
  const request: LoggedRequest = {
    id:
      text(document, 'requestId', 'id') ??
      `${consumerId} ${atMillis} ${limit ?? ''} ${text(document, 'operation') ?? ''}`,
    ...{ atMillis, consumerId, outcome, waitedMillis, answerMillis, statuses, cacheStatus, refusedBy: limit },
    count: outcome === 'refused' ? 1 : count,
    operation: text(document, 'operation'),
    cacheClass: oneOf(cacheClasses, text(document, 'cacheClass')),
    credentialKind: (text(document, 'credentialKind') ?? text(document, 'credential'))?.split(' ')[0],
    priority: oneOf(priorities, text(document, 'quota.priority')),
  };
  return outcome === 'refused' ? spreadRefusals(request, count, overMillisOf(document)) : [request];
};

const readHits = (document: Document): Reading => {
  const consumerId = text(document, 'consumerId');
  const atMillis = instant(document, 'minuteMillis', 'startedAt');
  const count = number(document, 'hits', 'standsFor');
  if (consumerId === undefined || atMillis === undefined || count === undefined || !isCount(count)) return 'unreadable';
  const id = `hits ${consumerId} ${text(document, 'incarnation') ?? ''} ${atMillis}`;
  return spreadHits({ id, atMillis, consumerId, outcome: 'hit', count: 1, waitedMillis: 0, statuses: [] }, count);
};

const messages: ReadonlySet<unknown> = new Set(['request', 'request failed', 'own call']);

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** What a document holds: lines of CloudWatch's exports and pages hold others. */
const inner = (document: Document): readonly unknown[] | undefined => {
  if (Array.isArray(document.data)) return document.data;
  if (isDocument(document.data)) return [document.data];
  if (Array.isArray(document.events)) return document.events;
  const message = parsed(document['@message'] ?? document.message);
  return isDocument(message) ? [{ '@timestamp': document['@timestamp'], ...message }] : undefined;
};

const readDocument = (document: Document): Reading => {
  if (isDocument(document.attributes)) {
    const { type, id, attributes } = document;
    if (type === 'hits') return readHits(attributes);
    return type === 'request' ? readRequest({ requestId: id, ...attributes }) : 'foreign';
  }
  if (document.message !== undefined && !messages.has(document.message)) return 'foreign';
  return document.hits === undefined ? readRequest(document) : readHits(document);
};

/** All that one document of a log says. One entry that cannot be read makes the whole document unreadable. */
export const readEntry = (value: unknown): Reading => {
  if (!isDocument(value)) return 'unreadable';
  const held = inner(value);
  if (!held) return readDocument(value);
  const readings = held.map(readEntry);
  if (readings.includes('unreadable')) return 'unreadable';
  const found = readings.filter((reading) => typeof reading !== 'string');
  return found.length === 0 && held.length > 0
    ? 'foreign'
    : (function* () {
        for (const reading of found) yield* reading;
      })();
};
