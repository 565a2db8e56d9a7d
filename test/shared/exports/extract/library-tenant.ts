/** A tenant with one chemical library, which the test may change at each call: search, files of the library, and single materials. */
import { Readable } from 'node:stream';
import { json, status, type Tenant } from '../kill-steps.ts';

export type TenantRow = {
  readonly id: string;
  readonly name: string;
  createdMillis: number;
  modifiedMillis: number;
  digest: string;
  smiles: string;
  readonly fields?: Readonly<Record<string, unknown>>;
};

const libraryId = 'a'.repeat(24);
export const iso = (millis: number): string => new Date(millis).toISOString();

/** @param perInstant rows that are created in the same instant. */
export const makeRows = (count: number, perInstant = 1): TenantRow[] =>
  Array.from({ length: count }, (_, index) => {
    const millis = 1_000 * (1 + Math.floor(index / perInstant));
    return {
      id: `batch:${index.toString(16).padStart(24, '0')}`,
      name: `B-${String(index).padStart(6, '0')}`,
      ...{ createdMillis: millis, modifiedMillis: millis, digest: '1', smiles: `C${index}` },
      fields: { Amount: index },
    };
  });

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csvOf = (rows: readonly TenantRow[]): string =>
  ['Asset ID,Batch ID,Structure', ...rows.map(({ name, smiles }) => `A,${cell(name)},${cell(smiles)}`), ''].join(
    '\r\n',
  );

export type Quirks = {
  /** Called before each answer with the number of the call, from 1. */
  readonly onCall?: (number: number, rows: TenantRow[]) => void;
  /** In place of the answer. */
  readonly answer?: (path: string) => ReturnType<typeof status> | undefined;
  readonly isChemical?: boolean;
  readonly rowsOfFile?: number;
  readonly csv?: (rows: readonly TenantRow[]) => string;
  /** Digits behind the second. */
  readonly show?: (millis: number, id: string) => string;
};

/** With the digits behind the millisecond, which the rows of this tenant do not have. */
const instantOf = (text: string): number => Date.parse(text) + Number(`0.${/\.\d{3}(\d+)/.exec(text)?.[1] ?? 0}`);

type Bound = { readonly field: string; readonly value: string };
type Condition = { readonly $gte?: Bound; readonly $lte?: Bound };

/** Whether a row lies within the bound; true where there is none. */
const isWithin = (row: TenantRow, { $gte, $lte }: Condition): boolean => {
  const timeOf = ({ field }: Bound) => (field === 'createdAt' ? row.createdMillis : row.modifiedMillis);
  if ($gte) return timeOf($gte) >= instantOf($gte.value);
  return !$lte || timeOf($lte) <= instantOf($lte.value);
};

export const createLibraryTenant = (rows: TenantRow[], quirks: Quirks = {}) => {
  const { isChemical = true, rowsOfFile = 25_000, csv = csvOf, show = iso } = quirks;
  const paths: string[] = [];
  let jobs = 0;
  const files = new Map<string, { readonly text: string; readonly next: string | undefined; readonly count: number }>();

  const search = (url: URL, body: Uint8Array | undefined) => {
    const { query } = JSON.parse(Buffer.from(body ?? []).toString()) as { query: { $and: Condition[] } };
    const sort = url.searchParams.get('sort') ?? '';
    const key = sort.startsWith('createdAt') ? ('createdMillis' as const) : ('modifiedMillis' as const);
    const [offset, limit] = ['page[offset]', 'page[limit]'].map((name) => Number(url.searchParams.get(name)));
    if ((offset ?? 0) > 5_000) return status(400);
    const found = rows
      .filter((row) => query.$and.every((condition) => isWithin(row, condition)))
      .sort((a, b) => a[key] - b[key] || (a.name < b.name ? -1 : 1));
    const hits = found.slice(offset, (offset ?? 0) + (limit ?? 0));
    const data = hits.map(({ id, name, createdMillis, modifiedMillis, digest, fields = {} }) => ({
      id,
      attributes: {
        ...{ name, digest, createdAt: show(createdMillis, id), modifiedAt: show(modifiedMillis, id) },
        tags: Object.fromEntries(Object.entries(fields).map(([field, value]) => [`materials.${field}`, value])),
      },
    }));
    return json({ data, meta: { total: found.length } });
  };

  const startFile = (url: URL) => {
    const after = url.searchParams.get('startAfter');
    const ordered = [...rows]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => after === null || name > after);
    const slice = ordered.slice(0, rowsOfFile);
    const id = `f${++jobs}`;
    const next =
      ordered.length > slice.length ? `/x?startAfter=${encodeURIComponent(slice.at(-1)?.name ?? '')}` : undefined;
    files.set(id, { text: csv(slice), next, count: slice.length });
    return json({ data: { attributes: { fileId: id, reportId: id } } });
  };

  const tenant: Tenant = ({ method, path, body }) => {
    paths.push(`${method} ${path}`);
    quirks.onCall?.(paths.length, rows);
    const instead = quirks.answer?.(path);
    if (instead) return instead;
    const url = new URL(path, 'https://tenant.example.com');
    const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    if (path.startsWith('/entities/search')) return search(url, body);
    if (path.startsWith('/materials/libraries')) {
      const fields = isChemical ? [{ dataType: 'CHEMICAL_DRAWING' }] : [];
      return json({
        data: [{ id: libraryId, attributes: { name: 'My (Lib)', assets: { fields }, batches: { fields: [] } } }],
      });
    }
    if (method === 'POST') return startFile(url);
    const file = files.get(last);
    if (path.includes('/reports/')) {
      if (!file) return status(404);
      const attributes =
        file.count === 0
          ? { status: 'FAILED', error: { description: 'Nothing to export.' } }
          : { status: 'COMPLETED', count: file.count };
      return json({ data: { attributes, links: file.next === undefined ? {} : { nextExport: file.next } } });
    }
    if (path.includes('/download/'))
      return file
        ? { status: 200, headers: [['content-type', 'text/csv']], body: Readable.from([Buffer.from(file.text)]) }
        : status(404);
    const row = rows.find(({ id }) => id === last);
    if (!row) return status(404);
    const { id, name, createdMillis, modifiedMillis, digest, smiles } = row;
    const times = { createdAt: show(createdMillis, id), editedAt: show(modifiedMillis, id) };
    return json({ data: { id, attributes: { type: 'batch', name, digest, ...times, structure: smiles } } });
  };
  return { tenant, paths, rows };
};
