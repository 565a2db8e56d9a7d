import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryCopies } from '../../../shared/lists/adapters/memory.ts';
import { createReadThrough } from '../../../shared/lists/read-through.ts';
import { createBreakable } from '../../support/facade/breakable.ts';

const create = () => {
  let now = 1_000_000;
  const { store: copies, breakIt } = createBreakable(createMemoryCopies());
  const troubles: string[] = [];
  const works: Promise<void>[] = [];
  const read = createReadThrough({
    ...{ copies, clock: { nowMillis: () => now } },
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  const freshness = { freshSeconds: 60, staleSeconds: 600 };
  return {
    ...{ copies, breakIt, troubles, works },
    serve: (ask: () => Promise<string>, more: Partial<typeof freshness> = {}) =>
      read('key', { ...freshness, ...more }, ask, (work) => void works.push(work)),
    wait: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
};
const failing = (code: 'SOURCE_FAILED' | 'RECORDS_UNREADABLE' | 'RECORD_UNKNOWN') => () =>
  Promise.reject(new AppError(code));

describe('a copy', () => {
  it('is served without a call while it is fresh, and renewed then', async () => {
    const { serve, wait, works } = create();
    expect(await serve(async () => 'one')).toEqual({ text: 'one', state: 'read', ageSeconds: 0 });
    await Promise.all(works);
    wait(59);
    expect(await serve(failing('SOURCE_FAILED'))).toEqual({ text: 'one', state: 'fresh', ageSeconds: 59 });
    wait(1);
    expect(await serve(async () => 'two')).toMatchObject({ text: 'two', state: 'read' });
  });

  it.each(['SOURCE_FAILED', 'RECORDS_UNREADABLE'] as const)(
    'is served while the answer is %s, as old as it may be',
    async (code) => {
      const { serve, wait, works } = create();
      await serve(async () => 'one');
      await Promise.all(works);
      wait(600);
      expect(await serve(failing(code))).toEqual({ text: 'one', state: 'stale', ageSeconds: 600 });
      wait(1);
      await expect(serve(failing(code))).rejects.toMatchObject({ code });
    },
  );

  it('is served while the answer takes long, which is kept when it comes', async () => {
    const { serve, wait, works, copies } = create();
    await serve(async () => 'one');
    await Promise.all(works);
    wait(100);
    const slow = Promise.withResolvers<string>();
    expect(await serve(() => slow.promise)).toMatchObject({ text: 'one', state: 'stale' });
    slow.resolve('two');
    await Promise.all(works);
    expect(await copies.read('key')).toMatchObject({ text: 'two' });
  });

  it('of what is gone is not served, and dropped', async () => {
    const { serve, wait, works, copies } = create();
    await serve(async () => 'one');
    await Promise.all(works);
    wait(100);
    await expect(serve(failing('RECORD_UNKNOWN'))).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    expect(await copies.read('key')).toBeUndefined();
  });

  it('is not kept where none may be served', async () => {
    const { serve, works, copies } = create();
    await serve(async () => 'one', { freshSeconds: 0, staleSeconds: 0 });
    await Promise.all(works);
    expect(await copies.read('key')).toBeUndefined();
  });

  it('that cannot be read or kept does not end the call', async () => {
    const { serve, works, breakIt, troubles } = create();
    breakIt(new AppError('LISTS_UNAVAILABLE'));
    expect(await serve(async () => 'one')).toMatchObject({ text: 'one', state: 'read' });
    await Promise.all(works);
    expect(troubles).toEqual(['a copy could not be read', 'a copy was not kept']);
  });
});
