import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { createMemoryCheckStore, createMemoryRegistrationStore } from '../../../shared/registration/adapters/memory.ts';
import { createSampleCheck, defaultCheckBounds } from '../../../shared/registration/check-samples.ts';
import { createChangedSamples } from '../../../shared/registration/note-changes.ts';
import { createRegistrationNotes } from '../../../shared/registration/notes.ts';
import type { Suspicion } from '../../../shared/registration/registration.ts';

const idOf = (number: number): string => `sample:00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

type Answer = {
  readonly status: number;
  readonly self?: string;
  readonly external?: string;
  readonly fault?: ErrorCode;
};

const suspicionOf = (number: number): Suspicion => ({
  ...{ sampleId: idOf(number), reason: 'change', notedAtMillis: 1, dueAtMillis: 1, tries: 0 },
});

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
      const { status, self, external = 'a', fault } = answerOf(number);
      if (fault) throw new AppError(fault);
      const property = (id: string, value: unknown) => ({ id, attributes: { content: { value } } });
      const document = { data: [property('digests.self', self), property('digests.external', external)] };
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
const { mostLooks, freshMillis, mostTries, firstPauseMillis, mostSuspicions, mostMillis } = defaultCheckBounds;
const nightMillis = 12 * 3_600_000;

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
    for (const number of numbers(31, 60)) await checks.suspect(suspicionOf(number));
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
    const { check, checks, wait } = await createWorld(0, () => ({ status: 500 }));
    await checks.suspect(suspicionOf(1));
    for (let tries = 0; tries < mostTries; tries += 1) {
      expect(await checks.suspicions(9)).toHaveLength(1);
      expect(await check.run()).toMatchObject({ failed: 1, isCut: false });
      expect(await check.run()).toMatchObject({ looks: 0 });
      wait(firstPauseMillis * 2 ** tries);
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

  it('gives each of many suspected samples its turn, also while the first ones are suspected again', async () => {
    const { check, checks, asked } = await createWorld(0);
    const first = numbers(1, mostSuspicions);
    for (const number of numbers(1, mostSuspicions + 5)) await checks.suspect(suspicionOf(number));
    await check.run();
    expect(asked).toEqual(first);
    for (const number of first) await checks.suspect({ ...suspicionOf(number), notedAtMillis: 2 });
    await check.run();
    expect(asked.slice(mostSuspicions)).toEqual(numbers(mostSuspicions + 1, mostSuspicions + 5));
  });

  it('forgets no suspicion over a night in which the tenant fails', async () => {
    let status = 503;
    const { check, checks, asked, wait } = await createWorld(0, () => ({ status, self: 'a' }));
    await checks.suspect(suspicionOf(1));
    for (let minute = 0; minute < nightMillis / 60_000; minute += 1) {
      await check.run();
      wait(60_000);
    }
    expect(asked.length).toBeLessThan(mostTries);
    expect(await checks.suspicions(9)).toHaveLength(1);
    status = 200;
    wait(nightMillis);
    await check.run();
    expect(await checks.suspicions(9)).toEqual([]);
  });

  it.each([['UPSTREAM_LATE'], ['UPSTREAM_UNREACHABLE']] as const)(
    'goes on behind a sample that ends each run with %s',
    async (fault) => {
      const { check, checks, asked } = await createWorld(6, (number) =>
        number === 1 || number === 4 ? { status: 0, fault } : { status: 200, self: 'a' },
      );
      for (const number of [1, 2]) await checks.suspect(suspicionOf(number));
      const reports = [];
      for (let run = 0; run < 4; run += 1) reports.push(await check.run());
      expect(reports.map(({ isCut }) => isCut)).toEqual([true, true, false, false]);
      expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
    },
  );

  it('begins no look after its time', async () => {
    const world = await createWorld(9, () => {
      world.wait(mostMillis / 2);
      return { status: 200, self: 'a' };
    });
    expect(await world.check.run()).toEqual({ looks: 2, failed: 0, isCut: true });
    expect(await world.check.run()).toMatchObject({ looks: 2 });
    expect(world.asked).toEqual([1, 2, 3, 4]);
  });

  it.each([403, 404, 500])('asks for a sample that answers %i as seldom as for others', async (status) => {
    const { check, store, asked, wait } = await createWorld(1, () => ({ status }));
    for (let run = 0; run < 3; run += 1) await check.run();
    expect(asked).toEqual([1]);
    expect((await store.read(idOf(1)))?.absentSinceMillis !== undefined).toBe(status < 500);
    const since = (await store.read(idOf(1)))?.absentSinceMillis;
    wait(freshMillis);
    await check.run();
    expect(asked).toEqual([1, 1]);
    expect((await store.read(idOf(1)))?.absentSinceMillis).toBe(since);
  });

  it('takes no earlier miss for an absence of a sample that was seen since', async () => {
    const world = await createWorld(1);
    const { store, checks, clock } = world;
    const notes = createRegistrationNotes({ store, checks, clock, tell: async () => true });
    const askedAtMillis = clock.nowMillis();
    await world.check.run();
    await notes.noteMiss(idOf(1), askedAtMillis, true);
    expect((await store.read(idOf(1)))?.absentSinceMillis).toBeUndefined();
  });

  it('goes on when a sample has a text of a megabyte as its registered digest', async () => {
    const { check, store, asked } = await createWorld(2, () => ({ status: 200, self: 'a', external: 'x'.repeat(1e6) }));
    expect(await check.run()).toEqual({ looks: 2, failed: 0, isCut: false });
    expect(asked).toEqual([1, 2]);
    expect(JSON.stringify(await store.read(idOf(1))).length).toBeLessThan(1_000);
    expect((await store.read(idOf(1)))?.drift).toBeDefined();
  });

  it('keeps a suspicion when the tenant cannot be reached', async () => {
    const { checks, clock } = await createWorld(0);
    const failing = createSampleCheck({
      ...{ store: createMemoryRegistrationStore(), checks, clock, onFailure: () => {} },
      notes: { noteLook: async () => undefined, noteMiss: async () => {} },
      read: () => Promise.reject(new AppError('UPSTREAM_UNREACHABLE')),
    });
    await checks.suspect(suspicionOf(1));
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
