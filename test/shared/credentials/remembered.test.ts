import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRemembered } from '../../../shared/credentials/remembered.ts';
import { turns } from '../../support/turns.ts';

const limits = { freshMillis: 100, heldMillis: 1_000, retryMillis: 10, patienceMillis: 20, mostMillis: 5_000 };

/** Each load waits for its own answer. */
const setUp = () => {
  let nowMillis = 0;
  const loads: PromiseWithResolvers<string>[] = [];
  const remembered = createRemembered(
    () => {
      const load = Promise.withResolvers<string>();
      loads.push(load);
      return load.promise;
    },
    { nowMillis: () => nowMillis },
    limits,
  );
  const advance = (millis: number) => {
    nowMillis += millis;
  };
  const answer = async (index: number, value: string): Promise<void> => {
    while (loads[index] === undefined) await sleep(1);
    loads[index].resolve(value);
  };
  return { remembered, loads, advance, answer };
};

describe('what is remembered', () => {
  it('reaches those who can wait also when those who cannot have given up', async () => {
    const { remembered, answer } = setUp();
    const hasty = remembered.read({ hasOther: true });
    const patient = remembered.read();
    await expect(hasty).rejects.toThrow('nothing came');
    await answer(0, 'late');
    expect(await patient).toBe('late');
    expect(remembered.held()).toBe('late');
  });

  it('is not replaced by what was asked for earlier and comes later', async () => {
    const { remembered, answer, advance, loads } = setUp();
    await expect(remembered.read({ hasOther: true })).rejects.toThrow();
    advance(limits.retryMillis);
    const second = remembered.read();
    await answer(1, 'second');
    expect(await second).toBe('second');
    await answer(0, 'first');
    await turns();
    expect([await remembered.read(), loads.length]).toEqual(['second', 2]);
  });

  it('is used while it is fresh, then while nothing newer comes, then no more', async () => {
    const { remembered, answer, advance, loads } = setUp();
    const first = remembered.read();
    await answer(0, 'first');
    expect(await first).toBe('first');
    advance(limits.freshMillis - 1);
    expect([await remembered.read(), loads.length]).toEqual(['first', 1]);
    advance(1);
    expect([await remembered.read(), loads.length]).toEqual(['first', 2]);
    expect([await remembered.read(), loads.length]).toEqual(['first', 2]);
    advance(limits.heldMillis);
    expect(remembered.held()).toBeUndefined();
    const third = remembered.read();
    await answer(2, 'third');
    expect(await third).toBe('third');
  });

  it('is loaded once more when it does not suffice and was doubted meanwhile', async () => {
    const { remembered, answer, loads } = setUp();
    const read = remembered.read({ suffices: (value) => value === 'new' });
    while (loads.length === 0) await sleep(1);
    remembered.doubt();
    await answer(0, 'old');
    await answer(1, 'new');
    expect(await read).toBe('new');
  });
});
