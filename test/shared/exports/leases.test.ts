import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { emptyBook } from '../../../shared/exports/lease-book.ts';
import { askForLease, createLeases } from '../../../shared/exports/leases.ts';

const most = 4;

describe('leases of exports', () => {
  it('are never more than the limit, whoever asks in whatever order', () => {
    const asks = fc.array(fc.record({ run: fc.nat(12), consumer: fc.nat(3), waitMillis: fc.nat(200_000) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(asks, (all) => {
        let book = emptyBook;
        let nowMillis = 0;
        for (const { run, consumer, waitMillis } of all) {
          nowMillis += waitMillis;
          const self = { runName: `run-${run}`, consumerId: `consumer-${consumer}` };
          book = askForLease(book, self, most, nowMillis).after;
          const living = book.holders.filter(({ untilMillis }) => untilMillis > nowMillis);
          expect(living.length).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('are written about once a minute for a run, however often it asks', async () => {
    let nowMillis = 0;
    const store = createMemoryExportStore();
    const leases = createLeases(store, () => nowMillis, 1);
    for (; nowMillis <= 600_000; nowMillis += 5_000) {
      expect(await leases.ask('one', 'a')).toBe(true);
      expect(await leases.ask('two', 'b')).toBe(false);
    }
    expect((await store.readLeases()).version).toBeLessThan(30);
  });

  it('stay one small record, however many runs of a consumer wait, and each gets its turn', async () => {
    const store = createMemoryExportStore();
    let nowMillis = 0;
    const leases = createLeases(store, () => (nowMillis += 1), 1);
    const waiting = new Set(Array.from({ length: 200 }, (_, index) => `run-${index}`));
    while (waiting.size > 0) {
      const granted: string[] = [];
      for (const runName of waiting) if (await leases.ask(runName, 'a')) granted.push(runName);
      expect((await store.readLeases()).waiters.length).toBeLessThanOrEqual(20);
      expect(granted).toHaveLength(1);
      for (const runName of granted) {
        waiting.delete(runName);
        await leases.release(runName);
      }
    }
  });

  it('are given to the consumer with the fewest, although another one asked before', () => {
    const ask = (book: typeof emptyBook, runName: string, consumerId: string, nowMillis: number) =>
      askForLease(book, { runName, consumerId }, 2, nowMillis);
    const one = ask(emptyBook, 'a1', 'a', 1).after;
    const two = ask(one, 'a2', 'a', 2).after;
    const waiting = ask(two, 'a3', 'a', 3).after;
    const both = ask(waiting, 'b1', 'b', 4).after;
    const free = { ...both, holders: both.holders.filter(({ runName }) => runName !== 'a1') };
    expect(ask(free, 'a3', 'a', 5).isGranted).toBe(false);
    expect(ask(free, 'b1', 'b', 5).isGranted).toBe(true);
  });

  it('are asked for once a minute by runs that are far behind, and every five seconds by those that are next', async () => {
    const leases = createLeases(createMemoryExportStore(), () => 0, 1);
    const seconds: (number | undefined)[] = [];
    for (let run = 0; run < 15; run += 1) seconds.push(await leases.askSeconds(`run-${10 + run}`, `consumer-${run}`));
    expect(seconds.slice(0, 3)).toEqual([undefined, 5, 10]);
    expect(seconds.slice(-2)).toEqual([60, 60]);
  });

  it('are given to one of two that asked in the same millisecond', async () => {
    const leases = createLeases(createMemoryExportStore(), () => 0, 1);
    expect(await leases.ask('zero', 'a')).toBe(true);
    expect([await leases.ask('one', 'b'), await leases.ask('two', 'b')]).toEqual([false, false]);
    await leases.release('zero');
    expect([await leases.ask('one', 'b'), await leases.ask('two', 'b')].filter(Boolean)).toHaveLength(1);
  });

  it('end when nobody renews them, and are given back', async () => {
    let nowMillis = 0;
    const leases = createLeases(createMemoryExportStore(), () => nowMillis, 1);
    expect(await leases.ask('one', 'a')).toBe(true);
    expect(await leases.ask('two', 'b')).toBe(false);
    await leases.release('one');
    expect(await leases.ask('two', 'b')).toBe(true);
    nowMillis += 300_001;
    expect(await leases.ask('three', 'c')).toBe(true);
  });
});
