/** The oracle of the mix, and the reasons by which the mix counts calls. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startOracle } from '../../bench/cache/oracle.ts';
import { type Changes, createReasons } from '../../bench/cache/reasons.ts';
import { runVirtualMix } from '../../bench/cache/virtual-mix.ts';
import { isFull } from '../support/test-size.ts';

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

const listen = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('the oracle', () => {
  /** A tenant whose records all have the version that was written last. */
  const start = async () => {
    const asked: string[] = [];
    let version = 1;
    const tenantUrl = await listen((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.method === 'PATCH') version += 1;
      response.end(String(version));
    });
    const { way, close } = await startOracle(tenantUrl, 'key');
    closes.push(close);
    const send = async (method: string, path: string): Promise<string> =>
      (await fetch(way.url + path, { method, ...(method === 'PATCH' ? { body: '{}' } : {}) })).text();
    const editBehind = (id: string): void => {
      version += 1;
      way.onEdit?.(id);
    };
    return { asked, send, editBehind };
  };

  it('asks the tenant once for what does not change, however many ask it', async () => {
    const { asked, send } = await start();
    const answers = await Promise.all([1, 2, 3].map(() => send('GET', '/entities/experiment:e1')));
    expect([answers, asked]).toEqual([['1', '1', '1'], ['GET /entities/experiment:e1']]);
  });

  it('shows a write and an edit to the next read, and asks for nothing else again', async () => {
    const { asked, send, editBehind } = await start();
    const read = () => send('GET', '/entities/experiment:e1');
    const seen = [await read(), await send('GET', '/entities/experiment:e2')];
    await send('PATCH', '/entities/experiment:e1/properties?force=true');
    seen.push(await read(), await read());
    editBehind('experiment:e1');
    seen.push(await read(), await read(), await send('GET', '/entities/experiment:e2'));
    expect(seen).toEqual(['1', '1', '2', '2', '3', '3', '1']);
    expect(asked.filter((line) => line.startsWith('GET'))).toHaveLength(4);
  });
});

describe('the mix in virtual time', () => {
  // The small size shows the same in 2 s.
  const sizes: [number, number][] = [isFull ? [20_000, 5_000] : [4_000, 1_000]];

  it.each(sizes)('%i requests cost at most 1.15 times the fewest calls, and show no older version', async (...size) => {
    const [requests, experiments] = size;
    const seen = await runVirtualMix({ requests, experiments, inFlight: 32, pauseMillis: 900 });
    expect(seen).toMatchObject({ afterWrite: 0, beyondBound: 0 });
    expect(seen.facade / seen.oracle).toBeLessThanOrEqual(1.15);
    expect(seen.facade / seen.lateOracle).toBeLessThanOrEqual(1.15);
    // Entries that outlived several sweeps were among the reads.
    expect(seen.seconds).toBeGreaterThan(90);
  });
});

describe('the reason for a call', () => {
  const miss = 'signals-facade; fwd=uri-miss; stored';
  const stale = 'signals-facade; fwd=stale; stored';
  const unchanged: Changes = { writes: 1, edits: 1 };
  /** The reason of a second call, after a first one at 0 that saw `unchanged`. */
  const second = (cacheStatus: string, now: Changes, atMillis: number) => {
    const { note, counts } = createReasons();
    note('e1', miss, { ...unchanged, atMillis: 0 });
    note('e1', cacheStatus, { ...now, atMillis });
    return Object.entries(counts).flatMap(([reason, count]) => (count > 0 ? [reason] : []));
  };

  it.each([
    ['after a write of its own', miss, { writes: 2, edits: 2 }, 1_000],
    ['after an edit in the tenant', stale, { writes: 1, edits: 2 }, 1_000],
    ['while it was written', 'signals-facade; fwd=bypass; detail=BEING-WRITTEN', { writes: 2, edits: 1 }, 1_000],
    ['unchanged: purged all the same', stale, unchanged, 43_999],
    ['unchanged: expired', stale, unchanged, 44_000],
    [
      'unchanged: refreshed while it was served',
      'signals-facade; hit; detail=STALE-WHILE-REVALIDATE',
      unchanged,
      44_000,
    ],
  ])('is: %s', (reason, cacheStatus, now, atMillis) => {
    expect(second(cacheStatus, now, atMillis)).toEqual(['first read', reason]);
  });

  it.each(['signals-facade; hit; ttl=9', `${miss}; collapsed`, ''])('is none where there was no call: %s', (status) => {
    expect(second(status, { writes: 2, edits: 2 }, 60_000)).toEqual(['first read']);
  });
});
