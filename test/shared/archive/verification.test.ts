/** The daily verification: it names each fault with its experiment, whatever ends its runs, and reads every PDF once in a cycle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentKey, manifestKey } from '../../../shared/archive/keys.ts';
import { createMarks } from '../../../shared/archive/verification/marks.ts';
import { createLife, Killed, mortal } from '../../support/mortal.ts';
import { sized } from '../../support/test-size.ts';
import { createVerifiedWorld, dayMillis, eidOf, type VerifiedWorld } from './verified-world.ts';

const named = async (world: VerifiedWorld): Promise<string[]> =>
  (await world.openFaults()).map(({ pass, code, entity = '' }) => `${pass} ${code} ${entity}`).sort();

const filled = async (count: number): Promise<VerifiedWorld> => {
  const world = createVerifiedWorld();
  await world.fill(count);
  return world;
};

const change = (world: VerifiedWorld, key: string): void => {
  const object = world.objects.get(key);
  if (!object) throw new Error(`no ${key}`);
  world.objects.set(key, { ...object, bytes: Buffer.concat([object.bytes, Buffer.from(' ')]) });
};

describe('a round', () => {
  it('finds an archive whole in one run, and in runs of one portion each', async () => {
    const [one, many] = [await filled(12), await filled(12)];
    expect(await one.run()).toEqual({ isDue: true, faults: 0, ended: { documents: 12 } });
    let runs = 1;
    for (let report = await many.run(1); !report.ended; report = await many.run(1)) runs += 1;
    // Heads, catalogue, the pages of the listing, the PDFs by ten.
    expect(runs).toBeGreaterThan(7);
    for (const world of [one, many]) {
      expect(await named(world)).toEqual([]);
      expect(world.s3.opened.filter((key) => key.endsWith('.pdf'))).toHaveLength(12);
    }
  });

  it('begins once a day, and goes on with an archive that grows meanwhile', async () => {
    const world = await filled(3);
    await world.run();
    expect(await world.run()).toEqual({ isDue: false, faults: 0 });
    world.clock.millis += dayMillis;
    await world.run(2);
    await world.archive(4);
    expect(await world.run()).toMatchObject({ faults: 0, ended: { documents: 3 } });
    await world.seal();
    expect(await world.nextDay()).toMatchObject({ faults: 0, ended: { documents: 4 } });
  });

  it('has nothing to say of an archive without documents', async () => {
    expect(await createVerifiedWorld().run()).toEqual({ isDue: true, faults: 0, ended: { documents: 0 } });
  });

  it('takes an S3 that cannot be read for no fault, and goes on where it stood', async () => {
    const world = await filled(3);
    await world.run(1);
    world.s3.isDown = true;
    await expect(world.run()).rejects.toThrow('S3 is down');
    world.s3.isDown = false;
    expect(await world.run()).toMatchObject({ faults: 0, ended: { documents: 3 } });
  });

  it('is left to the run that noted its state first, when two are at work', async () => {
    const world = await filled(3);
    const outcomes = await Promise.allSettled([world.run(), world.run()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await named(world)).toEqual([]);
  });
});

/** What somebody does to an archive of six, and the faults that a round then names. */
const tampering: Readonly<
  Record<string, readonly [act: (world: VerifiedWorld) => unknown, faults: readonly string[]]>
> = {
  'a changed byte of a PDF': [(world) => change(world, world.documentOf(2)), [`objects document-changed ${eidOf(2)}`]],
  'a changed byte of a manifest': [
    (world) => change(world, world.manifestOf(2)),
    [`objects catalogue-gap ${eidOf(2)}`, `objects manifest-unreadable ${eidOf(2)}`],
  ],
  'a removed PDF': [
    (world) => world.objects.delete(world.documentOf(3)),
    [`inventory document-missing ${eidOf(3)}`, `objects document-missing ${eidOf(3)}`],
  ],
  'a removed manifest': [
    (world) => world.objects.delete(world.manifestOf(3)),
    [
      ...[`inventory manifest-missing ${eidOf(3)}`, `objects catalogue-gap ${eidOf(3)}`],
      `objects manifest-unreadable ${eidOf(3)}`,
    ],
  ],
  'a removed experiment': [
    (world) => [world.documentOf(6), world.manifestOf(6)].map((key) => world.objects.delete(key)),
    [
      ...[`inventory document-missing ${eidOf(6)}`, `inventory manifest-missing ${eidOf(6)}`],
      ...[`objects catalogue-gap ${eidOf(6)}`, `objects manifest-unreadable ${eidOf(6)}`],
    ],
  ],
  'a delete marker': [
    (world) => world.others.push({ key: world.documentOf(4), versionId: 'x', isDeleteMarker: true }),
    [`inventory delete-marker ${eidOf(4)}`],
  ],
  'a version written over a PDF': [
    (world) => world.others.push({ key: world.documentOf(4), versionId: 'x' }),
    [`inventory extra-version ${eidOf(4)}`],
  ],
  'a shortened lock': [
    (world) => {
      const object = world.objects.get(world.documentOf(4));
      if (object) object.retainUntil = '2027-01-01T00:00:00.000Z';
    },
    [`objects lock-shortened ${eidOf(4)}`],
  ],
  'a PDF that no manifest names': [
    (world) => world.put(documentKey('experiment:forged', '1'), Buffer.from('%PDF-')),
    ['inventory document-without-manifest experiment:forged'],
  ],
  'a second manifest with a number': [
    (world) => world.put(manifestKey('experiment:forged', '1', 2), Buffer.from('{}')),
    ['inventory chain-forked experiment:forged'],
  ],
  'a manifest that the catalogue does not know': [
    (world) => world.put(manifestKey('experiment:forged', '1', 99), Buffer.from('{}')),
    ['inventory catalogue-lacks experiment:forged'],
  ],
  'an object of another name': [
    (world) => world.put('documents/notes.txt', Buffer.from('x')),
    ['inventory stray-object '],
  ],
  'a removed head': [
    (world) =>
      [...world.objects.keys()].filter((key) => key.startsWith('heads/')).map((key) => world.objects.delete(key)),
    ['heads head-missing '],
  ],
  'a head signed by another key': [
    (world) => {
      for (const [key, object] of world.objects)
        if (key.startsWith('heads/')) {
          const forged = String(object.bytes).replace(
            /"signature":"(.)/,
            (_, first: string) => `"signature":"${first === 'M' ? 'N' : 'M'}`,
          );
          world.objects.set(key, {
            ...object,
            bytes: Buffer.from(forged.replace('"signedAt":"2026', '"signedAt":"2026')),
          });
        }
    },
    ['heads head-missing ', 'heads head-signature '],
  ],
  'a catalogue whose end was cut off': [
    (world) => [5, 6].map((number) => world.spoilt.set(number, undefined)),
    [
      ...['catalogue tail-cut ', `inventory catalogue-lacks ${eidOf(5)}`, `inventory catalogue-lacks ${eidOf(6)}`],
      ...[`inventory document-without-manifest ${eidOf(5)}`, `inventory document-without-manifest ${eidOf(6)}`],
    ],
  ],
  'a changed entry of the catalogue': [
    async (world) => {
      const claim = await world.store.readClaim(2);
      if (claim)
        world.spoilt.set(2, {
          ...claim,
          manifest: claim.manifest.replace('"requestedBy":"facade"', '"requestedBy":"someone"'),
        });
    },
    ['catalogue catalogue-mismatch ', `catalogue chain-broken ${eidOf(3)}`],
  ],
  'an entry of the catalogue that cannot be read': [
    async (world) => {
      const claim = await world.store.readClaim(2);
      if (claim) world.spoilt.set(2, { ...claim, manifest: 'nothing' });
    },
    [
      ...['catalogue catalogue-mismatch ', 'catalogue manifest-unreadable '],
      `inventory document-without-manifest ${eidOf(2)}`,
    ],
  ],
  'a chain that was made anew from its second number': [
    async (world) => {
      const claim = await world.store.readClaim(2);
      if (claim) world.spoilt.set(2, { ...claim, manifestSha256: 'b'.repeat(64) });
    },
    ['catalogue catalogue-mismatch ', `objects catalogue-mismatch ${eidOf(2)}`],
  ],
};

describe('tampering', () => {
  it.each(Object.entries(tampering))('%s is named within a day, with the experiment', async (_what, [act, faults]) => {
    const world = await filled(6);
    await act(world);
    await world.run();
    expect(await named(world)).toEqual([...faults].sort());
    expect(world.found).toHaveLength(faults.length);
  });

  it('does not name a young PDF, whose manifest may be on its way', async () => {
    const world = await filled(2);
    const key = documentKey('experiment:young', '1');
    world.put(key, Buffer.from('%PDF-'));
    world.writtenAt.set(key, world.clock.millis);
    await world.run();
    expect(await named(world)).toEqual([]);
    await world.nextDay();
    await world.nextDay();
    await world.nextDay();
    expect(await named(world)).toEqual(['inventory document-without-manifest experiment:young']);
  });

  it('lists a thousand faults of an archive that was destroyed, and no more', async () => {
    const world = await filled(600);
    for (const key of [...world.objects.keys()]) if (key.startsWith('documents/')) world.objects.delete(key);
    const { faults } = await world.run();
    expect([faults, (await world.openFaults()).length]).toEqual([1_000, 1_000]);
  });
});

describe('a fault', () => {
  it('stays open with the time of its first finding, and is closed by the round that no longer finds it', async () => {
    const world = await filled(3);
    const marker = { key: world.documentOf(1), versionId: 'x', isDeleteMarker: true };
    world.others.push(marker);
    await world.run();
    const [first] = await world.openFaults();
    await world.nextDay();
    expect(await world.openFaults()).toEqual([
      { ...first, lastFoundAtMillis: (first?.firstFoundAtMillis ?? 0) + dayMillis },
    ]);
    expect(world.found).toHaveLength(1);
    world.others.length = 0;
    expect(await world.nextDay()).toMatchObject({ faults: 0 });
  });

  it('of a PDF is looked at each day, and closed when the bytes are right again', async () => {
    const world = await filled(10);
    const few = { fewestDocuments: 1, cycleDays: 5 };
    const before = world.objects.get(world.documentOf(1));
    change(world, world.documentOf(1));
    await world.run(undefined, few);
    expect(await named(world)).toEqual([`objects document-changed ${eidOf(1)}`]);
    await world.nextDay(few);
    expect((await world.openFaults())[0]?.lastFoundAtMillis).toBe(world.clock.millis);
    if (before) world.objects.set(world.documentOf(1), before);
    expect(await world.nextDay(few)).toMatchObject({ faults: 0 });
  });
});

describe('a cycle', () => {
  it('reads every PDF once in its days, and then says since when all were read', async () => {
    const world = await filled(11);
    const startedAtMillis = world.clock.millis;
    const few = { fewestDocuments: 1, cycleDays: 5 };
    const perDay: number[] = [];
    for (let day = 0; day < 4; day += 1) {
      const { ended } = day === 0 ? await world.run(undefined, few) : await world.nextDay(few);
      perDay.push(ended?.documents ?? 0);
    }
    expect(perDay).toEqual([3, 3, 3, 2]);
    const opened = world.s3.opened.filter((key) => key.endsWith('.pdf'));
    expect([opened.length, new Set(opened).size]).toEqual([11, 11]);
    expect((await world.parts.notes.read()).wholeSinceMillis).toBe(startedAtMillis);
    change(world, world.documentOf(9));
    for (let day = 0; day < 4; day += 1) await world.nextDay(few);
    expect(await named(world)).toEqual([`objects document-changed ${eidOf(9)}`]);
  });
});

describe('a verification that is killed', () => {
  it('names the same faults after a death at any point', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), async (first, second) => {
        const world = await filled(4);
        change(world, world.documentOf(2));
        world.others.push({ key: world.documentOf(4), versionId: 'x', isDeleteMarker: true });
        for (const point of [first, second]) {
          const life = createLife(point);
          const { store, notes, bucket } = world.parts;
          const mortals = { store: mortal(store, life), notes: mortal(notes, life), bucket: mortal(bucket, life) };
          await world.run(undefined, mortals).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
        }
        await world.run();
        expect(await named(world)).toEqual([
          `inventory delete-marker ${eidOf(4)}`,
          `objects document-changed ${eidOf(2)}`,
        ]);
        expect((await world.parts.notes.read()).last?.documents).toBeGreaterThanOrEqual(4);
      }),
      { numRuns: sized(100, 15) },
    ));
});

describe('marks', () => {
  it('keep what was seen of each number, also when they were written and read again', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.uniqueArray(fc.integer({ min: 0, max: 50 })), (last, seen) => {
        const marks = createMarks(last);
        for (const number of seen) marks.mark(number, 'document');
        const again = createMarks(last, Uint8Array.from(marks.bits));
        const missing = [...again.missing()];
        const all = Array.from({ length: last }, (_, index) => index + 1);
        expect(missing.filter(({ seen: what }) => what === 'manifest').map(({ number }) => number)).toEqual(all);
        expect(missing.filter(({ seen: what }) => what === 'document').map(({ number }) => number)).toEqual(
          all.filter((number) => !seen.includes(number)),
        );
      }),
    ));
});
