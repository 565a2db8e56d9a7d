/** No token dies unseen: a quarter of a year with the simulator's own rule of 30 idle days. */
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../../packages/signals-simulator/src/simulator.ts';
import { noQuota } from '../../../shared/exchange/exchange.ts';
import { backgroundProfile } from '../../../shared/exchange/quota-profile.ts';
import { createPersonProbe } from '../../../shared/pipeline/person-probe.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { createKeepAlive } from '../../../shared/tokens/keep-alive.ts';
import { createUserTokens } from '../../../shared/tokens/user-tokens.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { closedAfterTest } from '../../support/aws.ts';
import { isFull, sized, tenantSize } from '../../support/test-size.ts';
import { app, createWorld, dayMillis, hourMillis } from './builders.ts';

/** Longer than a token lives idle; at full size a quarter of a year. */
const days = sized(90, 35);
const people = ['100', '101', '102'];

const setUp = async () => {
  const world = createWorld();
  const simulator = await closedAfterTest(
    startSimulator({ clock: world.clock, requestsPerMinute: Number.POSITIVE_INFINITY, ...tenantSize }),
  );
  const probe = createPersonProbe(createSignalsUpstream(simulator.url), 'keep-alive', backgroundProfile, {
    transport: createNodeHttpTransport(),
    quota: noQuota,
    firstByteMillis: 5_000,
  });
  const keepAlive = createKeepAlive({ ...world, probe, touchMillis: 20 * hourMillis, mostTouches: 100, atOnce: 2 });
  for (const [index, id] of people.entries()) {
    await world.link({ subject: `s${index}`, person: { id } }, simulator.tenant.tokens.issue(id, '127.0.0.1'));
  }
  const hours = async (count: number, each: (hour: number) => Promise<void> = async () => {}) => {
    for (let hour = 0; hour < count; hour += 1) {
      world.wait(hourMillis);
      await each(hour);
      await keepAlive.run(Number.POSITIVE_INFINITY);
    }
  };
  const find = (subject: string) => createUserTokens(world).find('signals', app, subject);
  return { ...world, simulator, probe, hours, find };
};

const isAlive = async ({ find, probe }: Awaited<ReturnType<typeof setUp>>, subject: string): Promise<boolean> => {
  const credential = await find(subject);
  return credential !== undefined && (await probe(credential)).kind === 'living';
};

describe(`${days} days`, () => {
  it('lets no token die, used or idle, at one call a day for an idle one and none for a used one', async () => {
    const world = await setUp();
    const used = createUserTokens(world);
    await world.hours(days * 24, async () => {
      const credential = await used.find('signals', app, 's0');
      if (!credential) throw new Error('the used token is gone');
      const { status } = await fetch(`${world.simulator.url}/api/rest/v1.0/version`, {
        headers: { authorization: `Bearer ${credential.secret}`, accept: '*/*' },
      });
      await used.observe('signals', credential, { kind: 'answered', status });
    });
    expect(world.seen.events).toEqual([]);
    const calls = world.simulator.arrivals.filter(({ path }) => path.endsWith('/profiles/me')).length;
    expect(await Promise.all(['s0', 's1', 's2'].map((subject) => isAlive(world, subject)))).toEqual([true, true, true]);
    // Two idle tokens, each touched every 20 to 24 hours.
    expect(calls).toBeGreaterThanOrEqual(2 * days);
    expect(calls).toBeLessThanOrEqual(2 * (Math.ceil((days * 24) / 20) + 1));
  });

  it('would lose idle tokens without the touch: the simulator keeps its rule', async () => {
    const world = await setUp();
    world.wait(30 * dayMillis);
    expect(await isAlive(world, 's1')).toBe(false);
  });

  it.each(isFull ? [3, 16, 31] : [16])(
    'tells within a day that a token was revoked upstream, %s hours after its last touch',
    async (gap) => {
      const world = await setUp();
      await world.hours(40 * 24 + gap);
      world.simulator.tenant.tokens.revoke((user) => user.id === '101');
      await world.hours(24);
      expect(world.seen.events.map(({ type, subject }) => [type, subject])).toEqual([['token.expired', 's1']]);
      expect(await world.find('s1')).toBeUndefined();
      expect(await isAlive(world, 's2')).toBe(true);
    },
  );

  it('loses none over a week in which the tenant answers nothing, and warns of none too early', async () => {
    const world = await setUp();
    const fault = await fetch(`${world.simulator.url}/_control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'status', status: 500, operation: 'GET /profiles/me' }),
    });
    expect(fault.status).toBe(200);
    world.wait(7 * dayMillis);
    await world.hours(1);
    expect(world.seen.events).toEqual([]);
    await fetch(`${world.simulator.url}/_control/faults`, { method: 'DELETE' });
    await world.hours(2);
    expect(await isAlive(world, 's1')).toBe(true);
  });
});
