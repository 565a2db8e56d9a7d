import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { sized } from '../../support/test-size.ts';
import { read } from './answer-cache-support.ts';
import { createCountingUpstream, createTestCache, jsonAnswer, textOf } from './support.ts';

describe('bodies', () => {
  const streamOf = (size: number) => ({
    status: 200,
    headers: [['content-type', 'image/png']] as const,
    body: Readable.from(
      (function* () {
        for (let sent = 0; sent < size; sent += 65_536) yield Buffer.alloc(Math.min(65_536, size - sent), sent % 251);
      })(),
    ),
  });
  const file = () => read({ path: '/entities/imageResource:i1/export' });

  it.each([
    [0, 1],
    [300_000, 1],
    [400_000, 1],
    [5_000_000, 1],
    [8 * 1_048_576, 1],
    [8 * 1_048_576 + 1, 2],
    [sized(60_000_000, 20_000_000), 2],
  ])('of %i bytes arrive whole, asked for %i time(s) by two reads', async (size, expected) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => streamOf(size));
    for (const _ of [1, 2]) expect((await textOf(await cache.answer(file(), forward))).length).toBe(size);
    expect(calls()).toBe(expected);
  });

  const breaking = (error: Error) => ({
    ...streamOf(0),
    body: Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw error;
      })(),
    ),
  });

  it.each([
    [new Error('aborted'), 'UPSTREAM_UNREADABLE'],
    [new AppError('UPSTREAM_LATE'), 'UPSTREAM_LATE'],
  ])('that break off (%s) are not kept, and fail all who wait as %s', async (error, code) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream((call) => (call > 1 ? streamOf(10) : breaking(error)));
    const outcomes = await Promise.allSettled([1, 2].map(() => cache.answer(file(), forward)));
    expect(outcomes).toMatchObject([{ reason: { code } }, { reason: { code } }]);
    expect((await textOf(await cache.answer(file(), forward))).length).toBe(10);
    expect(calls()).toBe(2);
  });

  it('that break off are replaced by a copy', async () => {
    const { cache, clock } = createTestCache();
    await cache.answer(file(), async () => streamOf(10));
    clock.advance(70_000);
    const outcome = await cache.answer(file(), async () => breaking(new Error('aborted')));
    expect(outcome.cacheStatus).toMatch(/^hit; .*detail=STALE-IF-ERROR$/);
    expect((await textOf(outcome)).length).toBe(10);
  });
});

describe('cookies', () => {
  it('do not keep an answer from being shared, and are sent to nobody', async () => {
    const { cache, clock } = createTestCache();
    let call = 0;
    const sticky = async () => {
      call += 1;
      return jsonAnswer({ data: {} }, call === 2 ? 304 : 200, [
        ['set-cookie', `AWSALB=${call}`],
        ['etag', '"a"'],
      ]);
    };
    const cookiesOf = async () => (await cache.answer(read(), sticky)).answer.headers.map(([name]) => name);
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(call).toBe(1);
    clock.advance(60_000);
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(call).toBe(2);
  });
});
