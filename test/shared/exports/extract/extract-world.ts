/** Runs of the kind `extract` with their results read. */
import { extractKind } from '../../../../shared/exports/extract/extract.ts';
import type { ExtractOptions } from '../../../../shared/exports/extract/options.ts';
import { readCsv } from '../../../../shared/exports/extract/read-csv.ts';
import type { Row } from '../../../../shared/exports/extract/row.ts';
import { Manifest } from '../../../../shared/exports/manifest.ts';
import { createExportWorld } from '../kill-steps.ts';
import { createLibraryTenant, makeRows, type Quirks, type TenantRow } from './library-tenant.ts';

export const extract = async (
  rows: readonly TenantRow[] = makeRows(250),
  options: Partial<ExtractOptions> = {},
  quirks: Quirks = {},
  death?: number,
) => {
  const { tenant, paths, ...made } = createLibraryTenant(structuredClone([...rows]), quirks);
  const world = createExportWorld(extractKind, tenant);
  const wish = { kind: 'extract', subject: 'My (Lib)', digest: '', principal: 'service' } as const;
  const { run: started } = await world.exports.create(world.consumer, {
    ...wish,
    options: { of: 'batches', ...options },
  });
  const { run, calls } = await world.carry(started.name, death);
  const manifest = run.result && Manifest.parse(JSON.parse(String(world.made.get(run.result.key))));
  const textOf = (file: string): string => {
    const object = manifest?.files.find((one) => one.file === file)?.object;
    return String(world.made.get(`exports/${run.name}/${object}`) ?? '');
  };
  const text = textOf('ndjson');
  const given = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
  const csv: (readonly string[])[] = [];
  for await (const record of readCsv(
    (async function* () {
      yield Buffer.from(textOf('csv'));
    })(),
  ))
    csv.push(record);
  return { ...world, run, calls, paths, manifest, given, csv, csvText: textOf('csv'), text, tenantRows: made.rows };
};

/** Each id once, sorted. @throws when a row is there twice. */
export const idsOf = (given: readonly Row[]): string[] => {
  const ids = given.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new Error('A row is there twice');
  return ids.sort();
};
