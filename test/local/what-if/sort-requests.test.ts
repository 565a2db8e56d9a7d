/** Requests of a log in any order, more of them than are kept in memory. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRequests } from '../../../local/what-if/sort-requests.ts';
import type { LoggedRequest } from '../../../shared/what-if/logged-request.ts';
import { readEntry } from '../../../shared/what-if/read-entry.ts';
import { sized } from '../../support/test-size.ts';

const requestAt = (atMillis: number, id = String(atMillis), count = 1): LoggedRequest => ({
  ...{ id, atMillis, consumerId: 'app', outcome: 'hit', count, waitedMillis: 0, statuses: [] },
});
const readAll = async (sorted: { readonly read: () => AsyncIterable<LoggedRequest> }): Promise<LoggedRequest[]> => {
  const found: LoggedRequest[] = [];
  for await (const request of sorted.read()) found.push(request);
  return found;
};
const folders = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('what-if-')).length;

describe('the requests of a log', () => {
  it('come in the order of time, each once, as often as they are read', async () => {
    const instants = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
    const property = fc.asyncProperty(instants, fc.integer({ min: 1, max: 20 }), async (times, mostKept) => {
      const sorted = await sortRequests(
        times.map((atMillis) => requestAt(atMillis)),
        mostKept,
      );
      const expected = [...new Set(times)].sort((one, other) => one - other);
      expect((await readAll(sorted)).map(({ atMillis }) => atMillis)).toEqual(expected);
      expect((await readAll(sorted)).map(({ atMillis }) => atMillis)).toEqual(expected);
      expect(sorted.repeated()).toBe(times.length - expected.length);
      await sorted.end();
    });
    await fc.assert(property, { numRuns: sized(100, 20) });
  });

  it('keep the larger of two sums of the same minute, since the other was read while it grew', async () => {
    const sorted = await sortRequests([requestAt(5, 'hits', 3), requestAt(5, 'hits', 8), requestAt(5, 'hits', 8)], 1);
    expect(await readAll(sorted)).toEqual([requestAt(5, 'hits', 8)]);
    await sorted.end();
  });

  it('count a sum of hits once that was read several times while it grew', async () => {
    const counts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(counts, async (read) => {
      const sums = read.map((hits) => readEntry({ consumerId: 'app', minuteMillis: 120_000, hits }));
      const sorted = await sortRequests(sums.flatMap((sum) => (typeof sum === 'string' ? [] : [...sum])));
      const kept = await readAll(sorted);
      expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(Math.max(...read));
      await sorted.end();
    });
    await fc.assert(property, { numRuns: sized(100, 20) });
  });

  it('leave no file behind, also when reading them fails', async () => {
    const before = folders();
    const failing = (function* () {
      yield requestAt(1);
      yield requestAt(2);
      throw new Error('the disk is gone');
    })();
    await expect(sortRequests(failing, 1)).rejects.toThrow('the disk is gone');
    const sorted = await sortRequests([requestAt(2), requestAt(1)], 1);
    await sorted.end();
    expect(folders()).toBe(before);
  });
});
