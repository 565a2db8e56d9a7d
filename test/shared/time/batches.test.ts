import { describe, expect, it } from 'vitest';
import { type BatchWrite, createBatches } from '../../../shared/time/batches.ts';

const waitMillis = 5_000;

/** An instance whose timers never run, because it is frozen after each invocation. It adds names to sums. */
const setUp = (fails: (name: string) => boolean = () => false) => {
  let now = 0;
  let tried = 0;
  let waiting: string[] = [];
  const written: string[][] = [];
  const failures: number[] = [];
  const take = (busy: ReadonlySet<string>): readonly BatchWrite[] => {
    const names = [...new Set(waiting)].filter((name) => !busy.has(name));
    const batch = waiting.filter((name) => names.includes(name));
    waiting = waiting.filter((name) => !names.includes(name));
    if (batch.length > 0) written.push([]);
    return names.map((name) => ({
      sum: name,
      write: async () => {
        tried += 1;
        if (fails(name)) throw new Error('throttled');
        written.at(-1)?.push(...batch.filter((other) => other === name));
      },
    }));
  };
  const onFailure = (_error: unknown, count: number) => void failures.push(count);
  const batches = createBatches({ nowMillis: () => now, waitMillis, take, onFailure, later: () => {} });
  return {
    ...{ written, failures, tried: () => tried },
    async invoke(atMillis: number, ...names: string[]) {
      now = atMillis;
      waiting.push(...names);
      if (names.length > 0) batches.noted();
      await batches.settle();
    },
  };
};

describe('createBatches', () => {
  it('writes what comes after a pause before the instance is frozen, because it may never run again', async () => {
    const { invoke, written } = setUp();
    await invoke(0, 'first');
    expect(written).toEqual([['first']]);
    await invoke(900_000, 'second');
    expect(written).toEqual([['first'], ['second']]);
  });

  it('writes one batch in each wait of a busy instance', async () => {
    const { invoke, written } = setUp();
    for (let second = 0; second <= 10; second += 1) await invoke(second * 1_000, 'a');
    expect(written.map((batch) => batch.length)).toEqual([1, 5, 5]);
  });

  it('keeps writing the sums of others while a write of one sum fails, and tells of a batch once', async () => {
    let isFailing = true;
    const { invoke, written, failures } = setUp((name) => isFailing && name === 'bad');
    await invoke(0, 'bad', 'good');
    await invoke(waitMillis, 'bad', 'good');
    await invoke(2 * waitMillis, 'good');
    expect(written.flat()).toEqual(['good', 'good', 'good']);
    expect(failures).toEqual([1, 1, 1]);
    isFailing = false;
    await invoke(3 * waitMillis);
    await invoke(4 * waitMillis);
    expect(written.flat().filter((name) => name === 'bad')).toHaveLength(2);
  });

  it('repeats a few writes at a time while the store fails, each in its turn, and all when it answers again', async () => {
    let isFailing = true;
    const { invoke, written, failures, tried } = setUp(() => isFailing);
    const names = Array.from({ length: 50 }, (_, index) => `sum-${index}`);
    await invoke(0, ...names);
    expect([tried(), failures]).toEqual([50, [50]]);
    await invoke(waitMillis);
    expect([tried(), failures]).toEqual([60, [50, 10]]);
    isFailing = false;
    await invoke(2 * waitMillis);
    expect(written.flat().toSorted()).toEqual(names.toSorted());
  });
});
