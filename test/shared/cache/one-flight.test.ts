/** P4, over real processes that share an embedded DynamoDB. `npm run bench -- cache-flight` does it with eight of them. */
import { describe, expect, it } from 'vitest';
import { runCrowd } from '../../../bench/cache/crowd.ts';

describe('one flight', () => {
  it('costs one upstream call for 150 misses at once in three processes', async () => {
    const result = await runCrowd({ processes: 3, requests: 150, upstreamMillis: 300, killLeader: false });
    expect(result).toMatchObject({ upstreamCalls: 1, answered: 150, expected: 150 });
  });

  it('costs two when the process that asks is killed, and answers every caller of the others', async () => {
    const result = await runCrowd({ processes: 3, requests: 150, upstreamMillis: 300, killLeader: true });
    expect(result).toMatchObject({ upstreamCalls: 2, answered: 100, expected: 100 });
  });

  it('costs calls one after the other for 150 reads at once of a record whose write had an unknown outcome', async () => {
    const crowd = { processes: 3, requests: 150, upstreamMillis: 1_000, killLeader: false, beingWritten: true };
    const result = await runCrowd(crowd);
    expect(result).toMatchObject({ mostAtOnce: 1, answered: 150, expected: 150 });
    // Two when all of them come within a second; a busy machine starts some of them later.
    expect(result.upstreamCalls).toBeLessThan(10);
  });
});
