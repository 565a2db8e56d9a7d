/** Links, renewals, revocations, refusals and touches in any order, some of them at the same time, while the store fails at times. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeepAlive } from '../../../shared/tokens/keep-alive.ts';
import type { TokenStore } from '../../../shared/tokens/token.ts';
import { createUserTokens } from '../../../shared/tokens/user-tokens.ts';
import { sized } from '../../support/test-size.ts';
import { anna, app, createWorld, hourMillis } from './builders.ts';

type Step = 'link' | 'revoke' | 'killUpstream' | 'call' | 'touch' | 'wait' | 'waitLong' | 'storeFails';
const steps: readonly Step[] = ['link', 'revoke', 'killUpstream', 'call', 'touch', 'wait', 'waitLong', 'storeFails'];

/** Makes the next call of any method fail. */
const breakable = (store: TokenStore, takeFault: () => boolean): TokenStore =>
  new Proxy(store, {
    get:
      (target, name: keyof TokenStore) =>
      (...args: unknown[]) =>
        takeFault()
          ? Promise.reject(new Error('table away'))
          : (target[name] as (...all: unknown[]) => unknown)(...args),
  });

const setUp = () => {
  const world = createWorld();
  let faults = 0;
  const store = breakable(world.store, () => {
    faults -= 1;
    return faults >= 0;
  });
  /** When each secret stopped being linked here, and which the tenant still takes. */
  const goneAtMillis = new Map<string, number>();
  const takenUpstream = new Set<string>();
  let linked: string | undefined;
  let count = 0;
  const leave = () => {
    if (linked !== undefined) goneAtMillis.set(linked, world.clock.nowMillis());
    linked = undefined;
  };
  const probe: typeof world.probe = async ({ secret }) =>
    takenUpstream.has(secret) ? { kind: 'living', person: { id: '101' } } : { kind: 'dead' };
  const parts = { ...world, store, probe };
  const instances = [createUserTokens(parts), createUserTokens(parts)];
  const keepAlive = createKeepAlive({ ...parts, touchMillis: 20 * hourMillis, mostTouches: 9, atOnce: 2 });

  const call = async (tokens: (typeof instances)[number]): Promise<void> => {
    const credential = await tokens.find('signals', app, 'anna').catch(() => undefined);
    if (!credential) return;
    const gone = goneAtMillis.get(credential.secret);
    if (gone !== undefined) expect(world.clock.nowMillis() - gone).toBeLessThan(30_000);
    const status = takenUpstream.has(credential.secret) ? 200 : 401;
    await tokens.observe('signals', credential, { kind: 'answered', status });
  };

  const acts: Record<Step, () => unknown> = {
    async link() {
      leave();
      count += 1;
      linked = `secret-${count}`;
      takenUpstream.add(linked);
      await world.link({ version: `v${count}` }, linked);
    },
    async revoke() {
      leave();
      await world.store.remove(anna);
    },
    killUpstream: () => takenUpstream.clear(),
    call: () => Promise.all(instances.map(call)),
    touch: () => Promise.allSettled([keepAlive.run(Infinity), keepAlive.run(Infinity)]),
    wait: () => world.wait(7_000),
    waitLong: () => world.wait(25 * hourMillis),
    storeFails: () => {
      faults = 1;
    },
  };
  return {
    acts,
    world,
    calm: () => (faults = 0),
    call: () => call(instances[0] as (typeof instances)[number]),
    takenUpstream,
    linked: () => linked,
  };
};

describe('tokens under concurrent acts and a failing store', () => {
  it('are used by nobody 30 seconds after they were revoked or replaced, and never forgotten while good', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), async (plan) => {
        const { acts, world, calm, takenUpstream, linked } = setUp();
        for (const step of plan) await acts[step]();
        // When the faults and the remembered values have ended, the person's last act holds.
        calm();
        world.wait(30_000);
        await acts.call();
        // One refusal is no proof: two runs ask again.
        for (const hours of [2, 7]) {
          world.wait(hours * hourMillis);
          await acts.touch();
        }
        const secret = linked();
        const found = await createUserTokens(world).find('signals', app, 'anna');
        expect(found?.secret).toBe(secret !== undefined && takenUpstream.has(secret) ? secret : undefined);
        const tokens = (await world.store.list(10)).tokens;
        const expired = world.seen.events.filter(({ type }) => type === 'token.expired');
        if (secret !== undefined && !takenUpstream.has(secret)) expect(expired.length).toBeGreaterThanOrEqual(1);
        expect(tokens.length).toBe(secret === undefined ? 0 : 1);
      }),
      { numRuns: sized(1_500, 100) },
    ));
});
