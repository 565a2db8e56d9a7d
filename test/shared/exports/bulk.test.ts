/** The kind `bulk`: the one answer is stored as it came, is never asked for twice, and is read into a manifest. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { bulkKind } from '../../../shared/exports/bulk.ts';
import { Manifest, mostManifestBytes } from '../../../shared/exports/manifest.ts';
import { storeManifest } from '../../../shared/exports/store-manifest.ts';
import { sweepExports } from '../../../shared/exports/sweep.ts';
import { sized } from '../../support/test-size.ts';
import { cancelledAt, createExportWorld, json, status, type Tenant } from './kill-steps.ts';

const boundary = '----signals-part-boundary--';
const partOf = (name: string, type: string, content: string) =>
  `--${boundary}\r\nContent-Type: ${type}\r\nContent-Disposition: form-data; name="${name}"\r\ncontent-length: ${Buffer.byteLength(content)}\r\n\r\n${content}\r\n`;
const texts = { 'table of content': '{"root":{}}', 'part-2': '<p>Über</p>', 'part-3': '' } as const;
const contents = Buffer.from(
  `${Object.entries(texts)
    .map(([name, text]) => partOf(name, 'text/html', text))
    .join('')}--${boundary}--\r\n`,
);
const mediaType = `multipart/mixed; boundary="${boundary}"`;
const wish = {
  kind: 'bulk',
  subject: 'experiment:e1',
  digest: '1',
  options: { depth: 0 },
  principal: 'service',
} as const;

type Answers = {
  readonly digest?: () => string;
  readonly body?: () => Readable;
  readonly type?: string;
  readonly start?: () => number;
  readonly state?: string;
};

/** A tenant that gives the contents of each job once, and knows the job no more afterwards. */
const createTenant = ({
  digest = () => '1',
  body = () => Readable.from([contents]),
  type = mediaType,
  start = () => 202,
  state = 'COMPLETED',
}: Answers = {}) => {
  const jobs = new Set<string>();
  const asked: string[] = [];
  const paths: string[] = [];
  const tenant: Tenant = ({ method, path }) => {
    paths.push(`${method} ${path}`);
    if (path.startsWith('/entities/experiment')) return json({ data: { attributes: { digest: digest() } } });
    if (method === 'POST') {
      const code = start();
      if (code !== 202) return status(code);
      jobs.add(`j${paths.length}`);
      return json({ data: { attributes: { jobId: `j${paths.length}`, status: 'IN_PROGRESS' } } }, 202);
    }
    const [, jobId = '', what] = /bulk\/([^/]+)(\/contents)?$/.exec(path) ?? [];
    if (!what) return jobs.has(jobId) ? json({ data: { attributes: { jobId, status: state } } }) : status(404);
    asked.push(jobId);
    if (!jobs.delete(jobId)) return status(404);
    return { status: 200, headers: [['content-type', type]], body: body() };
  };
  return { tenant, asked, paths };
};

const make = async (answers: Answers = {}, death?: number) => {
  const { tenant, asked, paths } = createTenant(answers);
  const world = createExportWorld(bulkKind, tenant);
  const { run } = await world.exports.create(world.consumer, wish);
  return { ...world, ...(await world.carry(run.name, death)), asked, paths };
};

describe('a run of the kind bulk', () => {
  it('stores the answer as it came, and says where each part is', async () => {
    const { run, made, paths, events } = await make();
    expect(run).toMatchObject({ state: 'succeeded', upstreamCalls: 5 });
    expect(paths).toContain('POST /entities/export/bulk?eid=experiment%3Ae1&depth=0');
    const manifest = Manifest.parse(JSON.parse(String(made.get(run.result?.key ?? ''))));
    expect(manifest).toMatchObject({ kind: 'bulk', entity: 'experiment:e1', digest: '1' });
    const [raw, ...parts] = manifest.files;
    const object = made.get(`exports/${run.name}/${raw?.object}`) as Buffer;
    expect(object).toEqual(contents);
    expect(raw?.sha256).toBe(createHash('sha256').update(contents).digest('hex'));
    const read = parts.map(({ name, offset = 0, sizeBytes }) => [
      name,
      object.subarray(offset, offset + sizeBytes).toString(),
    ]);
    expect(Object.fromEntries(read)).toEqual(texts);
    expect(events).toEqual(['job-1 succeeded']);
  });

  it('ends in one result wherever the process is killed, and asks for no contents twice', async () => {
    const { calls } = await make();
    const step = Math.ceil(calls / sized(calls, 40));
    expect(calls).toBeGreaterThan(60);
    for (let death = 0; death < calls; death += step) {
      const { run, made, asked, open, events } = await make({}, death);
      expect([death, run.state]).toEqual([death, 'succeeded']);
      expect(made.get(run.result?.key ?? '')?.toString()).toContain('part-2');
      expect(new Set(asked).size).toBe(asked.length);
      expect([...open]).toEqual([]);
      expect(new Set(events)).toEqual(new Set(['job-1 succeeded']));
    }
  });

  it('uses the answer that was streamed when it was killed afterwards, and starts anew when it was cut', async () => {
    let pieces = 0;
    const cutOnce = () =>
      Readable.from(
        (function* () {
          pieces += 1;
          yield contents.subarray(0, 50);
          if (pieces === 1) throw new Error('the connection broke');
          yield contents.subarray(50);
        })(),
      );
    const { run, asked } = await make({ body: cutOnce });
    expect([run.state, asked.length, new Set(asked).size]).toEqual(['succeeded', 2, 2]);
  });

  it('waits for a free worker without using up tries', async () => {
    let busy = 30;
    const { run } = await make({ start: () => (busy-- > 0 ? 429 : 202) });
    expect(run.state).toBe('succeeded');
  });

  const changing = () => {
    let reads = 0;
    return () => String(++reads);
  };
  it.each<[string, Answers, string]>([
    ['an entity that is changed meanwhile', { digest: changing() }, 'ENTITY_CHANGED'],
    ['an entity that is gone', { start: () => 404 }, 'ENTITY_GONE'],
    ['options that the tenant refuses', { start: () => 400 }, 'NOT_EXPORTABLE'],
    ['a tenant that fails', { state: 'FAILED' }, 'TENANT_FAILED'],
    ['contents that are never made', { state: 'IN_PROGRESS' }, 'NEVER_READY'],
    ['contents without bytes', { body: () => Readable.from([]) }, 'FILE_EMPTY'],
    ['contents without their end', { body: () => Readable.from([contents.subarray(0, -10)]) }, 'FILE_INCOMPLETE'],
    ['contents that are not of several parts', { type: 'text/html' }, 'FILE_UNREADABLE'],
    [
      'a part that is longer than it says',
      { body: () => Readable.from([Buffer.from(String(contents).replace('length: 12', 'length: 9'))]) },
      'FILE_UNREADABLE',
    ],
    [
      'a connection that always breaks',
      {
        body: () =>
          Readable.from(
            // biome-ignore lint/correctness/useYield: it breaks before the first byte.
            (function* () {
              throw new Error('broken');
            })(),
          ),
      },
      'FILE_LOST',
    ],
  ])('fails for %s', async (_, answers, code) => {
    const { run, open, events } = await make(answers);
    expect([run.state, run.failure?.code]).toEqual(['failed', code]);
    expect([...open]).toEqual([]);
    expect(events).toEqual(['job-1 failed']);
  });

  it('that is cancelled at any call to the tenant ends there, with no result and no upload', async () => {
    const { paths } = await make();
    expect(paths.length).toBeGreaterThan(4);
    for (let at = 1; at <= paths.length; at += 1) {
      const { world, run, seen } = await cancelledAt(bulkKind, createTenant().tenant, wish, at);
      expect([at, run.state, run.result, seen]).toEqual([at, 'cancelled', undefined, at]);
      expect([[...world.open], world.events]).toEqual([[], []]);
      expect((await world.store.readLeases()).holders).toEqual([]);
    }
  });

  it('has no manifest that is too long to be read', async () => {
    const world = createExportWorld(bulkKind, createTenant().tenant);
    const { run } = await world.exports.create(world.consumer, wish);
    const file = {
      file: '1',
      object: 'o',
      sizeBytes: 1,
      sha256: '',
      mediaType: '',
      name: 'x'.repeat(mostManifestBytes),
    };
    const workshop = { read: async () => run, change: async () => {}, files: world.parts.files };
    const stored = storeManifest(workshop, { kind: 'bulk', options: {}, files: [file] });
    await expect(stored).rejects.toMatchObject({ failure: { code: 'FILE_UNREADABLE' } });
    expect(world.made.size).toBe(0);
  });

  it('is shared by equal wishes while it runs; afterwards only without what is below the entity, whose changes no digest tells', async () => {
    const world = createExportWorld(bulkKind, createTenant().tenant);
    const deep = { ...wish, options: { depth: -1 } };
    const names = async (one: typeof wish | typeof deep) => (await world.exports.create(world.consumer, one)).run.name;
    const [flat, deepOne] = [await names(wish), await names(deep)];
    expect([await names(wish), await names(deep)]).toEqual([flat, deepOne]);
    await world.carry(flat);
    world.journal.clear();
    await world.carry(deepOne);
    expect(await names(wish)).toBe(flat);
    expect(await names(deep)).not.toBe(deepOne);
  });

  it('leaves an upload that was killed after its end to the sweep, which aborts it and no living one', async () => {
    const { uploads, open, parts, clock, run } = await make();
    await uploads.open(`exports/${run.name}/contents-9`, 'x');
    await uploads.open('exports/unknown.pdf', 'x');
    const sweep = () =>
      sweepExports({
        ...parts,
        engine: { start: async () => '', statusOf: async () => 'running', stop: async () => {} },
      });
    expect((await sweep()).aborted).toBe(0);
    clock.millis += 7_200_000;
    expect((await sweep()).aborted).toBe(2);
    expect(open.size).toBe(0);
  });
});
