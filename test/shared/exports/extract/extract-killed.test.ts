/** Extracts that are killed or cancelled at every step, and whose library is changed meanwhile. */
import { describe, expect, it } from 'vitest';
import { extractKind } from '../../../../shared/exports/extract/extract.ts';
import { sized } from '../../../support/test-size.ts';
import { cancelledAt } from '../kill-steps.ts';
import { extract, idsOf } from './extract-world.ts';
import { createLibraryTenant, makeRows, type TenantRow } from './library-tenant.ts';

const workingIn = (made: ReadonlyMap<string, unknown>): string[] =>
  [...made.keys()].filter((key) => key.startsWith('working/'));

const idsIn = (rows: readonly TenantRow[]): string[] => rows.map(({ id }) => id).sort();

describe('rows that are changed during the walk', () => {
  /** At each call, some rows are changed, some created, some deleted. */
  const changing = (startMillis: number) => {
    const deleted = new Set<string>();
    let made = 0;
    const onCall = (number: number, rows: TenantRow[]) => {
      for (let index = number % 7; index < rows.length; index += 97) {
        const row = rows[index] as TenantRow;
        Object.assign(row, { modifiedMillis: startMillis + number, digest: `c${number}` });
      }
      if (number > 40 || rows.length < 20) return;
      const [gone] = rows.splice((number * 31) % rows.length, 1);
      if (gone) deleted.add(gone.id);
      const id = `batch:${(0xf000_0000 + made).toString(16).padStart(24, '0')}`;
      const millis = startMillis + number;
      rows.push({ id, name: `N-${made++}`, createdMillis: millis, modifiedMillis: millis, digest: 'n', smiles: 'N' });
    };
    return { deleted, onCall };
  };

  it.each([
    ['a full walk', false],
    ['a walk of changes', true],
  ])('are at least as new as its start, and none is missing or twice: %s', async (_, isIncremental) => {
    const rows = makeRows(1_300, 7);
    const first = isIncremental ? await extract(rows) : undefined;
    // The clock of the runs stands at 1,000 s, so that all rows are within the overlap of five minutes only when they are moved there.
    for (const row of rows) row.modifiedMillis += isIncremental ? 1_000_000 : 0;
    const { deleted, onCall } = changing(5_000_000);
    const since = first?.manifest?.extract?.cursor;
    const { given, tenantRows } = await extract(rows, since === undefined ? {} : { since }, { onCall });
    const before = new Map(rows.map((row) => [row.id, row]));
    const byId = new Map(given.map((row) => [row.id, row]));
    expect(byId.size).toBe(given.length);
    expect(deleted.size).toBeGreaterThan(5);
    for (const { id, modifiedMillis } of rows) {
      if (deleted.has(id)) continue;
      expect(byId.has(id)).toBe(true);
      expect(Date.parse(byId.get(id)?.modifiedAt ?? '')).toBeGreaterThanOrEqual(modifiedMillis);
    }
    const now = new Map(tenantRows.map((row) => [row.id, row]));
    expect(given.filter(({ id }) => !now.has(id) && !deleted.has(id) && !before.has(id))).toEqual([]);
  });

  it('are given once where their names are changed, too, in an extract of several shares', async () => {
    const rows = makeRows(8_001, 10);
    const cursor = (await extract(makeRows(1))).manifest?.extract?.cursor ?? '';
    for (const row of rows) row.modifiedMillis += 1_000_000;
    const renamed = new Set(rows.slice(0, 10).map(({ id }) => id));
    const onCall = (number: number, now: TenantRow[]) => {
      if (number !== 20) return;
      for (const row of now.filter(({ id }) => renamed.has(id)))
        Object.assign(row, { name: `new ${row.name}`, modifiedMillis: 900_000_000 });
    };
    const { given } = await extract(rows, { since: cursor }, { onCall });
    expect(idsOf(given)).toEqual(idsIn(rows));
    expect(given.filter(({ name }) => name.startsWith('new')).map(({ id }) => id)).toHaveLength(renamed.size);
  });

  it('are given as they were met last', async () => {
    const rows = makeRows(300);
    const cursor = (await extract(rows)).manifest?.extract?.cursor ?? '';
    for (const row of rows) row.modifiedMillis += 1_000_000;
    const onCall = (number: number, now: TenantRow[]) => {
      if (number === 4) Object.assign(now[0] as TenantRow, { modifiedMillis: 9_000_000, digest: 'late' });
    };
    const { given } = await extract(rows, { since: cursor }, { onCall });
    expect(given.filter(({ id }) => id === rows[0]?.id).map(({ digest }) => digest)).toEqual(['late']);
  });
});

describe('an extract that is killed', () => {
  const rows = makeRows(330, 4);
  const options = { structure: 'smiles' } as const;
  const quirks = { rowsOfFile: 150 };

  it('ends with each row once wherever that happens, and no upload or working object is left', async () => {
    const { calls, given: sound } = await extract(rows, options, quirks);
    expect(calls).toBeGreaterThan(150);
    const step = Math.ceil(calls / sized(calls, 15));
    for (let death = 0; death < calls; death += step) {
      const { run, given, open, made, events, csv } = await extract(rows, options, quirks, death);
      expect([death, run.state, given]).toEqual([death, 'succeeded', sound]);
      expect([csv.length, open.size, workingIn(made)]).toEqual([rows.length + 1, 0, []]);
      expect(new Set(events)).toEqual(new Set(['job-1 succeeded']));
    }
  });

  it('ends so too while rows are changed: none is missing or twice, and each is as the library had it at some time', async () => {
    const onCall = (number: number, now: TenantRow[]) => {
      const row = now[(number * 13) % now.length] as TenantRow;
      Object.assign(row, { modifiedMillis: 9_000_000 + number, digest: `c${number}` });
    };
    const modifiedAtStart = new Map(rows.map(({ id, modifiedMillis }) => [id, modifiedMillis]));
    const { calls } = await extract(rows, options, quirks);
    const step = Math.ceil(calls / sized(calls, 10));
    for (let death = 1; death < calls; death += step) {
      const { given } = await extract(rows, options, { ...quirks, onCall }, death);
      expect([death, idsOf(given)]).toEqual([death, idsIn(rows)]);
      for (const { id, modifiedAt, digest } of given) {
        const millis = Date.parse(modifiedAt);
        // The digest and the instant are of the same version.
        const isOld = millis === modifiedAtStart.get(id);
        expect([death, id, digest]).toEqual([death, id, isOld ? '1' : `c${millis - 9_000_000}`]);
      }
    }
  });

  it('has no name of a row or of the library in the journal of the engine', async () => {
    const { journal } = await extract(rows, options, quirks);
    expect(journal.size).toBeGreaterThan(5);
    expect(JSON.stringify([...journal])).not.toMatch(/B-\d{6}|My \(Lib\)|C\d/);
  });

  it('that is cancelled at any call to the tenant ends there, with no result and no working object', async () => {
    const wish = {
      kind: 'extract',
      subject: 'My (Lib)',
      digest: '',
      principal: 'service',
      options: { of: 'batches', ...options },
    } as const;
    const tenantOf = () => createLibraryTenant(structuredClone(rows), quirks).tenant;
    const { paths } = await extract(rows, options, quirks);
    expect(paths.length).toBeGreaterThan(10);
    for (let at = 1; at <= paths.length; at += 1) {
      const { world, run } = await cancelledAt(extractKind, tenantOf(), wish, at);
      expect([at, run.state, run.result, [...world.open], workingIn(world.made), world.events]).toEqual([
        ...[at, 'cancelled', undefined, [], [], []],
      ]);
    }
  });
});
