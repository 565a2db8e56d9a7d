/** What rows of an extract have: structures, names of all kinds, and cells of CSV. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { extractKind } from '../../../../shared/exports/extract/extract.ts';
import { isFull, sized } from '../../../support/test-size.ts';
import { createExportWorld, json, status } from '../kill-steps.ts';
import { extract, idsOf } from './extract-world.ts';
import { createLibraryTenant, iso, makeRows, type TenantRow } from './library-tenant.ts';

const idsIn = (rows: readonly TenantRow[]): string[] => rows.map(({ id }) => id).sort();

describe('structures', () => {
  it('are null without a call where the library has none', async () => {
    const { given, run } = await extract(makeRows(3), { structure: 'smiles' }, { isChemical: false });
    expect([given.map(({ structure }) => structure), run.upstreamCalls]).toEqual([[null, null, null], 2]);
  });

  it('that the files lack are asked for, and a row that is gone has an error', async () => {
    const rows = makeRows(300);
    const lost = rows[7]?.id ?? '';
    const csv = (some: readonly TenantRow[]) =>
      ['Batch ID,SMILES', ...some.filter(({ id }) => id !== lost).map(({ name, smiles }) => `${name},${smiles}`)].join(
        '\n',
      );
    const found = await extract(rows, { structure: 'smiles' }, { csv });
    expect(found.given.find(({ id }) => id === lost)?.structure).toBe('C7');
    const answer = (path: string) => (path.includes(encodeURIComponent(lost)) ? status(404) : undefined);
    const { given, manifest } = await extract(rows, { structure: 'smiles' }, { csv, answer });
    expect(given.find(({ id }) => id === lost)).toMatchObject({
      structure: null,
      structureError: expect.stringContaining('404'),
    });
    expect(manifest?.extract).toMatchObject({ rows: 300, structureErrors: 1 });
  });

  it('are asked for again where the tenant fails or is not there; one that always fails is an error of its row', async () => {
    const rows = makeRows(6);
    const [first, second, third] = rows.map(({ id }) => encodeURIComponent(id)) as [string, string, string];
    const asked = new Map<string, number>();
    const answer = (path: string) => {
      const times = (asked.get(path) ?? 0) + 1;
      asked.set(path, times);
      if (path.includes(first) && times === 1) return status(503);
      if (path.includes(second)) return status(500);
      if (path.includes(third) && times < 5) throw new AppError('UPSTREAM_UNREACHABLE');
      return undefined;
    };
    const { given, manifest } = await extract(rows, { structure: 'smiles' }, { answer });
    const structures = new Map(given.map(({ id, structure, structureError }) => [id, structure ?? structureError]));
    expect(rows.map(({ id }) => structures.get(id))).toEqual([
      'C0',
      expect.stringContaining('TENANT_FAILED'),
      ...['C2', 'C3', 'C4', 'C5'],
    ]);
    expect(manifest?.extract?.structureErrors).toBe(1);
  });

  it('that come late each time for one row are an error of that row', async () => {
    const rows = makeRows(4);
    const late = encodeURIComponent(rows[1]?.id ?? '');
    const answer = (path: string) => {
      if (path.includes(late)) throw new AppError('UPSTREAM_LATE');
      return undefined;
    };
    const { run, given, manifest } = await extract(rows, { structure: 'smiles' }, { answer });
    expect(run.state).toBe('succeeded');
    expect(given.find(({ id }) => id === rows[1]?.id)).toMatchObject({
      structure: null,
      structureError: expect.stringContaining('UPSTREAM_LATE'),
    });
    expect(manifest?.extract).toMatchObject({ rows: 4, structureErrors: 1 });
  });

  it.each<[string, () => ReturnType<typeof status>]>([
    ['fails', () => status(503)],
    [
      'is late',
      () => {
        throw new AppError('UPSTREAM_LATE');
      },
    ],
  ])('are asked for again after a time in which the tenant %s at every call: no row has an error', async (_, fail) => {
    let failures = 40;
    let hasBegun = false;
    const answer = (path: string) => {
      hasBegun ||= path.includes('/materials/batch');
      return hasBegun && failures-- > 0 ? fail() : undefined;
    };
    const { given, manifest } = await extract(makeRows(30), { structure: 'smiles' }, { answer });
    expect(given.filter(({ structure }) => typeof structure !== 'string')).toEqual([]);
    expect(manifest?.extract?.structureErrors).toBe(0);
  });

  it('that the tenant cannot make are asked for once', async () => {
    const rows = makeRows(3);
    const wrong = encodeURIComponent(rows[1]?.id ?? '');
    const attributes = {
      type: 'batch',
      name: 'B',
      createdAt: iso(0),
      editedAt: iso(0),
      structure: { error: 'too odd' },
    };
    const answer = (path: string) =>
      path.includes(wrong) ? json({ data: { id: rows[1]?.id, attributes } }) : undefined;
    const { given, paths } = await extract(rows, { structure: 'smiles' }, { answer });
    expect(given.find(({ id }) => id === rows[1]?.id)).toMatchObject({ structure: null, structureError: 'too odd' });
    expect(paths.filter((path) => path.includes(wrong))).toHaveLength(1);
  });

  it.each<[string, string, (row: TenantRow) => string]>([
    [
      'another column of structures is in front',
      'Batch ID,SMILES,Structure',
      ({ name, smiles }) => `${name},,${smiles}`,
    ],
    ['another column of names is in front', 'Batch Name,Batch ID,SMILES', ({ name, smiles }) => `x,${name},${smiles}`],
    ['a later record has no structure', 'Batch ID,SMILES', ({ name, smiles }) => `${name},${smiles}\n${name},`],
  ])('come from the files of the library where %s', async (_, header, recordOf) => {
    const rows = makeRows(300);
    const csv = (some: readonly TenantRow[]) => [header, ...some.map(recordOf)].join('\n');
    const { given, paths } = await extract(rows, { structure: 'smiles' }, { csv });
    const structures = new Map(given.map(({ id, structure }) => [id, structure]));
    expect(rows.map(({ id }) => structures.get(id))).toEqual(rows.map(({ smiles }) => smiles));
    expect(paths.filter((path) => path.startsWith('GET /materials/batch'))).toEqual([]);
  });

  it('that were asked for by id are of that row, also where another has the same name', async () => {
    const rows = makeRows(4).map((row) => ({ ...row, name: 'B' }));
    const { given } = await extract(rows, { structure: 'smiles' });
    const structures = new Map(given.map(({ id, structure }) => [id, structure]));
    expect(rows.map(({ id }) => structures.get(id))).toEqual(rows.map(({ smiles }) => smiles));
  });

  it('of rows that the files lack are asked for 1,000 times, and the other rows say that they lack them', async () => {
    const csv = () => 'Batch ID,SMILES\n';
    const { given, manifest, paths } = await extract(makeRows(1_030, 10), { structure: 'smiles' }, { csv });
    expect(paths.filter((path) => path.startsWith('GET /materials/batch'))).toHaveLength(1_000);
    expect(given.filter(({ structure }) => typeof structure === 'string')).toHaveLength(1_000);
    const without = given.filter(({ structure }) => structure === null);
    expect(without.map(({ structureError }) => structureError)).toEqual(
      Array(30).fill(expect.stringContaining('no such row')),
    );
    expect(manifest?.extract).toMatchObject({ rows: 1_030, structureErrors: 30 });
  });

  // At full size only: it reads 20 MB of CSV one character after the other.
  it.runIf(isFull)('that are long are kept in parts that fit into the memory', async () => {
    const rows = makeRows(201, 10).map((row, index) => (index < 20 ? { ...row, smiles: 'C'.repeat(1_000_000) } : row));
    const { given, run, sizes: all } = await extract(rows, { structure: 'smiles' });
    const sizes = [...all].flatMap(([key, bytes]) => (key.includes(`${run.name}/structures-`) ? [bytes] : []));
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(20_000_000);
    expect(new Map(given.map(({ id, structure }) => [id, structure]))).toEqual(
      new Map(rows.map(({ id, smiles }) => [id, smiles])),
    );
  });

  it('are kept where a record of a later file has none', async () => {
    const rows = makeRows(300);
    let files = 0;
    const csv = (some: readonly TenantRow[]) =>
      ++files === 1
        ? ['Batch ID,SMILES', ...rows.map(({ name, smiles }) => `${name},${smiles}`)].join('\n')
        : ['Batch ID,SMILES', ...some.map(({ name }) => `${name},`)].join('\n');
    const { given } = await extract(rows, { structure: 'smiles' }, { csv, rowsOfFile: 200 });
    expect(given.filter(({ structure }) => typeof structure !== 'string')).toEqual([]);
    expect(files).toBe(2);
  });

  it.each(['Batch ID,SMILES,SMILES', 'Batch ID,Batch ID,SMILES', 'Batch ID,x', 'x,SMILES'])(
    'fail the extract where nothing says which column they are in: %s',
    async (header) => {
      const { run } = await extract(makeRows(300), { structure: 'smiles' }, { csv: () => `${header}\n1,2,3\n` });
      expect(run.failure?.code).toBe('FILE_UNREADABLE');
    },
  );

  it('fail the extract where the file has no such column', async () => {
    const { run } = await extract(makeRows(300), { structure: 'smiles' }, { csv: () => 'a,b\n1,2\n' });
    expect(run.failure?.code).toBe('FILE_UNREADABLE');
  });
});

describe('an extract', () => {
  it.each([
    [
      'a library that is gone',
      (path: string) => (path.includes('libraries') ? status(400) : undefined),
      'NOT_EXPORTABLE',
    ],
    [
      'a search that the tenant refuses',
      (path: string) => (path.includes('search') ? status(403) : undefined),
      'NOT_EXPORTABLE',
    ],
  ])('fails for %s', async (_, answer, code) => {
    expect((await extract(makeRows(3), {}, { answer })).run.failure?.code).toBe(code);
  });

  it('fails for a library that the tenant does not show', async () => {
    const world = createExportWorld(extractKind, createLibraryTenant([]).tenant);
    const wish = {
      kind: 'extract',
      subject: 'Other',
      digest: '',
      principal: 'service',
      options: { of: 'batches' },
    } as const;
    const { run: started } = await world.exports.create(world.consumer, wish);
    expect((await world.carry(started.name)).run.failure?.code).toBe('ENTITY_GONE');
  });

  it('shows how many rows it has found', async () => {
    const seen: (number | undefined)[] = [];
    const { tenant } = createLibraryTenant(makeRows(350));
    const world = createExportWorld(extractKind, async (asked) => {
      seen.push((await world.store.readRun(started.name))?.progress?.rows);
      return tenant(asked);
    });
    const wish = { kind: 'extract', subject: 'My (Lib)', digest: '', principal: 'service' } as const;
    const { run: started } = await world.exports.create(world.consumer, { ...wish, options: { of: 'batches' } });
    await world.carry(started.name);
    expect(seen).toEqual([undefined, undefined, 100, 200, 300]);
  });

  it.each([
    ['a name with a line feed', 'B\n1'],
    ['a name with other ends of a line', 'B\u2028\u0085\u2029\r1'],
    ['a name with a comma and quotes', ' "B", 1"'],
    ['an empty name', ''],
  ])('gives %s as it is, with its structure', async (_, name) => {
    const rows = makeRows(210).map((row, index) => (index === 5 ? { ...row, name } : row));
    const { given, text, csv } = await extract(rows, { structure: 'smiles' });
    expect(given.find(({ id }) => id === rows[5]?.id)).toMatchObject({ name, structure: 'C5' });
    // Readers that split at each end of a line of Unicode find as many lines as there are rows.
    expect(text.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(rows.length + 1);
    expect(csv.filter((record) => record[0] === rows[5]?.id).map((record) => record[2])).toEqual([name]);
  });

  it('of one asset more than a file of the tenant holds has each with its structure', async () => {
    const rows = makeRows(sized(25_001, 2_501), 10);
    const found = await extract(rows, { structure: 'smiles' }, { rowsOfFile: rows.length - 1 });
    expect(idsOf(found.given)).toEqual(idsIn(rows));
    expect(found.given.filter(({ structure }) => typeof structure !== 'string')).toEqual([]);
    expect(found.paths.filter((path) => path.includes('/download/'))).toHaveLength(2);
  });
});

describe('the CSV file', () => {
  it('has an empty cell where a row lacks a field, whatever the field is called', async () => {
    const rows = makeRows(2).map((row, index) => ({ ...row, fields: index === 0 ? { constructor: 'x' } : {} }));
    const { csv } = await extract(rows);
    expect(csv.map((record) => record[7]).toSorted()).toEqual(['', 'fields.constructor', 'x']);
  });

  it('has a column for each field of any row, and no cell that a spreadsheet runs', async () => {
    const rows = makeRows(3).map((row, index) => ({
      ...row,
      fields: [
        { 'Lot, old': '=HYPERLINK("https://evil.example.com")', Mass: -0.5 },
        { Mass: 2, '@note': '\t=1+1' },
        { Many: ['+a', 'b'] },
      ][index] as Record<string, unknown>,
    }));
    const { csv, csvText, given } = await extract(rows);
    expect(csv[0]?.slice(7)).toEqual(['fields.@note', 'fields.Lot, old', 'fields.Many', 'fields.Mass']);
    expect(
      csv
        .slice(1)
        .map((record) => record.slice(7))
        .toSorted(),
    ).toEqual(
      [
        ['', '\'=HYPERLINK("https://evil.example.com")', '', '-0.5'],
        ["'\t=1+1", '', '', '2'],
        ['', '', '["+a","b"]', ''],
      ].toSorted(),
    );
    expect(csvText.split('\r\n')).toHaveLength(5);
    expect(given.map(({ fields }) => fields)).toEqual(expect.arrayContaining(rows.map(({ fields }) => fields)));
  });
});
