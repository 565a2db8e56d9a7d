import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryCheckStore, createMemoryRegistrationStore } from '../../../shared/registration/adapters/memory.ts';
import { createSampleCheck, defaultCheckBounds } from '../../../shared/registration/check-samples.ts';
import { createChangedSamples } from '../../../shared/registration/note-changes.ts';
import { createRegistrationNotes } from '../../../shared/registration/notes.ts';

const idOf = (number: number): string => `sample:00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

type Answer = { readonly status: number; readonly self?: string };

/** Registered samples with the digest `a`. @param answerOf what the tenant answers about the sample of a number. */
const createWorld = async (
  samples: number,
  answerOf: (number: number) => Answer = () => ({ status: 200, self: 'a' }),
) => {
  let nowMillis = 10_000_000;
  const clock = { nowMillis: () => ++nowMillis };
  const store = createMemoryRegistrationStore();
  const checks = createMemoryCheckStore();
  for (let number = 1; number <= samples; number += 1)
    await store.write({ sampleId: idOf(number), version: 1, self: 'a', external: 'a', seenAtMillis: 0 }, 0);
  const told: string[] = [];
  let canTell = true;
  const tell = async ({ sampleId }: { readonly sampleId: string }): Promise<boolean> => {
    told.push(sampleId);
    return canTell;
  };
  const asked: number[] = [];
  const check = createSampleCheck({
    ...{ store, checks, clock, notes: createRegistrationNotes({ store, checks, clock, tell }), onFailure: () => {} },
    async read(path) {
      const number = Number(decodeURIComponent(path).split('/')[2]?.slice(-12));
      asked.push(number);
      const { status, self } = answerOf(number);
      const property = (id: string, value: unknown) => ({ id, attributes: { content: { value } } });
      const document = { data: [property('digests.self', self), property('digests.external', 'a')] };
      return { status, body: Buffer.from(JSON.stringify(document)) };
    },
  });
  return {
    ...{ store, checks, check, asked, told, clock },
    wait: (millis: number) => {
      nowMillis += millis;
    },
    setTelling: (can: boolean) => {
      canTell = can;
    },
  };
};

const numbers = (from: number, until: number): number[] =>
  Array.from({ length: until - from + 1 }, (_, at) => from + at);
const { mostLooks, freshMillis, mostTries } = defaultCheckBounds;

describe('the check of registered samples', () => {
  it('takes a few calls in each run, and goes through all samples in turn', async () => {
    const { check, asked, wait } = await createWorld(45);
    for (const looks of [mostLooks, mostLooks, 5, 0]) expect(await check.run()).toMatchObject({ looks });
    expect(asked).toEqual(numbers(1, 45));
    wait(freshMillis);
    expect(await check.run()).toMatchObject({ looks: mostLooks });
  });

  it('looks at suspected samples first, and leaves calls for the others', async () => {
    const { check, checks, asked } = await createWorld(60);
    for (const number of numbers(31, 60)) await checks.suspect({ sampleId: idOf(number), notedAtMillis: 1, tries: 0 });
    await check.run();
    expect(asked).toEqual([...numbers(31, 45), ...numbers(1, 5)]);
  });

  it('ends when the tenant takes no calls, and goes on there', async () => {
    let status = 429;
    const { check, asked } = await createWorld(3, (number) =>
      number === 2 ? { status, self: 'a' } : { status: 200, self: 'a' },
    );
    expect(await check.run()).toEqual({ looks: 2, failed: 0, isCut: true });
    status = 200;
    expect(await check.run()).toEqual({ looks: 2, failed: 0, isCut: false });
    expect(asked).toEqual([1, 2, 2, 3]);
  });

  it('gives up a suspicion that fails each time', async () => {
    const { check, checks } = await createWorld(0, () => ({ status: 500 }));
    await checks.suspect({ sampleId: idOf(1), notedAtMillis: 1, tries: 0 });
    for (let run = 1; run <= mostTries; run += 1) {
      expect(await checks.suspicions(9)).toHaveLength(1);
      expect(await check.run()).toMatchObject({ failed: 1, isCut: false });
    }
    expect(await checks.suspicions(9)).toEqual([]);
  });

  it('keeps the record of a sample that is away, for a while', async () => {
    let status = 404;
    const { check, store, wait } = await createWorld(1, () => ({ status, self: 'a' }));
    await check.run();
    expect(await store.read(idOf(1))).toMatchObject({ external: 'a', absentSinceMillis: expect.any(Number) });
    status = 200;
    wait(freshMillis);
    await check.run();
    expect((await store.read(idOf(1)))?.absentSinceMillis).toBeUndefined();
  });

  it('tells of a drift later when its event was not taken', async () => {
    const { check, store, checks, told, setTelling } = await createWorld(1, () => ({ status: 200, self: 'b' }));
    setTelling(false);
    await check.run();
    expect((await store.read(idOf(1)))?.drift?.isTold).toBe(false);
    expect(await checks.suspicions(9)).toHaveLength(1);
    setTelling(true);
    await check.run();
    await check.run();
    expect((await store.read(idOf(1)))?.drift?.isTold).toBe(true);
    // Each try has the same id.
    expect(new Set(told)).toEqual(new Set([idOf(1)]));
    expect(await checks.suspicions(9)).toEqual([]);
  });

  it('keeps a suspicion when the tenant cannot be reached', async () => {
    const { checks, clock } = await createWorld(0);
    const failing = createSampleCheck({
      ...{ store: createMemoryRegistrationStore(), checks, clock, onFailure: () => {} },
      notes: { noteLook: async () => undefined, noteAbsence: async () => {} },
      read: () => Promise.reject(new AppError('UPSTREAM_UNREACHABLE')),
    });
    await checks.suspect({ sampleId: idOf(1), notedAtMillis: 1, tries: 0 });
    expect(await failing.run()).toMatchObject({ isCut: true });
    expect(await checks.suspicions(9)).toHaveLength(1);
  });
});

describe('changes that the sweep has listed', () => {
  it('make suspects of registered samples that no look has seen since', async () => {
    const { store, checks, clock } = await createWorld(3);
    const record = await store.read(idOf(3));
    if (record) await store.write({ ...record, version: 2, seenAtMillis: 9_000_000 }, 1);
    const note = createChangedSamples(store, checks, clock);
    await note([1, 3, 4].map((number) => ({ eid: idOf(number), editedAtMillis: 5_000_000 })));
    await note([{ eid: 'experiment:1' }, { eid: idOf(2) }]);
    expect((await checks.suspicions(9)).map(({ sampleId }) => sampleId)).toEqual([idOf(1), idOf(2)]);
  });
});
