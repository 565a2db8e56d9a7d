/** The governor in its place: several processes of one function, one budget in the embedded DynamoDB, the tenant's log as witness. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signalsBasePath, variables } from '../../shared/config/names.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

const limit = 20;

describe('the quota of a tenant', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await startTwin({}, { [variables.tenantRequestsPerMinute]: String(limit) });
  });
  afterAll(() => twin?.close());

  it('P5: sends no more in a minute than the limit, whoever asks, and says when to come back', async () => {
    // Never cached, and asked by two consumers at once.
    const ask = (index: number) =>
      fetch(`${twin.url}${signalsBasePath}/profiles/me`, {
        headers: { 'x-api-key': index % 2 === 0 ? 'demo-app' : 'demo-reader' },
      });
    const answers = await Promise.all(Array.from({ length: 3 * limit }, (_, index) => ask(index)));
    const admitted = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(admitted.length + refused.length).toBe(3 * limit);
    expect(admitted.length).toBeGreaterThan(limit / 2);
    expect(twin.simulator.arrivals.length).toBeLessThanOrEqual(limit);
    expect(twin.simulator.arrivals.length).toBe(admitted.length);
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const { errors } = (await answer.json()) as { errors: { code: string }[] };
      expect(errors[0]?.code).toBe('TOO_MANY_REQUESTS');
    }
    expect(admitted.at(-1)?.headers.get('ratelimit-policy')).toContain(`"tenant";q=${limit};w=60`);
  });
});
