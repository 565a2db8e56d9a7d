/** A copy that is served while it is refreshed: whole, at once, and the refresh is somebody's to wait for. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { toCallerAnswer } from '../../../shared/pipeline/to-caller.ts';
import { createTestCache, exchangeOf, jsonAnswer, textOf, withBackground } from './support.ts';

const document = (version: number) =>
  jsonAnswer({ data: { attributes: { version } }, links: { self: 'https://snb.example.com/api/rest/v1.0/entities' } });

const staleCopy = async (answer: NativeAnswer = document(1), path = '/entities/experiment:e1') => {
  const failures: string[] = [];
  const parts = createTestCache({ onFailure: (what) => failures.push(what) });
  await parts.cache.answer(exchangeOf({ path }), async () => answer);
  parts.clock.advance(50_000);
  return { ...parts, failures, ...withBackground(exchangeOf({ path })) };
};

describe('a copy that is refreshed meanwhile', () => {
  it('leaves whole, with its length and its links, while the upstream hangs', async () => {
    const { cache, exchange, works } = await staleCopy();
    const outcome = await cache.answer(exchange, () => new Promise(() => {}));
    const { headers, body } = await toCallerAnswer(exchange, outcome.answer);
    const text = Buffer.from(body as Uint8Array).toString();
    expect(outcome.cacheStatus).toMatch(/STALE-WHILE-REVALIDATE$/);
    expect(text).toContain('"self":"https://facade.example.com/');
    expect(headerValue(headers, 'content-length')).toBe(String(text.length));
    expect(works).toHaveLength(1);
  });

  it('is new once the work that was handed over is done', async () => {
    const { cache, exchange, works } = await staleCopy();
    await cache.answer(exchange, async () => document(2));
    await Promise.all(works);
    expect(await textOf(await cache.answer(exchange, async () => document(3)))).toContain('"version":2');
    expect(works).toHaveLength(1);
  });

  it('is refreshed by one request of many', async () => {
    const { cache, exchange, works } = await staleCopy();
    let calls = 0;
    const refreshed = async () => {
      calls += 1;
      return document(2);
    };
    await Promise.all([1, 2, 3].map(() => cache.answer(exchange, refreshed)));
    await Promise.all(works);
    expect(calls).toBe(1);
  });

  it('leaves no failure to whoever waits for the work', async () => {
    const { cache, exchange, works, failures } = await staleCopy();
    await cache.answer(exchange, () => Promise.reject(new AppError('UPSTREAM_LATE')));
    expect(await Promise.all(works)).toEqual([undefined]);
    expect(failures).toEqual(['refresh']);
  });

  it('leaves no stream open that nobody reads', async () => {
    const path = '/entities/grid:g1/export';
    const csv = { status: 200, headers: [['content-type', 'text/csv']] as const };
    const { cache, exchange, works } = await staleCopy({ ...csv, body: Buffer.from('a,b') }, path);
    const large = Readable.from([Buffer.alloc(10)]);
    const headers = [...csv.headers, ['content-length', '999999999'] as const];
    await cache.answer(exchange, async () => ({ status: 200, headers, body: large }));
    await Promise.all(works);
    expect(large.destroyed).toBe(true);
  });
});
