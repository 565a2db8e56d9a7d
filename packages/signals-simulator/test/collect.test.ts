import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collectAfterLoading } from '../src/collect.ts';

/** Something that nothing holds once this function has returned. */
const garbage = () => new WeakRef({ text: 'left over from loading' });

it('gives back what nothing holds after a large tenant was loaded', async () => {
  const left = garbage();
  // A weak reference holds its object until the end of the turn in which it was made.
  await setImmediate();
  collectAfterLoading(60_000);
  expect(left.deref()).toBeUndefined();
});
