import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoHealthStore } from '../../../shared/health/adapters/dynamodb.ts';
import { createMemoryHealthStore } from '../../../shared/health/adapters/memory.ts';
import { type CheckName, checkHealth, type Finding, type Look } from '../../../shared/health/health.ts';
import { type HealthStore, healthStates } from '../../../shared/health/health-store.ts';
import { judgeArchive, judgeHook, judgeKeys, judgeSweep } from '../../../shared/health/looks.ts';
import { createOutcomeRecorder, createUpstreamLook, judge } from '../../../shared/health/upstream-health.ts';
import { freshTable } from '../../support/tables.ts';
import { answered, startMillis } from '../requests/support.ts';

const healthStoreContract = (name: string, create: () => Promise<HealthStore>) =>
  describe(`HealthStore contract: ${name}`, () => {
    it('adds outcomes of concurrent writers, and sums the periods from an instant on', async () => {
      const store = await create();
      const add = (start: number, answeredCalls: number, failed: number) =>
        store.addOutcomes(start, { answered: answeredCalls, failed });
      await Promise.all([add(9_999, 50, 50), add(10_000, 1, 0), add(10_000, 2, 3), add(20_000, 0, 4)]);
      expect(await store.outcomesSince(10_000)).toEqual({ answered: 3, failed: 7 });
      expect(await store.outcomesSince(20_001)).toEqual({ answered: 0, failed: 0 });
    });

    it('gives back the states of the check that began last, whichever wrote last', async () => {
      const store = await create();
      expect(await store.readStates()).toEqual({});
      await store.writeStates({ queues: { state: 'ok', sinceMillis: 1 } }, 1);
      const last = { upstream: { state: 'failed', sinceMillis: 3 } } as const;
      await store.writeStates(last, 3);
      await store.writeStates({ upstream: { state: 'ok', sinceMillis: 2 } }, 2);
      expect(await store.readStates()).toEqual(last);
    });
  });
healthStoreContract('memory', async () => createMemoryHealthStore());
healthStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoHealthStore(dynamo, tableName);
});

const ok: Finding = { state: 'ok', reason: 'fine' };
const all = (parts: Partial<Record<CheckName, Look>> = {}) => {
  const look: Look = async () => ok;
  return {
    store: look,
    queues: look,
    upstream: look,
    sweep: look,
    hook: look,
    credentials: look,
    archive: look,
    ...parts,
  };
};
const clockAt = (millis: number) => ({ nowMillis: () => millis });

describe('checkHealth', () => {
  it('has the worst state of its checks, and a check that throws has failed', async () => {
    const store = createMemoryHealthStore();
    const degraded: Look = async () => ({ state: 'degraded', reason: 'slow' });
    const broken: Look = () => Promise.reject(new Error('secret-cause'));
    expect((await checkHealth(all(), store, clockAt(1))).state).toBe('ok');
    expect((await checkHealth(all({ hook: degraded }), store, clockAt(1))).state).toBe('degraded');
    const failed = await checkHealth(all({ hook: degraded, queues: broken }), store, clockAt(1));
    expect(failed.state).toBe('failed');
    expect(JSON.stringify(failed)).not.toContain('secret-cause');
    expect(failed.checks.map(({ name }) => name)).toEqual(Object.keys(all()));
  });

  it('says since when each check has its state, on every instance', async () => {
    const store = createMemoryHealthStore();
    const sinceAt = async (millis: number, state: Finding['state']) => {
      const looks = all({ queues: async () => ({ state, reason: 'x' }) });
      const { checks } = await checkHealth(looks, store, clockAt(millis));
      return checks.map(({ sinceMillis }) => sinceMillis).slice(0, 2);
    };
    expect(await sinceAt(1, 'ok')).toEqual([1, 1]);
    expect(await sinceAt(2, 'failed')).toEqual([1, 2]);
    expect(await sinceAt(3, 'failed')).toEqual([1, 2]);
    expect(await sinceAt(4, 'ok')).toEqual([1, 4]);
  });

  it('answers while its own store fails', async () => {
    const fail = () => Promise.reject(new Error('no table'));
    const store = { addOutcomes: fail, outcomesSince: fail, readStates: fail, writeStates: fail };
    const { state, checks } = await checkHealth(all({ store: fail }), store, clockAt(7));
    expect([state, checks[0]?.state, checks[0]?.sinceMillis]).toEqual(['failed', 'failed', 7]);
  });
});

describe('the upstream', () => {
  const setUp = (isSwept = true) => {
    let now = startMillis;
    const store = createMemoryHealthStore();
    const clock = { nowMillis: () => now };
    const options = { store, ...clock, onFailure: () => {}, later: () => {} };
    return {
      ...{ store, look: createUpstreamLook(store, clock, isSwept), recorder: () => createOutcomeRecorder(options) },
      wait: (millis: number) => {
        now += millis;
      },
      sent: (...sends: number[]) => answered({ sends }, { endedAtMillis: now }),
    };
  };

  it('shows within a minute that it answers 503 to everything, whichever instances call, and that it is well again', async () => {
    const { look, recorder, wait, sent } = setUp();
    const instances = [recorder(), recorder()];
    const callFor = async (seconds: number, ...statuses: number[]) => {
      for (let second = 0; second < seconds; second += 1) {
        await instances[second % 2]?.count(sent(...statuses));
        wait(1_000);
      }
    };
    await callFor(60, 200);
    expect((await look()).state).toBe('ok');
    await callFor(30, 503, 503, 503);
    expect((await look()).state).not.toBe('ok');
    await callFor(30, 503, 503, 503);
    expect((await look()).state).toBe('failed');
    await callFor(60, 200);
    expect((await look()).state).toBe('ok');
  });

  it('shows within a minute that it fails when only the sweep calls it, and within two that it is well again', async () => {
    const { look, recorder, wait, sent } = setUp();
    const sweep = recorder();
    /** Two runs a minute, as infra/capabilities/sweep-looks.ts has them started. */
    const sweepFor = async (minutes: number, status: number) => {
      for (let run = 0; run < 2 * minutes; run += 1) {
        await sweep.count(sent(status));
        wait(run % 2 === 0 ? 28_000 : 32_000);
      }
      return (await look()).state;
    };
    expect(await sweepFor(3, 200)).toBe('ok');
    expect(await sweepFor(1, 503)).toBe('degraded');
    expect(await sweepFor(1, 0)).toBe('failed');
    expect(await sweepFor(1, 200)).toBe('degraded');
    expect(await sweepFor(1, 200)).toBe('ok');
  });

  it('says that nothing calls it, which is bad news only while the sweep should', async () => {
    expect((await setUp().look()).state).toBe('degraded');
    expect((await setUp(false).look()).state).toBe('ok');
  });

  it('is judged by the part of calls that failed', () =>
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (answeredCalls, failed) => {
        const finding = judge({ answered: answeredCalls, failed });
        if (answeredCalls + failed === 0) {
          expect(finding).toBeUndefined();
          return;
        }
        expect(healthStates).toContain(finding?.state);
        expect(finding?.state === 'ok').toBe(failed / (answeredCalls + failed) < 0.2);
        expect(finding?.state === 'failed').toBe(answeredCalls === 0 && failed >= 3);
      }),
      { examples: [[0, 0]] },
    ));
});

describe('what is looked at', () => {
  it('says in a word how it stands', () => {
    expect(judgeSweep(undefined).state).toBe('ok');
    expect(judgeSweep({ state: 'healthy', lagMillis: 20_000 }).state).toBe('ok');
    expect(judgeSweep({ state: 'never', lagMillis: 0 }).state).toBe('degraded');
    expect(judgeSweep({ state: 'lagging', lagMillis: 90_000 }).reason).toContain('90 s behind');
    expect([judgeHook(true).state, judgeHook(false).state]).toEqual(['ok', 'degraded']);
  });

  it('says since when the archive is verified, not verified, or at fault', () => {
    const [endedAtMillis, hour] = [Date.parse('2026-11-27T09:00:00.000Z'), 3_600_000];
    const facts = { endedAtMillis, faults: 0, wholeSinceMillis: endedAtMillis - 24 * hour };
    expect(judgeArchive(facts, endedAtMillis + 36 * hour)).toEqual({
      state: 'ok',
      reason:
        'The archive was verified at 2026-11-27T09:00:00.000Z, without a fault. All PDFs were read since 2026-11-26T09:00:00.000Z.',
    });
    expect(judgeArchive({ endedAtMillis, faults: 0 }, endedAtMillis).reason).toContain('Not all PDFs were read yet');
    expect(judgeArchive(facts, endedAtMillis + 36 * hour + 1)).toEqual({
      state: 'degraded',
      reason: 'The archive was verified at 2026-11-27T09:00:00.000Z, and not since then.',
    });
    expect(judgeArchive({ faults: 0 }, 0)).toMatchObject({
      state: 'ok',
      reason: expect.stringContaining('not verified yet. The first verification begins within 15 minutes'),
    });
    const faulty = judgeArchive({ ...facts, faults: 2, faultySinceMillis: endedAtMillis }, endedAtMillis);
    expect([faulty.state, faulty.reason]).toEqual([
      'failed',
      expect.stringContaining('found 2 faults, the first at 2026-11-27T09:00:00.000Z'),
    ]);
  });

  it('fails without a key that can be used, and is degraded while one of several is refused', () => {
    const active = { state: 'active', strikes: 0 } as const;
    const disabled = { state: 'disabled', strikes: 0 } as const;
    const refused = { ...active, strikes: 1 };
    const stateOf = (...keys: Parameters<typeof judgeKeys>[0]) => judgeKeys(keys, 50).state;
    expect(stateOf()).toBe('failed');
    expect(stateOf(disabled)).toBe('failed');
    expect(stateOf(refused)).toBe('failed');
    expect(stateOf({ ...active, expiresAtMillis: 49 })).toBe('failed');
    expect(stateOf(active, refused)).toBe('degraded');
    expect(stateOf(active, disabled)).toBe('ok');
    expect(stateOf(active, { ...disabled, strikes: 3 })).toBe('degraded');
  });

  it('says of several refused keys only since when all of them are refused', () => {
    const refused = (sinceMillis: number | undefined) =>
      ({ state: 'active', strikes: 1, refusedSinceMillis: sinceMillis }) as const;
    const reasonOf = (...since: (number | undefined)[]) => judgeKeys(since.map(refused), startMillis + 60_000).reason;
    const latest = `No call with a refused key was accepted since ${new Date(startMillis + 5_000).toISOString()}.`;
    expect(reasonOf(startMillis + 5_000, startMillis)).toContain(latest);
    expect(reasonOf(startMillis, startMillis + 5_000)).toContain(latest);
    expect(reasonOf(startMillis, undefined)).not.toContain('was accepted since');
  });

  it('says that a key is refused until the tenant has accepted it, also when its cooldown has ended', () => {
    const cooldown = { untilMillis: startMillis + 60_000, reason: 401 };
    const refused = { state: 'active', strikes: 1, refusedSinceMillis: startMillis, cooldown } as const;
    const words = [
      '0 of 1 keys of the tenant can be used. The tenant refuses 1 with 401.',
      `No call with a refused key was accepted since ${new Date(startMillis).toISOString()}.`,
      'Runbook: a key of the tenant is refused.',
    ];
    const whileCooling = judgeKeys([refused], startMillis + 59_999);
    expect(whileCooling).toEqual({ state: 'failed', reason: words.join(' ') });
    expect(judgeKeys([refused], startMillis + 60_000)).toEqual(whileCooling);
    expect(judgeKeys([refused, { state: 'active', strikes: 0 }], startMillis + 60_000)).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining('1 of 2 keys of the tenant can be used. The tenant refuses 1 with 401.'),
    });
    // As an earlier version wrote it.
    expect(judgeKeys([{ state: 'active', strikes: 1 }], startMillis).reason).toBe(`${words[0]} ${words[2]}`);
  });
});
