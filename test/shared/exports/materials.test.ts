/** The kind `materials`: the whole chain of files, each asset once, in the face of kills, lost files and odd reports. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Manifest } from '../../../shared/exports/manifest.ts';
import { materialsKind } from '../../../shared/exports/materials.ts';
import { sized } from '../../support/test-size.ts';
import { cancelledAt, createExportWorld, json, status, type Tenant } from './kill-steps.ts';

const assets = Array.from({ length: 7 }, (_, index) => `A-${index + 1}`);
const wish = {
  kind: 'materials',
  subject: 'My (Lib)',
  digest: '',
  options: { limit: 3 },
  principal: 'service',
} as const;

type Report = Record<string, unknown>;
type Quirks = {
  readonly names?: readonly string[];
  /** Changes the report. */
  readonly report?: (report: Report, next: string | undefined) => unknown;
  readonly start?: () => number;
  readonly file?: (fileId: string) => number;
  /** The bytes of a file in place of its assets. */
  readonly bytes?: (fileId: string) => string | undefined;
  readonly announcedBytes?: number;
};

/** Three assets a file. A second job of the library is refused while one runs, as the tenant does. */
const createTenant = ({
  names = assets,
  report = (data) => ({ data }),
  start = () => 200,
  file = () => 200,
  bytes = () => undefined,
  announcedBytes,
}: Quirks = {}) => {
  const jobs = new Map<string, { readonly from: number; looks: number }>();
  const paths: string[] = [];
  const tenant: Tenant = ({ method, path }) => {
    paths.push(`${method} ${path}`);
    const { pathname, searchParams } = new URL(path, 'https://tenant.example.com');
    const id = pathname.split('/').at(-1) as string;
    if (method === 'POST') {
      const code = start();
      if (code !== 200) return status(code);
      if ([...jobs.values()].some(({ looks }) => looks < 1)) {
        for (const job of jobs.values()) job.looks += 1;
        return status(409);
      }
      const after = searchParams.get('startAfter');
      const made = `f${jobs.size + 1}`;
      jobs.set(made, { from: after === null ? 0 : names.indexOf(after) + 1, looks: 0 });
      return json({ data: { attributes: { fileId: made, reportId: made } } });
    }
    const job = jobs.get(id);
    if (!job) return status(404);
    const slice = names.slice(job.from, job.from + 3);
    if (path.includes('/reports/')) {
      job.looks += 1;
      if (slice.length === 0)
        return json(
          report({ attributes: { status: 'FAILED', error: { description: 'Nothing to export.' } } }, undefined),
        );
      if (job.looks < 2) return json({ data: { attributes: { status: 'IN_PROGRESS' } } });
      const next =
        job.from + 3 < names.length ? `https://elsewhere.example.com/x?limit=3&startAfter=${slice.at(-1)}` : undefined;
      const attributes = {
        status: 'COMPLETED',
        count: slice.length,
        total: names.length - job.from,
        lastAssetId: slice.at(-1),
        error: null,
      };
      return json(report({ attributes, ...(next === undefined ? {} : { links: { nextExport: next } }) }, next));
    }
    const code = file(id);
    if (code !== 200) return status(code);
    const headers = [
      ['content-type', 'text/csv'],
      ['content-disposition', 'attachment; filename="My (Lib).csv"'],
      ...(announcedBytes === undefined ? [] : [['content-length', String(announcedBytes)] as const]),
    ] as const;
    return { status: 200, headers: [...headers], body: Readable.from([Buffer.from(bytes(id) ?? slice.join('\n'))]) };
  };
  return { tenant, paths };
};

const make = async (quirks: Quirks = {}, death?: number, isAbortBroken = false) => {
  const { tenant, paths } = createTenant(quirks);
  const world = createExportWorld(materialsKind, tenant, isAbortBroken);
  const { run: started } = await world.exports.create(world.consumer, wish);
  const { run, calls } = await world.carry(started.name, death);
  const manifest = run.result && Manifest.parse(JSON.parse(String(world.made.get(run.result.key))));
  const exported = (manifest?.files ?? []).flatMap(({ object }) =>
    String(world.made.get(`exports/${run.name}/${object}`)).split('\n'),
  );
  return { ...world, run, calls, paths, manifest, exported };
};

describe('a run of the kind materials', () => {
  it('exports the whole library in the files of the chain, each asset once', async () => {
    const { run, manifest, exported, paths, journal } = await make();
    expect(run).toMatchObject({
      state: 'succeeded',
      result: { fileName: 'manifest.json', mediaType: 'application/json' },
    });
    expect(exported).toEqual(assets);
    expect(manifest).toMatchObject({ kind: 'materials', library: 'My (Lib)', options: { limit: 3 } });
    expect(manifest?.files.map(({ file, assets: count, fileName }) => [file, count, fileName])).toEqual([
      ['1', 3, 'My (Lib).csv'],
      ['2', 3, 'My (Lib).csv'],
      ['3', 1, 'My (Lib).csv'],
    ]);
    expect(paths.filter((path) => path.startsWith('POST'))).toEqual([
      'POST /materials/My%20(Lib)/bulkExport?limit=3',
      'POST /materials/My%20(Lib)/bulkExport?limit=3&startAfter=A-3',
      'POST /materials/My%20(Lib)/bulkExport?limit=3&startAfter=A-6',
    ]);
    // The engine keeps its journal under its own key and for its own time.
    expect(JSON.stringify([...journal])).not.toMatch(/A-\d|My \(Lib\)/);
  });

  it('ends with each asset once wherever the process is killed, and goes on at the link where it was', async () => {
    const { calls } = await make();
    expect(calls).toBeGreaterThan(150);
    const step = Math.ceil(calls / sized(calls, 40));
    for (let death = 0; death < calls; death += step) {
      const { run, exported, open, events, paths } = await make({}, death);
      expect([death, run.state, exported]).toEqual([death, 'succeeded', assets]);
      expect([...open]).toEqual([]);
      expect(new Set(events)).toEqual(new Set(['job-1 succeeded']));
      // One link at most is asked for again.
      expect(new Set(paths.filter((path) => path.startsWith('POST'))).size).toBe(3);
    }
  });

  it.each<[string, Quirks['report']]>([
    [
      'among the attributes',
      ({ links: _, ...data }, next) => ({
        data: { ...data, attributes: { ...(data.attributes as object), nextExport: next } },
      }),
    ],
    [
      'as an object',
      ({ links: _, ...data }, next) => ({ data: { ...data, links: next ? { nextExport: { href: next } } : {} } }),
    ],
    [
      'among the relationships',
      ({ links: _, ...data }, next) => ({
        data: { ...data, relationships: next ? { nextExport: { links: { related: next } } } : {} },
      }),
    ],
    ['beside the data', ({ links: _, ...data }, next) => ({ data, links: { nextExport: next } })],
    ['nowhere', ({ links: _, ...data }) => ({ data })],
    [
      'nowhere, with the total of the library in each report',
      ({ links: _, ...data }) => ({ data: { ...data, attributes: { ...(data.attributes as object), total: 7 } } }),
    ],
  ])('finds the next file when the link stands %s', async (_, report) => {
    expect((await make({ report } as Quirks)).exported).toEqual(assets);
  });

  it('that is cancelled at any call to the tenant ends there, with no result and no upload', async () => {
    const { paths } = await make();
    expect(paths.length).toBeGreaterThan(11);
    for (let at = 1; at <= paths.length; at += 1) {
      const { world, run, seen } = await cancelledAt(materialsKind, createTenant().tenant, wish, at);
      expect([at, run.state, run.result, seen]).toEqual([at, 'cancelled', undefined, at]);
      expect([[...world.open], world.events]).toEqual([[], []]);
    }
  });

  it('ends with no file for an empty library', async () => {
    const { run, manifest } = await make({ names: [] });
    expect([run.state, manifest?.files]).toEqual(['succeeded', []]);
  });

  it('has a file made again that the tenant has dropped', async () => {
    const dropped = new Set(['f2']);
    const { exported } = await make({ file: (id) => (dropped.delete(id) ? 404 : 200) });
    expect(exported).toEqual(assets);
  });

  it('waits for a file that has no bytes yet', async () => {
    let asked = 0;
    const bytes = (id: string) => (id === 'f2' && ++asked < 4 ? '' : undefined);
    expect((await make({ bytes })).exported).toEqual(assets);
    expect(asked).toBe(4);
  });

  it.each<[string, Quirks, string]>([
    ['a file that never has bytes', { bytes: () => '' }, 'FILE_EMPTY'],
    ['a file that is always cut', { announcedBytes: 1_000 }, 'FILE_INCOMPLETE'],
    ['a library that is gone', { start: () => 404 }, 'ENTITY_GONE'],
    ['options that the tenant refuses', { start: () => 400 }, 'NOT_EXPORTABLE'],
    ['a job of others that never ends', { start: () => 409 }, 'WAITED_TOO_LONG'],
    ['files that are always dropped', { file: () => 404 }, 'FILE_LOST'],
    [
      'a tenant that fails',
      { report: () => ({ data: { attributes: { status: 'FAILED', error: { description: 'No.' } } } }) },
      'TENANT_FAILED',
    ],
    ['a file that is never made', { report: () => ({ data: { attributes: { status: 'RUNNING' } } }) }, 'NEVER_READY'],
    [
      'a chain that does not say where it goes on',
      {
        report: ({ attributes }) => ({
          data: { attributes: { ...(attributes as object), lastAssetId: null }, links: { nextExport: 'x' } },
        }),
      },
      'CHAIN_BROKEN',
    ],
    [
      'a chain that goes round',
      { report: ({ attributes }) => ({ data: { attributes, links: { nextExport: '/x?startAfter=A-3' } } }) },
      'CHAIN_BROKEN',
    ],
  ])('fails for %s', async (_, quirks, code) => {
    const { run, open, events } = await make(quirks);
    expect([run.state, run.failure?.code]).toEqual(['failed', code]);
    expect([...open]).toEqual([]);
    expect(events).toEqual(['job-1 failed']);
  });

  it.each<[string, Quirks]>([
    ['a file that never has bytes', { bytes: () => '' }],
    ['a file that is always cut', { announcedBytes: 1_000 }],
  ])('ends in the same way for %s when no upload can be dropped', async (_, quirks) => {
    const [sound, broken] = [await make(quirks), await make(quirks, undefined, true)];
    expect([broken.run.failure, broken.paths]).toEqual([sound.run.failure, sound.paths]);
  });

  it('is shared by equal wishes while it runs, and made anew afterwards: a library has no version', async () => {
    const world = createExportWorld(materialsKind, createTenant().tenant);
    const name = async () => (await world.exports.create(world.consumer, wish)).run.name;
    const first = await name();
    expect(await name()).toBe(first);
    await world.carry(first);
    expect(await name()).not.toBe(first);
  });
});
