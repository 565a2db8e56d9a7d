/** Sums over the stored items are exact, for any order of requests, pauses and failing writes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryRequestStore } from '../../../shared/requests/adapters/memory.ts';
import { listRequests, type RequestCursor } from '../../../shared/requests/list.ts';
import { batchMillis, createRequestLog } from '../../../shared/requests/request-log.ts';
import type { ListedRequest, RequestStore } from '../../../shared/requests/request-store.ts';
import { sized } from '../../support/test-size.ts';
import { answered, startMillis } from './support.ts';

const limits = ['tenant', 'consumer-minute'] as const;
const step = fc.record({
  instance: fc.integer({ min: 0, max: 2 }),
  consumer: fc.constantFrom('app', 'reader'),
  kind: fc.constantFrom('hit', ...limits, 'sent'),
  times: fc.integer({ min: 1, max: 40 }),
  pauseMillis: fc.constantFrom(0, 1_000, 6_000, 61_000),
  fails: fc.boolean(),
});

const requestOf = (kind: string, consumer: string, requestId: string, startedAtMillis: number) => {
  const times = { requestId, startedAtMillis };
  if (kind === 'hit') return answered({ consumer, cacheStatus: 'hit; ttl=9' }, times);
  if (kind === 'sent') return answered({ consumer, sends: [200] }, times);
  const refusal = { limit: kind, retryAtMillis: startedAtMillis + 1_000 };
  return answered({ consumer, refusal }, { ...times, status: 429, errorCode: 'TOO_MANY_REQUESTS' });
};

const minuteOf = (millis: number) => Math.floor(millis / 60_000);
const factsOf = (entry: ListedRequest) =>
  'record' in entry
    ? {
        consumer: entry.record.consumerId,
        minute: minuteOf(entry.record.startedAtMillis),
        kind: entry.record.refusal?.limit ?? 'sent',
        count: entry.record.standsFor ?? 1,
      }
    : { consumer: entry.sum.consumerId, minute: minuteOf(entry.sum.minuteMillis), kind: 'hit', count: entry.sum.hits };

const add = (sums: Map<string, number>, name: string, count: number) => sums.set(name, (sums.get(name) ?? 0) + count);
const sorted = (sums: Map<string, number>) => [...sums].sort(([one], [other]) => (one < other ? -1 : 1));

describe('requests that are listed', () => {
  it('sum up to those that were made, by consumer, minute and limit, across pages', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(1, 2),
        async (steps, size, mostMerged) => {
          let now = startMillis;
          let failing = false;
          const memory = createMemoryRequestStore();
          const mayFail =
            <Parameters extends unknown[]>(write: (...parameters: Parameters) => Promise<void>) =>
            async (...parameters: Parameters): Promise<void> => {
              // The write may have arrived although its answer is an error.
              if (!failing || parameters.length === 1) await write(...parameters);
              if (failing) throw new Error('throttled');
            };
          const store = { ...memory, put: mayFail(memory.put), addHits: mayFail(memory.addHits) };
          const parts = { store, nowMillis: () => now, onFailure: () => {}, mostUnsentPerMinute: 3, later: () => {} };
          const instances = Array.from({ length: 3 }, () => createRequestLog(parts));
          const made = new Map<string, number>();
          let count = 0;
          for (const { instance, consumer, kind, times, pauseMillis, fails } of steps) {
            failing = fails;
            for (let index = 0; index < times; index += 1) {
              count += 1;
              add(made, `${consumer} ${minuteOf(now)} ${kind}`, 1);
              await instances[instance]?.keep(requestOf(kind, consumer, `r-${String(count).padStart(6, '0')}`, now));
            }
            now += pauseMillis;
          }
          failing = false;
          now += batchMillis;
          // The next invocation of each instance, by an unknown caller.
          for (const log of instances) await log.keep({ ...answered({}), decision: {} });

          const listed = new Map<string, number>();
          const filter = { consumerId: undefined, fromMillis: startMillis - 60_000, untilMillis: now + 1 };
          const positions: string[] = [];
          let next: RequestCursor | undefined;
          do {
            const page = await listRequests(memory, filter, size, next, mostMerged);
            expect(page.entries.length).toBeLessThanOrEqual(size);
            positions.push(...page.entries.map(({ position }) => position));
            for (const entry of page.entries) {
              const facts = factsOf(entry);
              add(listed, `${facts.consumer} ${facts.minute} ${facts.kind}`, facts.count);
            }
            next = page.next;
          } while (next !== undefined);
          expect(sorted(listed)).toEqual(sorted(made));
          const newestFirst = [...new Set(positions)].sort().reverse();
          expect(mostMerged === 1 ? positions.toSorted().reverse() : positions).toEqual(newestFirst);
        },
      ),
      { numRuns: sized(1_000, 40) },
    ));
});

describe('listRequests', () => {
  it('filters by consumer, time, status, class, code and operation', async () => {
    const store = createMemoryRequestStore();
    const log = createRequestLog({ store, nowMillis: () => startMillis, onFailure: () => {}, later: () => {} });
    const keep = (requestId: string, consumer: string, parts: object, decision: object) =>
      log.keep(answered({ consumer, sends: [200], ...decision }, { requestId, ...parts }));
    await keep('r-1', 'app', {}, { operation: 'GET /users' });
    await keep('r-2', 'app', { status: 503, errorCode: 'UPSTREAM_UNREACHABLE', startedAtMillis: startMillis + 5 }, {});
    await keep('r-3', 'reader', { status: 404 }, {});
    const all = { consumerId: undefined, fromMillis: startMillis - 1, untilMillis: startMillis + 60_000 };
    const ids = async (parts: object) =>
      (await listRequests(store, { ...all, ...parts }, 10)).entries.map(
        (entry) => 'record' in entry && entry.record.requestId,
      );
    expect(await ids({})).toEqual(['r-2', 'r-3', 'r-1']);
    expect(await ids({ consumerId: 'app' })).toEqual(['r-2', 'r-1']);
    expect(await ids({ status: '404' })).toEqual(['r-3']);
    expect(await ids({ status: '5xx' })).toEqual(['r-2']);
    expect(await ids({ code: 'UPSTREAM_UNREACHABLE' })).toEqual(['r-2']);
    expect(await ids({ operation: 'GET /users' })).toEqual(['r-1']);
    expect(await ids({ untilMillis: startMillis + 5 })).toEqual(['r-3', 'r-1']);
    expect(await ids({ fromMillis: startMillis + 5 })).toEqual(['r-2']);
    expect(await ids({ consumerId: 'nobody' })).toEqual([]);
  });

  it('gets on when an hour has more consumers than a page may read', async () => {
    const store = createMemoryRequestStore();
    const log = createRequestLog({ store, nowMillis: () => startMillis, onFailure: () => {}, later: () => {} });
    for (let index = 0; index < 420; index += 1)
      await log.keep(answered({ consumer: `app-${index}`, sends: [200] }, { requestId: `r-${index}` }));
    const filter = { consumerId: undefined, fromMillis: startMillis, untilMillis: startMillis + 1 };
    const first = await listRequests(store, filter, 200);
    const second = await listRequests(store, filter, 200, first.next);
    const third = await listRequests(store, filter, 200, second.next);
    expect([first, second, third].map(({ entries }) => entries.length)).toEqual([200, 200, 20]);
  });

  it('reads a bounded number of consumers for a page, however many an hour has, and gives each entry once', async () => {
    const memory = createMemoryRequestStore();
    const log = createRequestLog({ store: memory, nowMillis: () => startMillis, onFailure: () => {}, later: () => {} });
    for (let index = 0; index < 30; index += 1)
      await log.keep(answered({ consumer: `app-${index}`, sends: [200] }, { requestId: `r-${index}` }));
    let reads = 0;
    const list: RequestStore['list'] = (...query) => {
      reads += 1;
      return memory.list(...query);
    };
    const filter = { consumerId: undefined, fromMillis: startMillis, untilMillis: startMillis + 1 };
    const ids: string[] = [];
    let next: RequestCursor | undefined;
    do {
      reads = 0;
      const page = await listRequests({ ...memory, list }, filter, 4, next, 7);
      // A page may end one group and begin the next.
      expect(reads).toBeLessThanOrEqual(2 * 7);
      ids.push(...page.entries.map(({ position }) => position));
      next = page.next;
    } while (next !== undefined);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('ends a page that would read without end, and goes on behind it', async () => {
    const store = createMemoryRequestStore();
    const record = answered({ sends: [200] });
    const log = createRequestLog({ store, nowMillis: () => startMillis, onFailure: () => {}, later: () => {} });
    for (let index = 0; index < 5_100; index += 1)
      await log.keep({ ...record, requestId: `r-${index}`, startedAtMillis: startMillis + index });
    const filter = { consumerId: 'app', fromMillis: startMillis, untilMillis: startMillis + 9_000, status: '404' };
    const first = await listRequests(store, filter, 10);
    expect(first).toEqual({ entries: [], next: { before: expect.any(String), after: '' } });
    expect(await listRequests(store, filter, 10, first.next)).toEqual({ entries: [] });
  });
});
