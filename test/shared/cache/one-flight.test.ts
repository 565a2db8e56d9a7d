/** P4, over real processes that share an embedded DynamoDB. `npm run bench -- cache-flight` does it with eight of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrowd } from '../../../bench/cache/crowd.ts';
import { sized } from '../../support/test-size.ts';

const processes = 3;
const each = sized(50, 20);
const requests = processes * each;

describe('one flight', () => {
  let crowd: Awaited<ReturnType<typeof startCrowd>>;
  beforeAll(async () => {
    crowd = await startCrowd(processes);
  });
  afterAll(() => crowd.close());

  it('costs one upstream call for many misses at once in three processes', async () => {
    const result = await crowd.rush({ requests, upstreamMillis: 300, killLeader: false });
    expect(result).toMatchObject({ upstreamCalls: 1, answered: requests, expected: requests });
  });

  it('costs calls one after the other for many reads at once of a record whose write had an unknown outcome', async () => {
    const result = await crowd.rush({ requests, upstreamMillis: 1_000, killLeader: false, beingWritten: true });
    expect(result).toMatchObject({ mostAtOnce: 1, answered: requests, expected: requests });
    // Two when all of them come within a second; a busy machine starts some of them later.
    expect(result.upstreamCalls).toBeLessThan(10);
  });

  // Last: from now on a process is missing.
  it('costs two when the process that asks is killed, and answers every caller of the others', async () => {
    const result = await crowd.rush({ requests, upstreamMillis: 300, killLeader: true });
    expect(result).toMatchObject({ upstreamCalls: 2, answered: requests - each, expected: requests - each });
  });
});
