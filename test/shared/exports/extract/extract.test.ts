/** The kind `extract`: complete, each row once, at few calls; later what was changed. */
import { describe, expect, it } from 'vitest';
import { ExtractOptions, readCursor } from '../../../../shared/exports/extract/options.ts';
import { isFull, sized } from '../../../support/test-size.ts';
import { json, status } from '../kill-steps.ts';
import { extract, idsOf } from './extract-world.ts';
import { iso, makeRows, type TenantRow } from './library-tenant.ts';

const searches = (paths: readonly string[]): number => paths.filter((path) => path.includes('/entities/search')).length;
const idsIn = (rows: readonly TenantRow[]): string[] => rows.map(({ id }) => id).sort();

describe('check 1: a library beyond the 5,000 that offsets reach', () => {
  it.each(isFull ? [5_001, 12_000] : [5_001])(
    'of %i batches is given completely, each once, several of one instant',
    async (count) => {
      const rows = makeRows(count, 10);
      const { given, manifest, paths, run } = await extract(rows);
      expect(run.state).toBe('succeeded');
      expect(idsOf(given)).toEqual(idsIn(rows));
      expect(manifest?.extract?.rows).toBe(count);
      // Each page after the first begins with the rows of the last instant before it.
      expect(searches(paths)).toBeLessThanOrEqual(Math.ceil(count / 90));
    },
  );

  it('costs 5 % of the naive calls at most, with a structure in each row', async () => {
    const count = sized(12_000, 5_001);
    const rows = makeRows(count, 10);
    const { given, run, paths } = await extract(rows, { structure: 'smiles' });
    const smiles = new Map(rows.map((row) => [row.id, row.smiles]));
    expect(given.filter(({ id, structure }) => structure !== smiles.get(id))).toEqual([]);
    expect(idsOf(given)).toHaveLength(count);
    const naive = count / 100 + count;
    expect(run.upstreamCalls).toBe(paths.length);
    expect(run.upstreamCalls).toBeLessThanOrEqual(naive * 0.05);
  });
});

describe('check 4: structures come in the files of the library', () => {
  it('over the chain of four files, for each row once', async () => {
    const rows = makeRows(1_000, 10);
    const { given, paths } = await extract(rows, { structure: 'smiles' }, { rowsOfFile: 300 });
    expect(paths.filter((path) => path.includes('/bulkExport?'))).toEqual([
      'POST /materials/My%20(Lib)/bulkExport?fileType=CSV&chemFormat=SMILES',
      ...['B-000299', 'B-000599', 'B-000899'].map(
        (name) => `POST /materials/My%20(Lib)/bulkExport?fileType=CSV&chemFormat=SMILES&startAfter=${name}`,
      ),
    ]);
    expect(idsOf(given)).toEqual(idsIn(rows));
    expect(given.filter(({ structure }) => typeof structure !== 'string')).toEqual([]);
  });
});

it('keeps what is fetched, and the files of the chain, and nothing else', async () => {
  const { made, run } = await extract(makeRows(300), { structure: 'smiles' });
  const objects = ['extract.csv', 'extract.ndjson', 'file-0001', 'link-0001.json', 'manifest.json'];
  expect([...made.keys()].sort()).toEqual(objects.map((object) => `exports/${run.name}/${object}`));
});

describe('a walk', () => {
  it('goes through an instant that more rows share than a page holds', async () => {
    const rows = makeRows(1_500, 700);
    expect(idsOf((await extract(rows)).given)).toEqual(idsIn(rows));
  });

  it('fails where more rows share an instant than offsets reach, and gives no part of them', async () => {
    const { run, made } = await extract(makeRows(5_300, 5_300));
    expect([run.state, run.failure?.code]).toEqual(['failed', 'WALK_TOO_LONG']);
    expect([...made.keys()]).toEqual([]);
  });

  it('leaves out nothing where the tenant tells instants finer than it compares them', async () => {
    const rows = makeRows(350, 3);
    const show = (millis: number) => iso(millis).replace('Z', '456789Z');
    expect(idsOf((await extract(rows, {}, { show })).given)).toEqual(idsIn(rows));
  });

  it('goes through a millisecond whose instants the tenant tells in different digits', async () => {
    const rows = makeRows(300, 300);
    const late = new Set(rows.slice(150).map(({ id }) => id));
    const show = (millis: number, id: string) => iso(millis).replace('.000Z', late.has(id) ? '.000456Z' : 'Z');
    let asked = 0;
    // A walk that gets no further would not end by itself.
    const answer = () => (++asked > 50 ? status(403) : undefined);
    const { given, paths } = await extract(rows, {}, { show, answer });
    expect(idsOf(given)).toEqual(idsIn(rows));
    expect(searches(paths)).toBeLessThan(6);
  });

  it.each([401, 408, 409, 423, 425])('goes on after a %i, which is of the moment', async (code) => {
    const refused = new Set<string>();
    const answer = (path: string) => {
      if (refused.has(path)) return undefined;
      refused.add(path);
      return status(code);
    };
    const { run, given } = await extract(makeRows(250), {}, { answer });
    expect([run.state, given.length]).toEqual(['succeeded', 250]);
    expect(refused.size).toBeGreaterThan(1);
  });

  it('misses no row that was there, when rows of the same instant are deleted behind it', async () => {
    const rows = makeRows(900, 900);
    const gone = rows.slice(0, 30).map(({ id }) => id);
    const onCall = (number: number, now: TenantRow[]) => {
      if (number === 5) now.splice(0, 30);
    };
    const { given } = await extract(rows, {}, { onCall });
    const ids = new Set(idsOf(given));
    expect(rows.filter(({ id }) => !ids.has(id) && !gone.includes(id))).toEqual([]);
  });

  it('looks again where the search ended early', async () => {
    let asked = 0;
    const cut = json({ data: [], meta: { total: 0, 'query-timed-out': true } });
    const answer = (path: string) => (path.includes('search') && ++asked === 2 ? cut : undefined);
    const { run, given, paths } = await extract(makeRows(250), {}, { answer });
    expect([run.state, given.length]).toEqual(['succeeded', 250]);
    expect(searches(paths)).toBe(4);
  });

  it('looks again where the answer does not say how many rows there are', async () => {
    let asked = 0;
    const answer = (path: string) => (path.includes('search') && ++asked === 2 ? json({ data: [] }) : undefined);
    expect(idsOf((await extract(makeRows(250), {}, { answer })).given)).toHaveLength(250);
  });

  it('looks again where a page has no rows although more are announced', async () => {
    let asked = 0;
    const nothing = json({ data: [], meta: { total: 250 } });
    const answer = (path: string) => (path.includes('search') && ++asked === 2 ? nothing : undefined);
    expect(idsOf((await extract(makeRows(250), {}, { answer })).given)).toHaveLength(250);
  });

  it('keeps what it has when the budget is used up, and repeats no page', async () => {
    let asked = 0;
    let refused = 0;
    const answer = (path: string) => {
      if (!path.includes('search') || ++asked % 3 > 0) return undefined;
      refused += 1;
      return status(429);
    };
    const { run, given, paths } = await extract(makeRows(2_000), {}, { answer });
    expect([run.state, idsOf(given).length]).toEqual(['succeeded', 2_000]);
    expect(refused).toBeGreaterThan(5);
    // A page brings 99 new rows.
    expect(searches(paths) - refused).toBe(Math.ceil(1_999 / 99));
  });
});

describe('an extract since an earlier one', () => {
  it('costs what was changed', async () => {
    const rows = makeRows(3_000, 10);
    const first = await extract(rows, { structure: 'smiles' });
    for (const row of rows.slice(100, 107))
      Object.assign(row, { modifiedMillis: 2_000_000, digest: '2', smiles: 'CC' });
    const second = await extract(rows, { structure: 'smiles', since: first.manifest?.extract?.cursor ?? '' });
    expect(idsOf(second.given)).toEqual(idsIn(rows.slice(100, 107)));
    expect(second.given.map(({ structure, digest }) => [structure, digest])).toEqual(Array(7).fill(['CC', '2']));
    // The library, a page, and the structures one by one.
    expect(second.run.upstreamCalls).toBe(9);
  });

  it('has a change that was made within five minutes before the earlier one began', async () => {
    const rows = makeRows(20);
    const first = await extract(rows);
    const cursor = first.manifest?.extract?.cursor ?? '';
    const startMillis = readCursor(cursor, 'My (Lib)', 'batches') ?? 0;
    Object.assign(rows[3] as TenantRow, { modifiedMillis: startMillis - 299_000 });
    expect((await extract(rows, { since: cursor })).given.map(({ id }) => id)).toEqual([rows[3]?.id]);
    expect(first.manifest?.extract?.startedAt).toBe(iso(startMillis));
  });

  it('of nothing that was changed has no rows, at two calls', async () => {
    const { given, run, manifest, csvText } = await extract(makeRows(20), {
      since: (await extract(makeRows(20))).manifest?.extract?.cursor ?? '',
    });
    expect([run.state, given, manifest?.extract?.rows, run.upstreamCalls]).toEqual(['succeeded', [], 0, 2]);
    expect(csvText).toBe('id,type,name,description,createdAt,modifiedAt,digest\r\n');
  });
});

describe('an extract of a time', () => {
  const rows = makeRows(5_400, 10).map((row, index) => ({
    ...row,
    modifiedMillis: row.createdMillis + (index % 3) * 1_000,
  }));
  const [from, until] = [100_000, 530_000];

  it.each([
    ['createdAt', 'createdMillis'],
    ['modifiedAt', 'modifiedMillis'],
  ] as const)('by %s has the rows of this time, each once, beyond what offsets reach', async (timeField, member) => {
    const { given, run } = await extract(rows, { from: iso(from), until: iso(until), timeField });
    expect(run.state).toBe('succeeded');
    expect(idsOf(given)).toEqual(idsIn(rows.filter((row) => row[member] >= from && row[member] <= until)));
  });

  it('is about changes where it names no time, and has one bound or two', async () => {
    const early = (row: TenantRow) => row.modifiedMillis <= 3_000;
    expect(idsOf((await extract(rows, { until: iso(3_000) })).given)).toEqual(idsIn(rows.filter(early)));
    const late = await extract(rows, { from: '1970-01-01T01:09:00+01:00' });
    expect(idsOf(late.given)).toEqual(idsIn(rows.filter((row) => row.modifiedMillis >= 540_000)));
  });

  it('has each row once that lies in it all the time, while others are changed out of it', async () => {
    const moved = new Set<string>();
    const onCall = (number: number, now: TenantRow[]) => {
      const row = now[(number * 71) % now.length] as TenantRow;
      moved.add(row.id);
      Object.assign(row, { modifiedMillis: 9_000_000 });
    };
    const { given } = await extract(rows.slice(0, 900), { from: iso(10_000), until: iso(80_000) }, { onCall });
    const ids = new Set(idsOf(given));
    const within = rows.slice(0, 900).filter((row) => row.modifiedMillis >= 10_000 && row.modifiedMillis <= 80_000);
    expect(within.filter(({ id }) => !ids.has(id) && !moved.has(id))).toEqual([]);
    expect(moved.size).toBeGreaterThan(5);
  });

  it.each(['from', 'until', 'timeField'])('is no extract of changes: %s is refused with since', (name) => {
    const given = { of: 'batches', since: 'x', [name]: name === 'timeField' ? 'createdAt' : iso(1) };
    expect(ExtractOptions.safeParse(given).error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });

  it.each(['2026-06-01', '1969-12-31T23:59:59Z', 7])('does not begin at %j', (from) => {
    expect(ExtractOptions.safeParse({ of: 'batches', from }).error?.issues[0]?.path).toEqual(['from']);
  });
});
