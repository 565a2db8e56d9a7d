import { expect, it } from 'vitest';
import { unpackState } from '../../../shared/quota/codec.ts';
import { app, createWorld, times, watch } from './world.ts';

it('an item that newer code has written lets nobody go uncounted', async () => {
  const read = async () => {
    const rest = JSON.stringify({
      s: 2,
      a: 0,
      f: {},
      v: {},
      p: [
        [0, 0],
        [0, 0],
      ],
    });
    return { value: { state: unpackState({ ledger: new Uint8Array(8), rest }), version: 1 }, dateMillis: undefined };
  };
  const { time, memory, join } = createWorld();
  const { governor } = join({ store: { ...memory, read }, whenStoreFails: 'admit' });
  const seen = watch(times(30, () => governor.admit(app)));
  await time.runUntil(4_000);
  expect([seen.admitted, seen.refused.length]).toEqual([0, 30]);
});
