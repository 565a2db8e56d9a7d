import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { RequestRecord } from '../../../shared/exchange/decision.ts';
import { createMemoryRequestStore } from '../../../shared/requests/adapters/memory.ts';
import { createRequestLog, findRequest, type RequestLogOptions } from '../../../shared/requests/request-log.ts';
import { answered, aRecord, requestId, startMillis } from './support.ts';

const createCounted = (parts: Partial<RequestLogOptions> = {}) => {
  const kept: RequestRecord[] = [];
  const failures: unknown[] = [];
  const put = async (record: RequestRecord) => void kept.push(record);
  const store = { ...createMemoryRequestStore(), put };
  const log = createRequestLog({
    store,
    nowMillis: () => startMillis,
    onFailure: (error) => failures.push(error),
    ...parts,
  });
  return { log, kept, failures };
};

const quota = { outcome: 'refused', priority: 'interactive', asked: 1, units: 0, waitedMillis: 0 } as const;
const refused = answered({ quota }, { status: 429, errorCode: 'TOO_MANY_REQUESTS' });

describe('createRequestLog', () => {
  it.each([
    ['went upstream', answered({ cacheStatus: 'fwd=uri-miss', sends: [200] })],
    ['was answered stale and refreshed', answered({ cacheStatus: 'hit; detail=STALE-WHILE-REVALIDATE', sends: [200] })],
    ['was refused by the quota', refused],
    ['had no scope', answered({}, { status: 403, errorCode: 'SCOPE_MISSING' })],
    ['was answered stale since the quota refused', answered({ cacheStatus: 'hit; detail=STALE-IF-ERROR', quota })],
  ])('writes once for a request that %s', async (_what, request) => {
    const { log, kept } = createCounted();
    await log.keep(request);
    expect(kept).toHaveLength(1);
  });

  it.each([
    ['a fresh hit', answered({ cacheStatus: 'hit; ttl=12' })],
    ['an answer that another request fetched', answered({ cacheStatus: 'fwd=uri-miss; collapsed' })],
    ['a stranger', { ...answered({}, { status: 401, errorCode: 'CONSUMER_UNKNOWN' }), decision: {} }],
  ])('writes nothing for %s', async (_what, request) => {
    const { log, kept } = createCounted();
    await log.keep(request);
    expect(kept).toEqual([]);
  });

  it('writes a bounded number of refusals a minute, and every request that went upstream', async () => {
    let now = startMillis;
    const { log, kept } = createCounted({ nowMillis: () => now, mostUnsentPerMinute: 5 });
    for (let index = 0; index < 1_000; index += 1) await log.keep(refused);
    expect(kept).toHaveLength(5);
    await log.keep(answered({ sends: [200] }));
    expect(kept).toHaveLength(6);
    now += 60_000;
    await log.keep(refused);
    expect(kept).toHaveLength(7);
  });

  it('tells a failure and throws nothing', async () => {
    const failure = new Error('no table');
    const store = { ...createMemoryRequestStore(), put: () => Promise.reject(failure) };
    const { log, failures } = createCounted({ store });
    await log.keep(answered({ sends: [200] }));
    expect(failures).toEqual([failure]);
  });
});

it('does not add hits again because the list of consumers could not be written', async () => {
  let now = startMillis;
  const memory = createMemoryRequestStore();
  let notes = 0;
  const noteConsumer = async (consumerId: string, dayStart: number) => {
    notes += 1;
    // Between the two tries, another instance adds to the same sum.
    if (notes > 1) return memory.noteConsumer(consumerId, dayStart);
    await memory.addHits({ consumerId, minuteMillis: startMillis, hits: 10 }, 'of-another', 0);
    throw new Error('throttled');
  };
  const store = { ...memory, noteConsumer };
  const { log } = createCounted({ store, nowMillis: () => now, later: () => {} });
  await log.keep(answered({ cacheStatus: 'hit' }));
  for (let turn = 0; turn < 2; turn += 1) {
    now += 5_000;
    await log.keep({ ...answered({}), decision: {} });
  }
  const [entry] = await memory.list('app', startMillis - (startMillis % 3_600_000), '9', 9);
  expect(entry).toMatchObject({ sum: { hits: 11 } });
});

describe('findRequest', () => {
  const withRecord = async () => {
    const store = createMemoryRequestStore();
    await store.put(aRecord());
    return store;
  };
  const own = { consumer: { id: 'app' }, seesAll: false };
  const other = { consumer: { id: 'reader' }, seesAll: false };
  const namesake = { consumer: { id: 'app', incarnation: 'c_2' }, seesAll: false };
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: AppError) => error,
    );

  it('gives a request to its consumer and to one that sees all', async () => {
    const store = await withRecord();
    expect(await findRequest(store, requestId, own, startMillis)).toEqual(aRecord());
    expect(await findRequest(store, requestId, { ...other, seesAll: true }, startMillis)).toEqual(aRecord());
  });

  it('says the same of an unknown request, a foreign one, one of an earlier consumer of the id and a past one, and what to look at instead', async () => {
    const store = await withRecord();
    const failures = await Promise.all([
      failureOf(findRequest(store, 'unknown', own, startMillis)),
      failureOf(findRequest(store, requestId, other, startMillis)),
      failureOf(findRequest(store, requestId, namesake, startMillis)),
      // DynamoDB removes expired items days later.
      failureOf(findRequest(store, requestId, own, startMillis + 86_400_000)),
    ]);
    expect(failures[0]).toBeInstanceOf(AppError);
    expect(failures[0]?.code).toBe('REQUEST_UNKNOWN');
    expect(failures[0]?.facts.detail).toMatch(/Cache-Status.*X-Request-Id/);
    expect(new Set(failures.map((failure) => JSON.stringify(failure?.facts))).size).toBe(1);
  });

  it('keeps a request until its last millisecond', async () => {
    const store = await withRecord();
    await expect(findRequest(store, requestId, own, startMillis + 86_399_999)).resolves.toBeDefined();
  });
});
