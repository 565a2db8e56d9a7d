/** The chain of the audit log: each record comes into it once, whatever dies, comes late or happens at the same time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentKey } from '../../../shared/archive/keys.ts';
import { sealAuditLog } from '../../../shared/audit-chain/seal-audit-log.ts';
import { dayMillis, hourMillis } from '../../../shared/time/units.ts';
import { createLife, Killed } from '../../support/mortal.ts';
import { sized } from '../../support/test-size.ts';
import { createSealWorld, minute } from './world.ts';

const quiet = { records: 0, segments: 0, late: 0, differing: 0, isBusy: false, isComplete: true };

describe('a run that seals the audit log', () => {
  it('puts every record into a segment under lock, in the order of time, and signs the head', async () => {
    const world = createSealWorld();
    const second = world.append(minute);
    const first = world.append(2 * minute);
    expect(await world.seal()).toEqual({ ...quiet, records: 2, segments: 1, isSigned: true });
    expect(world.sealed()).toEqual([first, second]);
    expect(world.bucket.objects.get(segmentKey(1))).toMatchObject({
      lockMode: 'GOVERNANCE',
      retainUntil: '2037-06-15T12:00:00.000Z',
    });
    expect(await world.faults()).toEqual([]);
  });

  it('makes no segment of nothing, and signs nothing before there is one', async () => {
    const world = createSealWorld();
    expect(await world.seal()).toEqual({ ...quiet, isSigned: false });
    expect([...world.bucket.objects.keys()]).toEqual([]);
  });

  it('signs once a day, although nothing was written', async () => {
    const world = createSealWorld();
    world.append();
    world.clock.millis += minute;
    const signed: boolean[] = [];
    for (const pause of [0, hourMillis, 23 * hourMillis, hourMillis]) {
      world.clock.millis += pause;
      signed.push((await world.seal()).isSigned);
    }
    expect(signed).toEqual([true, false, true, false]);
    expect(await world.faults()).toEqual([]);
  });

  it('leaves segments after the head to the next day', async () => {
    const world = createSealWorld();
    world.append(minute);
    await world.seal();
    world.append();
    world.clock.millis += minute;
    expect(await world.seal()).toMatchObject({ records: 1, isSigned: false });
    expect((await world.faults()).map(({ code, subject }) => [code, subject])).toEqual([
      ['tail-unsealed', segmentKey(2)],
    ]);
    expect(await world.faults(true)).toEqual([]);
  });

  it('takes an outcome that comes 15 minutes after its intent, once', async () => {
    const world = createSealWorld();
    const intent = world.append(minute);
    await world.seal();
    world.clock.millis += 15 * minute;
    const outcome = intent.replace('#intent', '#outcome');
    world.items.push({ pk: 'DAY', sk: outcome });
    expect(await world.seal()).toMatchObject({ records: 1, late: 0 });
    expect(await world.seal()).toMatchObject({ records: 0 });
    expect(world.sealed()).toEqual([intent, outcome]);
  });

  it('finds within a day what was written hours or days after its begin, and counts it', async () => {
    const world = createSealWorld();
    world.append(minute);
    await world.seal();
    for (const age of [2 * hourMillis, 3 * dayMillis, 9 * dayMillis]) world.append(age);
    world.clock.millis += minute;
    expect(await world.seal()).toMatchObject({ records: 0 });
    world.clock.millis += dayMillis - minute;
    expect(await world.seal()).toMatchObject({ records: 2, late: 2 });
    // The oldest one is out of reach.
    expect(world.sealed()).toHaveLength(3);
    world.clock.millis += dayMillis;
    expect(await world.seal()).toMatchObject({ records: 0, differing: 0 });
  });

  it('reads the log from its begin when it is sealed for the first time, and from the last run after an outage', async () => {
    const world = createSealWorld();
    for (let days = 0; days < 100; days += 1) world.append(days * dayMillis + minute);
    expect(await world.seal()).toMatchObject({ records: 100, late: 0 });
    world.clock.millis += 5 * dayMillis;
    for (let days = 4; days >= 0; days -= 1) world.append(days * dayMillis + minute);
    expect(await world.seal()).toMatchObject({ records: 5, late: 0 });
    expect(new Set(world.sealed()).size).toBe(105);
  });

  it('names records that were changed or removed after they were sealed, and seals what is there now', async () => {
    const world = createSealWorld();
    const changed = world.append(minute);
    world.append(minute);
    world.append(minute);
    await world.seal();
    world.items[0] = { ...world.items[0], sk: changed, consumer: 'somebody' };
    world.items.splice(1, 1);
    world.clock.millis += 5 * minute;
    expect(await world.seal()).toMatchObject({ records: 1, differing: 2 });
    expect(world.sealed().filter((sk) => sk === changed)).toHaveLength(2);
    // The look of the day still names them.
    world.clock.millis += dayMillis;
    expect(await world.seal()).toMatchObject({ records: 0, differing: 2 });
  });

  it('does not miss records whose time is over', async () => {
    const world = createSealWorld();
    world.append(minute, { deleteAtSeconds: world.clock.millis / 1_000 + 3_600 });
    await world.seal();
    world.items.length = 0;
    world.clock.millis += minute;
    expect(await world.seal()).toEqual({ ...quiet, isSigned: false });
  });

  it('goes on where its time was over', async () => {
    const world = createSealWorld();
    const all = Array.from({ length: 2_500 }, (_, index) => world.append(dayMillis - index));
    const runs = [];
    do runs.push(await world.seal(undefined, 0));
    while (runs.at(-1)?.isComplete === false);
    // The head is signed when nothing is left behind.
    expect(runs.map(({ records, isComplete, isSigned }) => [records, isComplete, isSigned])).toEqual([
      [1_000, false, false],
      [1_000, false, false],
      [500, true, true],
    ]);
    expect(world.sealed()).toEqual(all);
  });

  it('ends the look of the day in several runs, and names in each what differs', async () => {
    const world = createSealWorld();
    world.append(5 * dayMillis);
    world.append(minute);
    await world.seal();
    world.items.length = 0;
    const late = Array.from({ length: 2_500 }, (_, index) => world.append(3 * dayMillis - index));
    world.clock.millis += dayMillis;
    const runs = [];
    for (let run = 0; run < 4; run += 1) runs.push(await world.seal(undefined, 0));
    expect(runs.map((report) => [report.late, report.differing])).toEqual([
      // One by the look of each run, and one by the look of the day.
      [1_000, 2],
      // The last record of a page is read once more.
      [999, 0],
      [501, 1],
      [0, 0],
    ]);
    expect(world.sealed().slice(2)).toEqual(late);
  });

  it('signs no head while the look of the day has not ended for two days', async () => {
    const world = createSealWorld();
    world.append(minute);
    await world.seal();
    Array.from({ length: 1_500 }, (_, index) => world.append(3 * dayMillis - index));
    world.clock.millis += 2 * dayMillis;
    const runs = [await world.seal(undefined, 0), await world.seal(undefined, 0)];
    expect(runs.map(({ late, isSigned }) => [late, isSigned])).toEqual([
      [1_000, false],
      [500, true],
    ]);
  });

  it('takes a backlog of several runs whole, although it is more than a look back holds', async () => {
    const world = createSealWorld({ mostKnown: 1_000 });
    const all = Array.from({ length: 6_000 }, (_, index) => world.append(2 * dayMillis - index * 100));
    await untilComplete(world, 0);
    expect(world.sealed()).toEqual(all);
  });

  it('makes several segments of records that are too large for one', async () => {
    const world = createSealWorld();
    const all = Array.from({ length: 5 }, () => world.append(minute, { target: 'x'.repeat(300_000) }));
    expect(await world.seal()).toMatchObject({ records: 5, segments: 3 });
    expect(world.sealed()).toEqual(all);
    expect(await world.faults()).toEqual([]);
  });

  it('keeps each claim below the size of an item, although its records do not compress', async () => {
    const world = createSealWorld();
    let seed = 1;
    const noise = (): string => {
      seed = (seed * 48_271) % 2_147_483_647; // Park and Miller, 1988
      return String.fromCharCode(0x4e00 + (seed % 20_000));
    };
    for (let index = 0; index < 4; index += 1)
      world.append(minute, { target: Array.from({ length: 76_000 }, noise).join('') });
    await world.seal();
    expect(world.sealed()).toHaveLength(4);
    for (const { content } of world.store.claims.values()) expect(content.byteLength).toBeLessThan(395_000);
  });

  it.each([1, 3])('fails when the newest claims were removed, and the chain ends before number %i', async (first) => {
    const world = createSealWorld();
    for (let run = 1; run <= 3; run += 1) {
      world.append(minute);
      await world.seal();
    }
    for (let number = first; number <= 3; number += 1) world.store.removeClaim(number);
    const message = `ends at ${first - 1} and has no number 3`;
    for (let run = 0; run < 2; run += 1) await expect(world.seal()).rejects.toThrow(message);
  });

  it('lets another run that claims at the same time go on, and does not fail', async () => {
    const world = createSealWorld();
    world.append(minute);
    await world.seal();
    world.append(minute);
    const parts = world.partsOf(createLife());
    let reads = 0;
    const lastClaim: typeof parts.store.lastClaim = async () => {
      const last = await parts.store.lastClaim();
      if (reads++ === 0) await world.seal();
      return last;
    };
    const store = { ...parts.store, lastClaim };
    expect(await sealAuditLog({ ...parts, store }, Number.POSITIVE_INFINITY)).toMatchObject({ isBusy: true });
    expect(world.sealed()).toHaveLength(2);
  });

  it('stops before another file under its number, and claims nothing behind it', async () => {
    const world = createSealWorld();
    const held = { lockMode: null, retainUntil: null };
    await world.bucket.putOnce(segmentKey(1), Buffer.from('forged'), 'application/jsonl', held);
    world.append(minute);
    for (let run = 0; run < 2; run += 1) await expect(world.seal()).rejects.toThrow('holds another');
    expect(world.store.claims.size).toBe(1);
  });
});

/** Runs until one is complete, a new process after each death. */
const untilComplete = async (world: ReturnType<typeof createSealWorld>, forMillis?: number): Promise<void> => {
  let report = await world.seal(undefined, forMillis);
  while (!report.isComplete) report = await world.seal(undefined, forMillis);
};

it('after a death at any point, each record is in the chain once, and the chain is whole', async () => {
  const prepare = async () => {
    const world = createSealWorld();
    for (let index = 0; index < 3; index += 1) world.append(minute);
    await world.seal();
    world.clock.millis += dayMillis;
    for (let index = 0; index < 3; index += 1) world.append(minute);
    world.append(3 * hourMillis);
    world.append(2 * dayMillis);
    return world;
  };
  const life = createLife();
  const measured = await prepare();
  await measured.seal(life);
  const expected = measured.items.map(({ sk }) => sk).sort();
  expect(measured.sealed().toSorted()).toEqual(expected);
  expect(life.points).toBeGreaterThan(30);
  for (let killedAt = 1; killedAt <= life.points; killedAt += 1) {
    const world = await prepare();
    await world.seal(createLife(killedAt)).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    world.clock.millis += 5 * minute;
    await untilComplete(world);
    world.clock.millis += dayMillis;
    await untilComplete(world);
    const found = { sealed: world.sealed().toSorted(), faults: await world.faults() };
    expect(found, `killed at point ${killedAt} of ${life.points}`).toEqual({ sealed: expected, faults: [] });
  }
});

it('runs at the same time, deaths and late records leave each record in the chain once', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          ages: fc.array(fc.integer({ min: 0, max: 50 * minute }), { maxLength: 4 }),
          deaths: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
          pause: fc.integer({ min: 0, max: 30 * hourMillis }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      async (steps) => {
        const world = createSealWorld();
        for (const { ages, deaths, pause } of steps) {
          for (const age of ages) world.append(age);
          world.clock.millis += 1;
          await Promise.all(deaths.map((point) => world.seal(createLife(point)).catch(() => {})));
          world.clock.millis += pause;
        }
        world.clock.millis += dayMillis;
        await untilComplete(world);
        expect(world.sealed().toSorted()).toEqual(world.items.map(({ sk }) => sk).toSorted());
        if (world.items.length > 0) expect(await world.faults()).toEqual([]);
      },
    ),
    { numRuns: sized(300, 30) },
  ));

it('a short look back and deaths lose no record that was there when its run began, and seal none twice', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(
        fc.record({
          // Few instants, so that many records have the same one.
          ages: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }),
          late: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 2 }),
          size: fc.constantFrom(1, 360_000),
          deaths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 2 }),
          pause: fc.integer({ min: 1, max: 30 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      async (mostKnown, steps) => {
        const world = createSealWorld({ mostKnown });
        const inTime: string[] = [];
        for (const { ages, late, size, deaths, pause } of steps) {
          world.clock.millis += (30 + pause) * minute;
          const target = 'x'.repeat(size);
          inTime.push(...ages.map((age) => world.append(1 + age * minute, { target })));
          for (const age of late) world.append((30 + age) * minute, { target });
          await Promise.all(deaths.map((point) => world.seal(createLife(point), 0).catch(() => {})));
        }
        world.clock.millis += 1;
        await untilComplete(world, 0);
        const sealed = world.sealed();
        expect(new Set(sealed).size).toBe(sealed.length);
        expect(sealed).toEqual(expect.arrayContaining(inTime));
        if (sealed.length > 0) expect(await world.faults(true)).toEqual([]);
      },
    ),
    { numRuns: sized(300, 8) },
  ));
