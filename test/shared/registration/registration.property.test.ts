/** Registrations under random edits, marks, looks, checks and kills: what is answered, and what is told. */
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../support/test-size.ts';
import { createSampleWorld, isExpected, type SampleWorld, sampleId } from './world.ts';

const consumer = { id: 'app' };

type Act =
  | { readonly kind: 'edit'; readonly content: number }
  | { readonly kind: 'mark'; readonly content: number; readonly steps: number }
  | { readonly kind: 'register-natively'; readonly content: number }
  | { readonly kind: 'read' | 'check' | 'sweep'; readonly steps: number };

const content = fc.integer({ min: 0, max: 2 });
/** Most processes live; the others die at some step. */
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.constant(1_000) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 25 }) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), content }),
  fc.record({ kind: fc.constant('mark' as const), content, steps }),
  fc.record({ kind: fc.constant('register-natively' as const), content }),
  fc.record({ kind: fc.constantFrom('read' as const, 'check' as const, 'sweep' as const), steps }),
);

/** Whether the sample was in sync at some instant of this time. */
const wasInSync = ({ history }: SampleWorld, fromMillis: number, untilMillis: number): boolean =>
  history.some(({ self, external, atMillis }, at) => {
    const endMillis = history[at + 1]?.atMillis ?? Number.POSITIVE_INFINITY;
    return self === external && atMillis <= untilMillis && endMillis >= fromMillis;
  });

/** The times in which one registration differed from the sample. */
const drifts = ({ history }: SampleWorld): number => {
  let count = 0;
  let open: string | undefined;
  for (const { self, external } of history) {
    const isDrifted = external !== '' && self !== external;
    if (isDrifted && open !== external) count += 1;
    open = isDrifted ? external : undefined;
  }
  return count;
};

const idsOf = ({ events }: SampleWorld): Set<string> => new Set(events.map(({ id }) => id));

const runAct = async (world: SampleWorld, one: Act): Promise<void> => {
  if (one.kind === 'edit') return world.change({ self: `c${one.content}` });
  if (one.kind === 'register-natively') return world.change({ external: `c${one.content}` });
  const { registrations, tenant, check, noteChanges } = world.createProcess(one.steps);
  try {
    if (one.kind === 'check') await check.run();
    else if (one.kind === 'sweep') await noteChanges([{ eid: sampleId }]);
    else {
      const marking = { consumer, digest: one.kind === 'mark' ? `c${one.content}` : '' };
      const { look } = await (one.kind === 'mark'
        ? registrations.mark(tenant, sampleId, marking)
        : registrations.read(tenant, sampleId));
      if (one.kind === 'mark') expect(look.self).toBe(marking.digest);
      if (look.self === look.external) expect(wasInSync(world, look.askedAtMillis, look.answeredAtMillis)).toBe(true);
    }
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
};

/** Everybody has gone home, and the check goes on. */
const settle = async (world: SampleWorld): Promise<void> => {
  const { check } = world.createProcess();
  // Until no mark can be under way any more.
  world.pass(120_000);
  for (let run = 0; run < 3; run += 1) expect(await check.run()).toMatchObject({ failed: 0, isCut: false });
};

const expectSettled = async (world: SampleWorld): Promise<void> => {
  const { self, external } = world.current();
  const record = await world.store.read(sampleId);
  expect(await world.checks.suspicions(9)).toEqual([]);
  if (record !== undefined) expect(record).toMatchObject({ self, external });
  const { registrations } = await world.store.drifted(9);
  expect(registrations.map((one) => one.sampleId)).toEqual(record !== undefined && self !== external ? [sampleId] : []);
  if (record?.drift) {
    expect(record.drift.isTold).toBe(true);
    const told = world.events.some(
      ({ type, data }) => type === 'sample.registration-drifted' && data.registeredDigest === external,
    );
    expect(told).toBe(true);
  }
  expect(idsOf(world).size).toBeLessThanOrEqual(drifts(world));
};

describe('registrations of a sample', () => {
  it('are never answered as in sync when they were not, and are told at least once, with one id for each drift, whoever is killed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
        async (groups, picks) => {
          const waiting: (() => void)[] = [];
          let picked = 0;
          const world = createSampleWorld(() => new Promise((resolve) => waiting.push(resolve)));
          /** Runs what happens at the same time, step by step in the order of the picks. */
          const together = async (jobs: readonly Promise<void>[]): Promise<void> => {
            let isOpen = true;
            const all = Promise.all(jobs).finally(() => {
              isOpen = false;
            });
            while (isOpen) {
              const pick = picks[picked++ % picks.length] ?? 0;
              waiting.splice(pick % Math.max(1, waiting.length), 1)[0]?.();
              await setImmediate();
            }
            await all;
          };
          for (const group of groups) await together(group.map((one) => runAct(world, one)));
          await together([settle(world)]);
          await expectSettled(world);
        },
      ),
      { numRuns: sized(2_000, 60) },
    ));

  it('are told exactly once for each drift when a look follows each change', () =>
    fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        const world = createSampleWorld();
        const { registrations, tenant } = world.createProcess();
        for (const one of acts) {
          await runAct(world, 'steps' in one ? { ...one, steps: 1_000 } : one);
          await registrations.read(tenant, sampleId);
        }
        expect(world.events).toHaveLength(drifts(world));
        expect(idsOf(world).size).toBe(world.events.length);
      }),
      { numRuns: sized(2_000, 100) },
    ));

  it('that are killed after any step of a mark are known to the check', async () => {
    for (let life = 0; life < 40; life += 1) {
      const world = createSampleWorld();
      await runAct(world, { kind: 'mark', content: 0, steps: life });
      await settle(world);
      const record = await world.store.read(sampleId);
      expect(record?.external, `after ${life} steps`).toBe(world.current().external || undefined);
    }
  });

  it('whose drift is seen, and whose process is killed after any step, are told by the check', async () => {
    for (let life = 0; life < 20; life += 1) {
      const world = createSampleWorld();
      await runAct(world, { kind: 'mark', content: 0, steps: 1_000 });
      world.change({ self: 'c1' });
      await runAct(world, { kind: 'read', steps: life });
      await settle(world);
      expect(idsOf(world).size, `after ${life} steps`).toBe(1);
    }
  });
});
