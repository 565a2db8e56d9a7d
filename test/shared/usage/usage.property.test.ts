/** The listed sums equal the answered requests, for all instances, pauses, failing writes and page sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryUsageStore } from '../../../shared/usage/adapters/memory.ts';
import { listUsage, type UsageCursor } from '../../../shared/usage/list.ts';
import { estimatedCostUsd } from '../../../shared/usage/prices.ts';
import { addCounts, countsOf, type Granularity, granularities, noCounts } from '../../../shared/usage/usage.ts';
import { createUsageRecorder } from '../../../shared/usage/usage-recorder.ts';
import type { UsageRow } from '../../../shared/usage/usage-store.ts';
import { sized } from '../../support/test-size.ts';
import { answered, startMillis } from '../requests/support.ts';

const step = fc.record({
  instance: fc.integer({ min: 0, max: 2 }),
  consumer: fc.constantFrom('app', 'reader'),
  keyId: fc.constantFrom('key-1', 'key-2', undefined),
  kind: fc.constantFrom('hit', 'sent', 'refused', 'failed'),
  times: fc.integer({ min: 1, max: 5 }),
  pauseMillis: fc.constantFrom(0, 6_000, 3_600_000, 86_400_000 * 20),
  fails: fc.boolean(),
});

const requestOf = (kind: string, consumer: string, keyId: string | undefined, atMillis: number) => {
  const times = { startedAtMillis: atMillis, endedAtMillis: atMillis + 25 };
  const who = { consumer, ...(keyId === undefined ? {} : { keyId }) };
  const quota = { outcome: 'granted', priority: 'interactive', asked: 2, units: 2, waitedMillis: 0 } as const;
  if (kind === 'hit') return answered({ ...who, cacheStatus: 'hit; ttl=9' }, times);
  if (kind === 'sent') return answered({ ...who, quota, sends: [503, 200] }, times);
  if (kind === 'failed')
    return answered({ ...who, sends: [0] }, { ...times, status: 502, errorCode: 'UPSTREAM_UNREACHABLE' });
  const refusal = { limit: 'tenant', retryAtMillis: atMillis };
  return answered({ ...who, refusal }, { ...times, status: 429, errorCode: 'TOO_MANY_REQUESTS' });
};

const total = (rows: readonly UsageRow[]) => rows.reduce((sum, { counts }) => addCounts(sum, counts), noCounts);

describe('usage', () => {
  it('sums up by hour and by day to what was answered, across pages in their order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, size, count) => {
          let now = startMillis;
          let failing = false;
          const memory = createMemoryUsageStore();
          const add: typeof memory.add = async (...parameters) => {
            // The write may have arrived although its answer is an error. An instance recognises it if no other wrote in between.
            if (!failing || (count === 1 && parameters[2].endsWith('1'))) await memory.add(...parameters);
            if (failing) throw new Error('throttled');
          };
          let ids = 0;
          const newId = () => {
            ids += 1;
            return `w${ids}`;
          };
          const parts = {
            store: { ...memory, add },
            nowMillis: () => now,
            onFailure: () => {},
            later: () => {},
            newId,
          };
          const instances = Array.from({ length: count }, () => createUsageRecorder(parts));
          let made = noCounts;
          for (const { instance, consumer, keyId, kind, times, pauseMillis, fails } of steps) {
            failing = fails;
            for (let index = 0; index < times; index += 1) {
              const request = requestOf(kind, consumer, keyId, now);
              made = addCounts(made, countsOf(request));
              await instances[instance % count]?.count(request);
            }
            now += pauseMillis;
          }
          failing = false;
          now += 5_000;
          // The next invocation of each instance, by an unknown caller.
          for (const recorder of instances) await recorder.count({ ...answered({}), decision: {} });

          const walk = async (granularity: Granularity): Promise<readonly UsageRow[]> => {
            const rows: UsageRow[] = [];
            const filter = { consumerId: undefined, granularity, fromMillis: startMillis, untilMillis: now + 1 };
            for (let next: UsageCursor | undefined, isFirst = true; isFirst || next; isFirst = false) {
              const page = await listUsage(memory, filter, size, next);
              expect(page.rows.length).toBeLessThanOrEqual(size);
              rows.push(...page.rows);
              next = page.next;
            }
            return rows;
          };
          for (const granularity of granularities) {
            const rows = await walk(granularity);
            expect(total(rows)).toEqual(made);
            const order = rows.map((row) => `${row.consumerId} ${9e15 - row.startMillis} ${row.keyId}`);
            expect(order).toEqual([...new Set(order)].sort());
          }
        },
      ),
      { numRuns: sized(500, 30) },
    ));

  it('counts a hit as a saved call, retries as upstream calls, and a refusal by its limit', () => {
    expect(countsOf(requestOf('hit', 'app', 'k', startMillis)).counters).toMatchObject({
      hits: 1,
      upstreamCallsSaved: 1,
      upstreamCalls: 0,
      bytes: 100,
      durationMillis: 25,
    });
    expect(countsOf(requestOf('sent', 'app', 'k', startMillis)).counters).toMatchObject({
      hits: 0,
      upstreamCallsSaved: 0,
      upstreamCalls: 2,
      quotaUnits: 2,
      errors: 0,
    });
    expect(countsOf(requestOf('refused', 'app', 'k', startMillis))).toMatchObject({
      counters: { refusals: 1, errors: 1, upstreamCallsSaved: 0 },
      refusalsByLimit: { tenant: 1 },
    });
    expect(countsOf(requestOf('failed', 'app', 'k', startMillis))).toMatchObject({
      counters: { refusals: 0, errors: 1 },
      refusalsByLimit: {},
    });
  });

  it('costs more with more calls, bytes and time', () => {
    const cost = (counters: object) =>
      estimatedCostUsd({ counters: { ...noCounts.counters, ...counters }, refusalsByLimit: {} });
    expect(cost({})).toBe(0);
    expect(cost({ calls: 1_000_000 })).toBeCloseTo(3.95);
    expect(cost({ bytes: 1_073_741_824 })).toBeCloseTo(0.09);
    expect(cost({ durationMillis: 1_000_000 })).toBeCloseTo(0.013333, 5);
  });
});
