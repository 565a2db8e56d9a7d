/** One session of an unmodified Signals client, twice: straight at the tenant, and through the facade. */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { pngBytes } from '../../packages/signals-simulator/src/topics/images.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import { createSignalsClient, type Resource, type SignalsClient } from '../support/signals-client.ts';
import type { TestTwin } from '../support/twin.ts';

const mebibyte = 1_048_576;

/** Bytes without a short period, the same for the same seed. */
const randomBlock = (seed: string): Buffer =>
  Buffer.concat(
    Array.from({ length: 997 }, (_, index) =>
      createHash('sha256')
        .update(seed + index)
        .digest(),
    ),
  );

let twin: TestTwin;
useSharedTwin((shared) => {
  twin = shared;
});
beforeAll(() => {
  twin.simulator.tenant.behaviour.jobMillis = 200;
});

const contentHash = (eid: string): string => {
  const hash = createHash('sha256');
  for (const chunk of twin.simulator.tenant.entities.get(eid)?.content?.chunks() ?? []) hash.update(chunk);
  return hash.digest('hex');
};

/** Counts what the tenant gives out of a file from now on. */
const countBytes = (eid: string): (() => number) => {
  const entity = twin.simulator.tenant.entities.get(eid);
  const content = entity?.content;
  if (!entity || !content) throw new Error(`${eid} has no content`);
  let givenBytes = 0;
  entity.content = {
    ...content,
    *chunks() {
      for (const chunk of content.chunks()) {
        givenBytes += chunk.byteLength;
        yield chunk;
      }
    },
  };
  return () => givenBytes;
};

type Way = { readonly name: string; connect(): SignalsClient };
const ways: readonly Way[] = [
  { name: 'straight at the tenant', connect: () => createSignalsClient(twin.simulator.url + signalsBasePath, demoKey) },
  { name: 'through the facade', connect: () => createSignalsClient(twin.url + signalsBasePath, 'demo-app') },
];

describe.each(ways)('a client session $name', ({ connect }) => {
  let client: SignalsClient;
  let notebook: Resource;
  let experiment: Resource;
  const run = randomUUID();
  const fresh = async (eid: string): Promise<string> => `digest=${await client.digest(eid)}`;
  const refused = (status: number, code: string) => expect.objectContaining({ status, code });

  beforeAll(() => {
    client = connect();
  });

  it('creates a notebook', async () => {
    notebook = await client.create('journal', `Notebook ${run}`);
    expect(notebook).toMatchObject({ type: 'entity', attributes: { type: 'journal', name: `Notebook ${run}` } });
  });

  it("creates an experiment in it with the notebook's digest, and not with a stale one or none", async () => {
    const before = await fresh(notebook.id);
    experiment = await client.create('experiment', 'Run 1', notebook.id, before);
    expect(experiment.attributes.name).toBe('Run 1');
    expect(await fresh(notebook.id)).not.toBe(before);
    const again = client.create('experiment', 'Run 2', notebook.id, before);
    await expect(again).rejects.toEqual(refused(428, 'DigestNotMatch'));
    await expect(client.create('experiment', 'Run 2', notebook.id)).rejects.toEqual(refused(400, 'BadRequest'));
    const forced = await client.create('experiment', 'Run 2', notebook.id, 'force=true');
    expect(forced.attributes.name).toBe('Run 2');
  });

  it('is refused a name that the notebook has already', async () => {
    const twice = client.create('experiment', 'Run 1', notebook.id, await fresh(notebook.id));
    await expect(twice).rejects.toMatchObject({ status: 409 });
  });

  it('adds text, and reads it back', async () => {
    const html = Buffer.from('<html><body><p>Couple the halide – früh</p></body></html>');
    const text = await client.upload(experiment.id, 'Aim', await fresh(experiment.id), html, 'text/html');
    expect(text.attributes.type).toBe('text');
    expect(await client.download(text.id)).toEqual(html);
  });

  it('uploads a PNG, with a fresh digest only', async () => {
    const png = pngBytes(200, 150, 4);
    const stale = await fresh(experiment.id);
    const image = await client.upload(experiment.id, 'gel.png', stale, png, 'image/png');
    expect(image.attributes.type).toBe('imageResource');
    expect(await client.download(image.id)).toEqual(png);
    const late = client.upload(experiment.id, 'gel 2.png', stale, png, 'image/png');
    await expect(late).rejects.toEqual(refused(428, 'DigestNotMatch'));
  });

  it('uploads a binary of 4 MiB and gets the same bytes back', async () => {
    const bytes = Buffer.alloc(4 * mebibyte, randomBlock(run));
    const guard = await fresh(experiment.id);
    const file = await client.upload(experiment.id, 'spectrum 1.raw', guard, bytes, 'application/octet-stream');
    expect((await client.download(file.id)).equals(bytes)).toBe(true);
  });

  it('downloads 60 MiB, which nobody on the way holds for a client that reads slowly', async () => {
    const given = countBytes(demoIds.file60MiB);
    const response = await client.fetchRaw('GET', `/entities/${demoIds.file60MiB}/export`);
    // All buffers on the way fill up, then nothing moves until the client reads on.
    for (let before = -1; before !== given(); await sleep(300)) before = given();
    expect(given()).toBeLessThan(40 * mebibyte);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of response.body ?? []) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
    }
    expect(sizeBytes).toBe(60 * mebibyte);
    expect(response.headers.get('content-length')).toBe(String(sizeBytes));
    expect(hash.digest('hex')).toBe(contentHash(demoIds.file60MiB));
  });

  it("fills a table's rows with the table's digest", async () => {
    const guard = await fresh(experiment.id);
    const grid = await client.create('grid', 'Results', experiment.id, guard, demoIds.gridTemplate);
    const columns = (await client.one('GET', `/adt/${grid.id}/_column`)).attributes.columns as { key: string }[];
    const row = (value: string, more: object = {}) => ({
      type: 'adtRow',
      attributes: { cells: [{ key: columns[0]?.key, content: { value } }], ...more },
    });
    const stale = await fresh(grid.id);
    const first = await client.one('POST', `/adt/${grid.id}?${stale}`, { body: { data: row('red') } });
    const late = client.one('POST', `/adt/${grid.id}?${stale}`, { body: { data: row('late') } });
    await expect(late).rejects.toEqual(refused(428, 'DigestNotMatch'));
    const batch = [
      { id: first.id, ...row('crimson', { action: 'update' }) },
      row('green', { action: 'create' }),
      row('blue', { action: 'create' }),
    ];
    await client.call('PATCH', `/adt/${grid.id}?${await fresh(grid.id)}`, { body: { data: batch } });
    const { data } = await client.call('GET', `/adt/${grid.id}`);
    const colours = [data].flat().map(({ attributes }) => {
      const [cell] = attributes.cells as { content: { value: string } }[];
      return cell?.content.value;
    });
    expect(colours).toEqual(['crimson', 'green', 'blue']);
  });

  it('changes a field with the digest of the experiment, and not with an old one', async () => {
    const body = { data: [{ attributes: { name: 'Description', value: 'Changed by the client' } }] };
    const stale = await fresh(experiment.id);
    await client.fetchRaw('PATCH', `/entities/${experiment.id}/properties?${stale}`, { body });
    const late = client.fetchRaw('PATCH', `/entities/${experiment.id}/properties?${stale}`, { body });
    await expect(late).rejects.toEqual(refused(428, 'DigestNotMatch'));
    expect((await client.read(experiment.id)).attributes.description).toBe('Changed by the client');
  });

  it('searches, and follows the links of the pages to the end', async () => {
    const body = { query: { $match: { field: 'name', value: `Notebook ${run}`, mode: 'keyword' } } };
    const { data } = await client.call('POST', '/entities/search', { body });
    expect([data].flat().map(({ attributes }) => attributes.eid)).toEqual([notebook.id]);
    const names: unknown[] = [];
    const path = `/entities/${experiment.id}/children?page[limit]=2`;
    for await (const { attributes } of client.pages(path)) names.push(attributes.name);
    expect(names).toEqual(expect.arrayContaining(['Aim', 'gel.png', 'spectrum 1.raw', 'Results']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('exports the experiment as PDF, polling until it has a length', async () => {
    const job = await client.one('PUT', `/entities/export/pdf?eid=${experiment.id}`);
    const path = `/entities/export/pdf/${job.attributes.fileId}`;
    const length = async (): Promise<number> =>
      Number((await client.fetchRaw('HEAD', path)).headers.get('content-length'));
    while ((await length()) === 0) await sleep(50);
    const announced = await length();
    const pdf = Buffer.from(await (await client.fetchRaw('GET', path)).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.byteLength).toBe(announced);
  });

  it('exports its content in bulk, once only', async () => {
    const job = await client.one('POST', `/entities/export/bulk?eid=${experiment.id}&depth=-1`);
    const path = `/entities/export/bulk/${job.attributes.jobId}`;
    while ((await client.one('GET', path)).attributes.status !== 'COMPLETED') await sleep(50);
    const contents = await client.fetchRaw('GET', `${path}/contents`);
    expect(contents.headers.get('content-type')).toMatch(/^multipart\/mixed/);
    expect(await contents.text()).toContain('table of content');
    await expect(client.fetchRaw('GET', `${path}/contents`)).rejects.toMatchObject({ status: 404 });
  });

  it('trashes the experiment with its digest, and cannot do so twice', async () => {
    const late = client.fetchRaw('DELETE', `/entities/${experiment.id}?digest=1`);
    await expect(late).rejects.toEqual(refused(428, 'DigestNotMatch'));
    const gone = await client.fetchRaw('DELETE', `/entities/${experiment.id}?${await fresh(experiment.id)}`);
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    expect((await client.read(experiment.id)).attributes.flags).toMatchObject({ isTrashed: true });
    const twice = client.fetchRaw('DELETE', `/entities/${experiment.id}?force=true`);
    await expect(twice).rejects.toEqual(refused(403, 'PreconditionFailed'));
  });
});
