/** /v1/exports: a PDF of the tenant as a job, from the request to the bytes, also if its function is killed. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

const jsonApi = 'application/vnd.api+json';
let twin: TestTwin;
beforeAll(async () => {
  twin = await startTwin();
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
  await expect.poll(isOver, { interval: 100 }).toBe(true);
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

  it('is made once for equal wishes, each of which has an id of its own', async () => {
    const before = prints();
    const [first, second] = await Promise.all([create({ history: true }), create({ history: true })]);
    const [one, other] = await Promise.all([over(first as Export), over(second as Export)]);
    expect(one.id).not.toBe(other.id);
    expect(one.attributes.sha256).toBe(other.attributes.sha256);
    // One call each reads the entity for its consumer; the run's own are counted once.
    expect(one.attributes.upstreamCalls).toBe(other.attributes.upstreamCalls);
    expect(prints()).toBe(before + 1);
  });

  // Without a journal, test/shared/exports/pdf.test.ts covers crashes at the small size.
  it.runIf(isFull)('comes to its end although the process is killed in each step', async () => {
    const made = await create({ comments: true });
    const kills = setInterval(() => {
      for (const pid of twin.gateway.pidsOf('jobs')) process.kill(pid, 'SIGKILL');
    }, 1_700);
    const done = await over(made).finally(() => clearInterval(kills));
    expect(done.attributes).toMatchObject({ state: 'succeeded' });
  });
});

describe('an export', () => {
  it('is of nobody but who asked for it', async () => {
    const made = await create({ links: true });
    for (const path of nonEmpty([made.links.self, `${made.links.self}/content`])) {
      const response = await ask('GET', path, undefined, { 'x-api-key': 'demo-admin' });
      expect([response.status, await codeOf(response)]).toEqual([404, 'EXPORT_UNKNOWN']);
    }
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
  ])('is refused for %s', async (_, body, status) => {
    expect((await ask('POST', '/v1/exports', body)).status).toBe(status);
  });

  it('needs a scope that * does not cover', async () => {
    const response = await ask('POST', '/v1/exports', wanted(), { 'x-api-key': 'demo-people' });
    expect([response.status, await codeOf(response)]).toEqual([403, 'SCOPE_MISSING']);
  });
});
