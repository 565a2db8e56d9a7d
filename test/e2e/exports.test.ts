/** /v1/exports: a PDF of the tenant as a job, from the request to the bytes, also if its function is killed. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFacadeClient, type ExportFile } from '../../packages/client/src/index.ts';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { whileJobsAreKilled } from '../support/kill-jobs.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull, sized } from '../support/test-size.ts';
import { logLinesOf, stationsOf } from '../support/traces.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { archivePromises } from './archive/archive.ts';
import { tutorialPromises } from './archive/tutorial.ts';
import { extractPromises } from './exports/extracts.ts';

const jsonApi = 'application/vnd.api+json';
/** More than one page of the tenant's own export, and less than two. */
const compounds = sized(4_000, 400);
const pageSize = sized(2_500, 250);
let twin: TestTwin;
beforeAll(async () => {
  twin = await startTwin({ compounds });
});
afterAll(() => twin?.close());

const ask = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(path.startsWith('http') ? path : twin.url + path, {
    method,
    redirect: 'manual',
    headers: { 'x-api-key': 'demo-app', ...(body === undefined ? {} : { 'content-type': jsonApi }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

type Attributes = {
  readonly state: string;
  readonly sha256?: string;
  readonly upstreamCalls: number;
  readonly failure?: { readonly code: string };
};
type Export = {
  readonly id: string;
  readonly attributes: Attributes;
  readonly links: { readonly self: string; readonly content?: string };
};
const documentOf = async (response: Response): Promise<Export> => ((await response.json()) as { data: Export }).data;
const wanted = (options: object = {}, entity: string = demoIds.experiment) => ({
  data: { type: 'export', attributes: { kind: 'pdf', entity, options } },
});
const create = async (options: object = {}): Promise<Export> => {
  const response = await ask('POST', '/v1/exports', wanted(options));
  const made = await documentOf(response);
  expect([response.status, response.headers.get('location')]).toEqual([202, made.links.self]);
  return made;
};
const read = async ({ links }: Export): Promise<Export> => documentOf(await ask('GET', links.self));
const over = async (made: Export): Promise<Export> => {
  const isOver = async () => ['succeeded', 'failed', 'cancelled'].includes((await read(made)).attributes.state);
  // A job takes seconds.
  await expect.poll(isOver, { interval: 1_000 }).toBe(true);
  return read(made);
};
/** The PDFs that the tenant has made. */
const prints = (): number => twin.simulator.tenant.notifications.recent().filter(({ type }) => type === 'print').length;
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code ?? '';

describe('a PDF', () => {
  it('is made, and is given whole, in ranges and by a URL', async () => {
    const done = await over(await create());
    expect(done.attributes.state).toBe('succeeded');
    const content = done.links.content as string;
    const whole = await ask('GET', content);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('content-type')).toBe('application/pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.attributes.sha256);

    const range = await ask('GET', content, undefined, { range: 'bytes=-6' });
    expect([range.status, Buffer.from(await range.arrayBuffer())]).toEqual([206, bytes.subarray(-6)]);
    const beyond = await ask('GET', content, undefined, { range: `bytes=${bytes.byteLength}-` });
    expect([beyond.status, await codeOf(beyond)]).toEqual([416, 'RANGE_UNSATISFIABLE']);

    const elsewhere = await ask('GET', content, undefined, { prefer: 'redirect' });
    expect(elsewhere.status).toBe(303);
    const presigned = await fetch(elsewhere.headers.get('location') ?? '');
    expect(Buffer.from(await presigned.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.runIf(isFull)('is made once for equal wishes, each of which has an id of its own', async () => {
    const before = prints();
    const [first, second] = await Promise.all([create({ history: true }), create({ history: true })]);
    const [one, other] = await Promise.all([over(first as Export), over(second as Export)]);
    expect(one.id).not.toBe(other.id);
    expect(one.attributes.sha256).toBe(other.attributes.sha256);
    // One call each reads the entity for its consumer; the run's own are counted once.
    expect(one.attributes.upstreamCalls).toBe(other.attributes.upstreamCalls);
    expect(prints()).toBe(before + 1);
  });

  it.runIf(isFull)(
    'has one trace, from its request through the steps of its job to the event that tells of its end',
    async () => {
      const made = await over(await create({ comments: true, history: true }));
      const asked = () => logLinesOf(twin).find((line) => line.export === made.id);
      await expect.poll(asked).toBeDefined();
      const { traceId = 'none', run } = asked() ?? expect.fail();
      await expect
        .poll(() => stationsOf(twin, traceId))
        .toEqual(
          expect.arrayContaining(['exports: request', 'jobs: job step', 'jobs: own call', 'dispatcher: queue message']),
        );
      const steps = logLinesOf(twin).filter((line) => line.message === 'job step' && line.run === run);
      expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['turn', 'begin', 'transfer', 'tidy up']));
      expect(new Set(steps.map((line) => line.traceId))).toEqual(new Set([traceId]));
    },
  );

  // Without a journal, test/shared/exports/pdf.test.ts covers crashes at the small size.
  it.runIf(isFull)('comes to its end although the process is killed in each step', async () => {
    const made = await create({ comments: true });
    const done = await whileJobsAreKilled(twin, 1_700, over(made));
    expect(done.attributes).toMatchObject({ state: 'succeeded' });
  });
});

const jsonOf = async <T>(response: Response): Promise<T> => {
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};
type Listed = {
  readonly file: string;
  readonly name?: string;
  readonly fileName?: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};
type Manifest = { readonly entity?: string; readonly files: readonly Listed[] };
const bulk = (options: object) => ({
  data: { type: 'export', attributes: { kind: 'bulk', entity: demoIds.experiment, options } },
});
const materials = (options: object, library = 'Compounds') => ({
  data: { type: 'export', attributes: { kind: 'materials', library, options } },
});
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the contents of an experiment and the assets of a library', () => {
  const fetchFile = async (content: string, { file, sizeBytes, sha256: hash }: Listed): Promise<Buffer> => {
    const bytes = Buffer.from(await (await ask('GET', `${content}?file=${file}`)).arrayBuffer());
    expect([bytes.byteLength, sha256(bytes)]).toEqual([sizeBytes, hash]);
    return bytes;
  };

  it('are given as the tenant gave them and part by part, in ranges and by a URL', async () => {
    const done = await over(await documentOf(await ask('POST', '/v1/exports', bulk({ depth: 1 }))));
    expect(done.attributes).toMatchObject({ state: 'succeeded' });
    const content = done.links.content as string;
    const manifest = await jsonOf<Manifest>(await ask('GET', content));
    expect(manifest.entity).toBe(demoIds.experiment);
    const [raw, table, ...parts] = manifest.files as [Listed, Listed, ...Listed[]];
    expect([raw.file, table.file, table.name]).toEqual(['raw', '1', 'table of content']);
    const whole = await fetchFile(content, raw);
    expect(JSON.parse(String(await fetchFile(content, table))).root.eid).toBe(demoIds.experiment);
    for (const part of nonEmpty(parts)) expect(whole.includes(await fetchFile(content, part))).toBe(true);

    const range = await ask('GET', `${content}?file=1`, undefined, { range: 'bytes=1-6' });
    expect([range.status, await range.text()]).toEqual([206, '"root"']);
    const beyond = await ask('GET', `${content}?file=1`, undefined, { range: `bytes=${table.sizeBytes}-` });
    expect(beyond.status).toBe(416);
    for (const odd of nonEmpty(['bytes=0-1,3-4', 'bytes=5-2', 'items=0-1', 'bytes=a-b', 'bytes=-']))
      expect((await ask('GET', `${content}?file=1`, undefined, { range: odd })).status).toBe(200);
    const elsewhere = await ask('GET', `${content}?file=raw`, undefined, { prefer: 'redirect' });
    const url = new URL(elsewhere.headers.get('location') ?? '');
    expect([elsewhere.status, url.searchParams.get('X-Amz-Expires')]).toEqual([303, '300']);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(whole)).toBe(true);
    url.searchParams.set('X-Amz-Expires', '3000');
    expect((await fetch(url)).status).toBe(403);
    for (const file of nonEmpty(['2000', '..', 'manifest.json']))
      expect((await ask('GET', `${content}?file=${file}`)).status).toBe(404);
    expect((await ask('GET', `${content}?file=1`, undefined, { 'x-api-key': 'demo-admin' })).status).toBe(404);
  });

  it('are the whole library, each asset once', async () => {
    const facade = createFacadeClient({ baseUrl: twin.url, apiKey: 'demo-app' });
    const options = { fileType: 'CSV', limit: pageSize } as const;
    const done = await facade.export({ kind: 'materials', library: 'Compounds', options });
    expect(done.export.attributes).toMatchObject({ kind: 'materials', library: 'Compounds' });
    const files = await done.files();
    expect(files).toHaveLength(2);
    const textOf = async (file: ExportFile): Promise<string> => {
      const bytes = Buffer.from(await new Response(done.file(file)).arrayBuffer());
      expect([bytes.byteLength, sha256(bytes)]).toEqual([file.sizeBytes, file.sha256]);
      return String(bytes);
    };
    const texts = await Promise.all(files.map(textOf));
    const assets = texts.flatMap((text) => [
      ...new Set(
        text
          .trim()
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(',')[0]),
      ),
    ]);
    expect(assets.length).toBeGreaterThanOrEqual(compounds);
    expect(new Set(assets).size).toBe(assets.length);
  });

  // test/shared/exports/bulk.test.ts and materials.test.ts kill at each call, at each size.
  it.runIf(isFull).each([
    ['bulk', bulk({ depth: -1 })],
    ['materials', materials({ fileType: 'CSV', limit: 1000 })],
  ])('come to their end although the process is killed in each step: %s', async (_, wish) => {
    const job = await documentOf(await ask('POST', '/v1/exports', wish));
    const done = await whileJobsAreKilled(twin, 1_700, over(job));
    expect(done.attributes).toMatchObject({ state: 'succeeded' });
    const manifest = await jsonOf<Manifest>(await ask('GET', done.links.content as string));
    for (const file of nonEmpty(manifest.files)) await fetchFile(done.links.content as string, file);
  });
});

describe('an export', () => {
  it('is of nobody but who asked for it', async () => {
    const made = await create({ links: true });
    for (const path of nonEmpty([made.links.self, `${made.links.self}/content`])) {
      const response = await ask('GET', path, undefined, { 'x-api-key': 'demo-admin' });
      expect([response.status, await codeOf(response)]).toEqual([404, 'EXPORT_UNKNOWN']);
    }
    for (const [method, path] of [
      ['DELETE', made.links.self],
      ['POST', `${made.links.self}/retries`],
    ] as const)
      expect((await ask(method, path, undefined, { 'x-api-key': 'demo-admin' })).status).toBe(404);
  });

  it('that is cancelled has no content, stays cancelled, and can be tried again', async () => {
    const made = await create({ attachments: true });
    expect((await documentOf(await ask('DELETE', made.links.self))).attributes.state).toBe('cancelled');
    const content = await ask('GET', `${made.links.self}/content`);
    expect([content.status, await codeOf(content)]).toEqual([409, 'EXPORT_NOT_READY']);
    const again = await ask('POST', `${made.links.self}/retries`);
    expect(again.status).toBe(202);
    expect((await over(await documentOf(again))).attributes.state).toBe('succeeded');
    expect((await read(made)).attributes.state).toBe('cancelled');
  });

  it.each([
    ['an unknown option', wanted({ colour: 'red' }), 400],
    ['a huge option', wanted({ header: 'x'.repeat(501) }), 400],
    ['an entity that is no id', wanted({}, '../users'), 400],
    ['an entity that is not there', wanted({}, 'experiment:00000000-0000-4000-8000-000000000000'), 422],
    ['a library that is not there', materials({}, 'Nothing'), 422],
    [
      'a library in place of an entity',
      { data: { type: 'export', attributes: { kind: 'pdf', library: 'Compounds' } } },
      400,
    ],
    ['a library whose name is no text of an address', materials({}, '\ud800'), 400],
    ['a library whose name is a step in an address', materials({}, '..'), 400],
    [
      'a kind that is not there',
      { data: { type: 'export', attributes: { kind: 'word', entity: demoIds.experiment } } },
      400,
    ],
    ['a depth that the tenant has not', bulk({ depth: 2 }), 400],
    ['more types than a query takes', bulk({ types: Array.from({ length: 51 }, () => 'text') }), 400],
    ['a limit above that of the tenant', materials({ limit: 25_001 }), 400],
  ])('is refused for %s', async (_, body, status) => {
    const response = await ask('POST', '/v1/exports', body);
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: { source?: { pointer?: string } }[] };
    if (status === 400) expect(errors[0]?.source?.pointer).toMatch(/^\/data\/attributes\//);
  });

  it('needs a scope that * does not cover', async () => {
    const response = await ask('POST', '/v1/exports', wanted(), { 'x-api-key': 'demo-people' });
    expect([response.status, await codeOf(response)]).toEqual([403, 'SCOPE_MISSING']);
  });
});

describe('an extract of a library', () => extractPromises(() => twin, compounds));
describe('the archive', () => archivePromises(() => twin));
describe('the tutorial', () => tutorialPromises(() => twin));
