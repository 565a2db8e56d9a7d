/** Extracts of a library through the gateway: from the request to the bytes, and later what was changed. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createFacadeClient, type ExportFile } from '../../../packages/client/src/index.ts';
import { whileJobsAreKilled } from '../../support/kill-jobs.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { isFull } from '../../support/test-size.ts';
import type { TestTwin } from '../../support/twin.ts';

type Row = {
  readonly id: string;
  readonly name: string;
  readonly structure: string | null;
  readonly fields: Record<string, unknown>;
};
type Manifest = {
  readonly files: readonly ExportFile[];
  readonly extract: { readonly rows: number; readonly cursor: string };
};

/** @param compounds assets of the library, with three batches each. */
export const extractPromises = (twinOf: () => TestTwin, compounds: number): void => {
  const facadeOf = () => createFacadeClient({ baseUrl: twinOf().url, apiKey: 'demo-app' });
  const make = async (since?: string) => {
    const options = { of: 'batches', structure: 'smiles', ...(since === undefined ? {} : { since }) } as const;
    const done = await facadeOf().export({ kind: 'extract', library: 'Compounds', options });
    const manifest = (await new Response(done.content()).json()) as Manifest;
    const texts: Record<string, string> = {};
    for (const file of nonEmpty(manifest.files)) {
      const bytes = Buffer.from(await new Response(done.file(file)).arrayBuffer());
      expect([bytes.byteLength, createHash('sha256').update(bytes).digest('hex')]).toEqual([
        file.sizeBytes,
        file.sha256,
      ]);
      texts[file.file] = String(bytes);
    }
    const rows = (texts.ndjson ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Row);
    return {
      rows,
      manifest,
      csvLines: (texts.csv ?? '').split('\r\n').slice(0, -1),
      attributes: done.export.attributes,
    };
  };

  it('is complete, each batch once with its structure, at few calls; a later one has what was changed', async () => {
    const { rows, manifest, csvLines, attributes } = await make();
    expect(new Set(rows.map(({ name }) => name)).size).toBe(compounds * 3);
    expect([rows.length, manifest.extract.rows, csvLines.length]).toEqual([
      compounds * 3,
      compounds * 3,
      compounds * 3 + 1,
    ]);
    expect(rows.filter(({ structure }) => typeof structure !== 'string')).toEqual([]);
    expect(attributes.upstreamCalls).toBeLessThanOrEqual((compounds * 3 * 101 * 0.05) / 100);

    const { id } = rows[17] as Row;
    const path = `/api/rest/v1.0/materials/${encodeURIComponent(id)}/properties?force=true`;
    const changed = await fetch(twinOf().url + path, {
      method: 'PATCH',
      headers: { 'x-api-key': 'demo-app', 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: [{ attributes: { name: 'Supplier', value: 'Changed' } }] }),
    });
    expect(changed.status).toBeLessThan(300);
    const later = await make(manifest.extract.cursor);
    expect(later.rows.map((row) => [row.id, row.fields.Supplier])).toEqual([[id, 'Changed']]);
    // The library, a page, and the structure of the row.
    expect(later.attributes.upstreamCalls).toBe(3);
  });

  it.each([
    ['a cursor that is none', { of: 'batches', since: 'abc' }, '/data/attributes/options/since'],
    ['no kind of rows', {}, '/data/attributes/options/of'],
    ['a structure that is not made', { of: 'assets', structure: 'mol' }, '/data/attributes/options/structure'],
  ])('is refused for %s, without a call', async (_, options, pointer) => {
    const { arrivals } = twinOf().simulator;
    const before = arrivals.length;
    const response = await fetch(`${twinOf().url}/v1/exports`, {
      method: 'POST',
      headers: { 'x-api-key': 'demo-app', 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({
        data: { type: 'export', attributes: { kind: 'extract', library: 'Compounds', options } },
      }),
    });
    const { errors } = (await response.json()) as { errors: { source?: { pointer?: string } }[] };
    expect([response.status, errors[0]?.source?.pointer]).toEqual([400, pointer]);
    expect(arrivals.slice(before).filter(({ path }) => path.includes('/materials/libraries?name='))).toEqual([]);
  });

  // test/shared/exports/extract kills at each call, at each size.
  it.runIf(isFull)('comes to its end although the process is killed in each step', async () => {
    const { rows } = await whileJobsAreKilled(twinOf(), 400, make());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.length).toBe(compounds * 3);
  });
};
