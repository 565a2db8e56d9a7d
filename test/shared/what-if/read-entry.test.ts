/** The forms in which a log has its requests. Each says the same, so each is read alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../shared/exchange/decision.ts';
import { toRequestListDocument } from '../../../shared/requests/request-list-document.ts';
import { recordPosition } from '../../../shared/requests/request-store.ts';
import type { LoggedRequest } from '../../../shared/what-if/logged-request.ts';
import { readEntry } from '../../../shared/what-if/read-entry.ts';

const atMillis = Date.parse('2026-06-01T14:03:10.000Z');
const record: RequestRecord = {
  ...{ requestId: 'r1', consumerId: 'app', method: 'GET', operation: 'GET /entities/{eid}', scope: 'entities:read' },
  ...{ credentialKind: 'service', cacheStatus: 'fwd=uri-miss; stored; ttl=43', sends: [200], status: 200 },
  quota: { outcome: 'granted', priority: 'background', asked: 1, units: 1, waitedMillis: 130 },
  ...{ startedAtMillis: atMillis, answeredAtMillis: atMillis + 480, endedAtMillis: atMillis + 495 },
  deleteAtSeconds: 1_900_000_000,
};
const refusal: RequestRecord = {
  ...{ requestId: 'r2', consumerId: 'app', method: 'GET', operation: 'GET /users', sends: [], status: 429 },
  ...{ errorCode: 'TOO_MANY_REQUESTS', refusal: { limit: 'tenant', retryAtMillis: atMillis + 9_000 }, standsFor: 4 },
  ...{ startedAtMillis: atMillis, answeredAtMillis: atMillis + 2, endedAtMillis: atMillis + 3 },
  deleteAtSeconds: 1_900_000_000,
};
const pageOf = (...records: RequestRecord[]) =>
  toRequestListDocument(
    { entries: records.map((one) => ({ position: recordPosition(one), record: one })) },
    'https://facade.example.com',
    [],
  );
/** As functions/edge/http-handler.ts logs it. */
const line = {
  ...{ level: 'INFO', message: 'request', timestamp: '2026-06-01T14:03:10.480Z', requestId: 'r1', status: 200 },
  ...{ millis: 480, consumer: 'app', operation: 'GET /entities/{eid}', credential: 'service signals' },
  ...{ cacheStatus: record.cacheStatus, quota: record.quota, sends: [200] },
};
const row = {
  ...{ '@timestamp': '2026-06-01 14:03:10.480', requestId: 'r1', consumer: 'app', status: '200', millis: '480' },
  ...{ operation: 'GET /entities/{eid}', credential: 'service signals', cacheStatus: record.cacheStatus },
  ...{ 'quota.priority': 'background', 'quota.units': '1', 'quota.waitedMillis': '130', 'refusal.limit': '' },
};

const read = (value: unknown): readonly LoggedRequest[] => {
  const reading = readEntry(value);
  return typeof reading === 'string' ? [] : [...reading];
};

describe('an entry of a log', () => {
  it.each([
    ['a stored record', record],
    ['a resource of /v1/requests', pageOf(record).data[0]],
    ['a page of /v1/requests', pageOf(record)],
    ['a line of a function', line],
    ['an event of CloudWatch with the line as text', { timestamp: atMillis + 480, message: JSON.stringify(line) }],
    ['a row of a log query', row],
    ['a row with the whole line', { '@timestamp': '2026-06-01 14:03:10.480', '@message': JSON.stringify(line) }],
  ])('is read from %s', (_form, value) => {
    expect(read(value)).toEqual([
      expect.objectContaining({
        ...{ id: 'r1', atMillis, consumerId: 'app', outcome: 'sent', count: 1, operation: 'GET /entities/{eid}' },
        ...{ credentialKind: 'service', cacheStatus: record.cacheStatus, priority: 'background' },
        ...{ waitedMillis: 130, answerMillis: 350, statuses: [200], refusedBy: undefined },
      }),
    ]);
  });

  it('stands for several refusals, which are spread over the 5 s before it', () => {
    const requests = read(refusal);
    expect(requests.map((one) => one.atMillis - atMillis)).toEqual([-3_750, -2_500, -1_250, 0]);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(4);
    expect(requests.every(({ outcome, refusedBy }) => outcome === 'refused' && refusedBy === 'tenant')).toBe(true);
    expect(read(pageOf(refusal))).toHaveLength(4);
  });

  it('does not reach before the minute of its record', () => {
    const startedAtMillis = Date.parse('2026-06-01T14:03:01.000Z');
    const requests = read({ ...refusal, startedAtMillis, standsFor: 500 });
    expect(requests).toHaveLength(500);
    expect(Math.min(...requests.map((one) => one.atMillis))).toBeGreaterThanOrEqual(startedAtMillis - 1_000);
  });

  it('is a count of refusals in a row of the saved query refused-calls', () => {
    const counted = read({
      ...{ 'bin(1m)': '2026-06-01 14:03:00.000', consumer: 'app', 'refusal.limit': 'consumer-minute' },
      ...{ errorCode: 'TOO_MANY_REQUESTS', refused: '30' },
    });
    expect(counted).toHaveLength(30);
    expect(counted.every(({ refusedBy }) => refusedBy === 'consumer-minute')).toBe(true);
    expect(new Set(counted.map((one) => Math.floor(one.atMillis / 60_000))).size).toBe(1);
  });

  it('sums hits without a change of their number', () => {
    const property = fc.property(fc.integer({ min: 1, max: 100_000 }), (hits) => {
      const groups = read({ consumerId: 'app', minuteMillis: atMillis - 10_000, hits });
      expect(groups.length).toBeLessThanOrEqual(60);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(hits);
    });
    fc.assert(property);
  });

  it('spreads few hits over the whole minute', () => {
    const groups = read({ consumerId: 'app', minuteMillis: atMillis - 10_000, hits: 4 });
    expect(new Set(groups.map((one) => Math.floor((one.atMillis - atMillis + 10_000) / 20_000)))).toEqual(
      new Set([0, 1, 2]),
    );
  });

  it.each([
    ['a refusal of a large answer', { ...refusal, refusal: { limit: 'large-answers-all', retryAtMillis: 1 } }, 'other'],
    ['a budget that could not be read', { ...refusal, errorCode: 'QUOTA_UNAVAILABLE', status: 503 }, 'refused'],
    ['a scope that is missing', { ...refusal, errorCode: 'SCOPE_MISSING', status: 403, refusal: undefined }, 'other'],
    ['a hit that caused a refresh', { ...record, cacheStatus: 'hit; ttl=-2; detail=STALE-WHILE-REVALIDATE' }, 'hit'],
    ['an answer of another flight', { ...record, cacheStatus: 'fwd=uri-miss; collapsed', sends: [] }, 'hit'],
    ['a 429 of the tenant', { ...record, status: 429, sends: [429] }, 'sent'],
  ])('%s', (_what, value, outcome) => {
    expect(new Set(read(value).map((one) => one.outcome))).toEqual(new Set([outcome]));
  });

  it.each([
    ['a line about something else', { message: 'cold start', timestamp: '2026-06-01T14:03:10Z' }, 'foreign'],
    ['an own resource of another type', { type: 'user', id: '1', attributes: {} }, 'foreign'],
    ['a caller that nobody knows', { message: 'request', timestamp: '2026-06-01T14:03:10Z', status: 401 }, 'foreign'],
    ['a request without a time', { message: 'request', consumer: 'app' }, 'unreadable'],
    ['a text', 'request', 'unreadable'],
    ['nothing', undefined, 'unreadable'],
    ['a list', [record], 'unreadable'],
  ])('%s is not read', (_what, value, expected) => {
    expect(readEntry(value)).toBe(expected);
  });

  it('never throws, whatever a line holds', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(read(value).every((one) => Number.isFinite(one.atMillis) && one.count >= 1)).toBe(true);
    });
    fc.assert(property);
  });
});
