import { describe, expect, it } from 'vitest';
import { loadLater } from '../../../functions/wiring/load-later.ts';

describe('a part that is loaded later', () => {
  it('is loaded with the first call, once for all calls', async () => {
    let loads = 0;
    const load = loadLater('A part', async () => {
      loads += 1;
      return { part: loads };
    });
    expect(loads).toBe(0);
    const both = await Promise.all([load(), load()]);
    expect([both[0] === both[1], (await load()) === both[0], loads]).toEqual([true, true, 1]);
  });

  it('that fails says what it is, and is tried again with the next call', async () => {
    const cause = new Error('Cannot find module');
    const tries = [Promise.reject(cause), Promise.resolve('loaded')];
    const load = loadLater('The client of S3', () => tries.shift() ?? expect.fail('tried too often'));
    await expect(load()).rejects.toMatchObject({ message: 'The client of S3 could not be loaded', cause });
    expect(await load()).toBe('loaded');
  });
});
