/** The documents of each topic keep their word: each snippet answers as the text says. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askAt } from '../../local/incidents/ask-facade.ts';
import { projectRoot } from '../../local/start/settings.ts';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { type Reader, useReader } from '../support/reader.ts';
import { blocks, curls } from '../support/snippets.ts';
import type { TestTwin } from '../support/twin.ts';

describe('the documents of topics', () => {
  let twin: TestTwin;
  let folder: string;
  let run: Reader['run'];
  useReader((reader) => {
    ({ twin, folder, run } = reader);
  });

  it('docs/uploads.md: three steps bring 30 MiB into the tenant', async () => {
    const sizeBytes = 31_457_280;
    await writeFile(join(folder, 'run.bin'), Buffer.alloc(sizeBytes, 'run'));
    const [announce = '', put = '', forward = '', ...others] = curls('docs/uploads.md');
    expect(others).toEqual([]);
    const digest = twin.simulator.tenant.entities.get(demoIds.experiment)?.digest;
    const filled = announce.replace('experiment:...', demoIds.experiment).replace('digest=...', `digest=${digest}`);
    const announced = await run(filled);
    expect(announced.status, announced.body).toBe(201);
    const { data } = JSON.parse(announced.body) as { data: { id: string; links: { upload: string } } };
    expect((await run(put, { UPLOAD_LINK: data.links.upload })).status).toBe(200);
    const forwarded = await run(forward, { ID: data.id });
    expect(forwarded.status, forwarded.body).toBe(201);
    const made = JSON.parse(forwarded.body) as { data: { id: string; attributes: { name: string } } };
    expect(made.data.attributes.name).toBe('run.bin');
    expect(twin.simulator.tenant.entities.get(made.data.id)?.content?.sizeBytes).toBe(sizeBytes);
  });

  it('docs/audit.md: the list of uncertain writes answers', async () => {
    const answers = await Promise.all(curls('docs/audit.md').map((command) => run(command)));
    expect(answers.map(({ status }) => status)).toEqual([200]);
  });

  it('docs/consumers.md: the key from a file says who calls', async () => {
    await writeFile(join(folder, 'ops.key'), 'demo-admin');
    const [command = '', ...others] = curls('docs/consumers.md').filter((one) => one.includes('API_URL'));
    expect(others).toEqual([]);
    const { status, body } = await run(command, { API_URL: twin.url });
    expect([status, JSON.parse(body).data.id]).toEqual([200, 'demo-admin']);
  });

  it('docs/consumers.md: tokens of the demo issuer are taken for a person and for an application, and not when they have expired', async () => {
    const [person = '', application = '', expired = '', rotation = '', ...others] = curls('docs/consumers.md').filter(
      (one) => one.includes(':4030'),
    );
    expect(others).toEqual([]);
    const me = await run(person);
    expect([me.status, JSON.parse(me.body).data]).toEqual([
      200,
      expect.objectContaining({ id: 'demo-people', attributes: expect.objectContaining({ onBehalfOf: 'anna' }) }),
    ]);
    expect((await run(application)).status).toBe(200);
    expect((await run(expired)).status).toBe(401);
    const rotated = await run(rotation);
    expect([rotated.status, JSON.parse(rotated.body).keys.length]).toEqual([200, 2]);
  });

  it('docs/consumers.md: the command gives the client of an application to a consumer', async () => {
    const [command = '', ...others] = blocks('docs/consumers.md', 'sh').filter((one) =>
      one.includes('consumers create'),
    );
    expect(others).toEqual([]);
    const script = `${process.execPath} --disable-warning=ExperimentalWarning ${join(projectRoot, 'local/operator/main.ts')}`;
    await run(command.replace('npm run operator --', script));
    const { status, document } = await askAt(twin.url)('GET', '/v1/consumers/my-app', 'demo-admin');
    expect([status, document.data.attributes]).toMatchObject([
      200,
      { scopes: ['*:read'], oidc: { clientId: 'my-app' } },
    ]);
  });

  it('docs/idempotency.md: the creation, sent twice, makes one experiment', async () => {
    const [command = '', ...others] = curls('docs/idempotency.md');
    expect(others).toEqual([]);
    const [first, second] = [await run(command), await run(command)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(JSON.parse(second.body).data.id).toBe(JSON.parse(first.body).data.id);
  });

  it.each(curls('docs/tokens.md'))(
    'docs/tokens.md: the link leads to the page where the person agrees: %s',
    async (command) => {
      const { status, body } = await run(command);
      expect(status, body).toBe(201);
      const url = JSON.parse(body).data.attributes?.url ?? JSON.parse(body).data.links?.start;
      const page = await fetch(url);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('demo-people')]);
    },
  );

  it('docs/notifications.md: the request makes a subscription with a queue', async () => {
    const [command = '', ...others] = curls('docs/notifications.md');
    expect(others).toEqual([]);
    const { status, body } = await run(command);
    expect(status, body).toBe(201);
    const { attributes } = JSON.parse(body).data;
    expect([attributes.state, attributes.queueUrl]).toEqual(['active', expect.stringMatching(/\.fifo$/)]);
  });

  it('docs/exports.md: each request makes an export of its kind', async () => {
    const commands = curls('docs/exports.md');
    const asked = await Promise.all(commands.map((command) => run(command)));
    expect(asked.map(({ status, body }) => [status, JSON.parse(body).data.attributes.kind])).toEqual([
      [202, 'pdf'],
      [202, 'bulk'],
      [202, 'materials'],
      [202, 'extract'],
    ]);
  });

  it('docs/materials.md: each request is answered as the text says', async () => {
    const [library = '', batches = '', batch = '', items = '', ...others] = curls('docs/materials.md');
    const [container = '', location = '', well = '', ...more] = others;
    expect(more).toEqual([]);
    const answers = await Promise.all([library, batches, batch, items, well].map((command) => run(command)));
    const [page, listed, single, found, position] = answers.map(({ status, body }) => {
      expect(status, body).toBe(200);
      return JSON.parse(body);
    });
    expect([page.data.length, page.meta.isTruncated]).toEqual([10, expect.any(Boolean)]);
    expect(listed.data[0].attributes.structure).toEqual(expect.any(String));
    expect(single.data.attributes.name).toBe('0001-0001');
    expect(found.data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
      'Container-0001',
    ]);
    expect(position.data.attributes).toEqual({ row: 7, column: 11, index: 95 });
    for (const command of [container, location]) {
      const made = await run(command);
      expect(made.status, made.body).toBe(201);
      expect((await run(command)).status).toBe(409);
    }
  });

  it('docs/entities.md: each request is answered as the text says', async () => {
    const [page = '', added = '', ...others] = curls('docs/entities.md');
    const [file = '', files = '', changed = '', templates = '', users = '', ...more] = others;
    expect(more).toEqual([]);
    const documentOf = async (command: string, expected: number) => {
      const { status, body } = await run(command);
      expect(status, body).toBe(expected);
      return JSON.parse(body);
    };
    const rows = await documentOf(page, 200);
    expect(rows.meta.columns[0].name).toBe('Colour');
    const cells = (await documentOf(added, 201)).data.map(
      (row: { attributes: { cells: object } }) => row.attributes.cells,
    );
    expect(cells).toEqual([{ Colour: 'red', Mass: '2.5 g' }, { Colour: 'blue' }]);
    const { id } = (await documentOf(file, 201)).data;
    expect((await documentOf(files, 200)).data.map((one: { id: string }) => one.id)).toContain(id);
    expect((await documentOf(changed, 200)).data.attributes.properties.Description).toBe('Third run, at 60 °C');
    expect((await documentOf(templates, 200)).data[0].attributes.kind).toBe('experiment');
    expect((await documentOf(users, 200)).Resources).toHaveLength(5);
  });

  it('docs/external-actions.md: the experiment of the demo tenant is not ready, by either method', async () => {
    const commands = nonEmpty(curls('docs/external-actions.md'));
    const answers = await Promise.all(commands.map((command) => run(command)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of answers) {
      expect(body).toContain('data-verdict="abort"');
      expect(body).toContain('A child named “Safety Sheet” of the type excel is needed.');
    }
  });

  it('docs/archive.md: the list of the archive answers, a legal hold is placed, and nothing is verified yet', async () => {
    const [list = '', following = '', hold = '', verification = '', ...others] = curls('docs/archive.md');
    expect(others).toEqual([]);
    for (const one of [list, following]) {
      const { status, body } = await run(one);
      expect([status, JSON.parse(body).data]).toEqual([200, []]);
    }
    const placed = await run(hold);
    expect([placed.status, JSON.parse(placed.body).data.attributes.state]).toEqual([201, 'held']);
    const found = await run(verification);
    expect([found.status, JSON.parse(found.body).data.attributes.faults]).toEqual([200, []]);
  });
});
