import { expect, it } from 'vitest';
import { createWriteOnce } from '../../../shared/storage/write-once.ts';

it('makes a write once for each name, and again after a failure', async () => {
  const writeOnce = createWriteOnce();
  const made: string[] = [];
  let fails = true;
  const write = (name: string) =>
    writeOnce(name, async () => {
      made.push(name);
      if (fails) throw new Error('throttled');
    });
  await expect(write('a')).rejects.toThrow('throttled');
  fails = false;
  for (const name of ['a', 'a', 'b', 'a', 'b']) await write(name);
  expect(made).toEqual(['a', 'a', 'b']);
});
