/** The documents keep their word: snippets answer as the text says, links lead somewhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import GithubSlugger from 'github-slugger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainHeading } from '../../infra/portal/guide.ts';
import { projectRoot } from '../../local/start/settings.ts';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { hasRequests, runPython, withoutRequests } from '../support/python.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import { blocks, curls, readDocument } from '../support/snippets.ts';
import type { TestTwin } from '../support/twin.ts';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: projectRoot })];

type Shown = { readonly status: number; readonly body: string };

describe('the documents', () => {
  let twin: TestTwin;
  let demoIssuer: string;
  let folder: string;
  useSharedTwin((shared, _issuer, itsDemoIssuer) => {
    [twin, demoIssuer] = [shared, itsDemoIssuer];
  });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signals-facade-docs-'));
    // Each answer ends with its status, and nothing is said about progress.
    await writeFile(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs a command as written, with other ports. */
  const run = async (command: string, environment: Record<string, string> = {}): Promise<Shown> => {
    const here = command
      .replaceAll('http://127.0.0.1:4000', twin.url)
      .replaceAll('http://127.0.0.1:4010', twin.simulator.url)
      .replaceAll('http://127.0.0.1:4030', demoIssuer);
    const child = spawn('bash', ['-c', here], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, CURL_HOME: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    if (code !== 0) throw new Error(`${here}\nended with ${code}: ${errors}`);
    const end = output.lastIndexOf('\n');
    return { status: Number(output.slice(end + 1)), body: output.slice(0, end) };
  };

  const linksOf = (value: unknown, isLink = false): string[] => {
    if (typeof value === 'string') return isLink ? [value] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, item]) => linksOf(item, isLink || name === 'links'));
  };
  const expectOwnLinks = (body: string): void => {
    const links = linksOf(JSON.parse(body));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !link.startsWith(`${twin.url}${signalsBasePath}/`))).toEqual([]);
  };

  it('README.md: the first request answers, and every link begins with the facade', async () => {
    const [command, ...others] = curls('README.md');
    expect(others).toEqual([]);
    const { status, body } = await run(command ?? '');
    expect(status).toBe(200);
    expect((JSON.parse(body) as { data: unknown[] }).data).toHaveLength(5);
    expectOwnLinks(body);
  });

  it('README.md: says how many operations there are', () => {
    const operations = readSignalsOperations().length;
    expect(readDocument('README.md')).toContain(`try the other ${operations - 1} operations`);
  });

  it('docs/native-surface.md: the request answers with two users', async () => {
    for (const command of nonEmpty(curls('docs/native-surface.md'))) {
      const { status, body } = await run(command);
      expect(status).toBe(200);
      expect((JSON.parse(body) as { data: unknown[] }).data).toHaveLength(2);
      expectOwnLinks(body);
    }
    expect(curls('docs/native-surface.md')).toHaveLength(1);
  });

  it('packages/signals-simulator/README.md: the request answers with two entities', async () => {
    const [command, ...others] = curls('packages/signals-simulator/README.md');
    expect(others).toEqual([]);
    const { status, body } = await run(command ?? '');
    expect([status, (JSON.parse(body) as { data: unknown[] }).data.length]).toEqual([200, 2]);
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

  it('docs/quick-start.md: the first calls, the script and the program answer', async () => {
    const answers = await Promise.all(curls('docs/quick-start.md').map((command) => run(command)));
    expect(
      answers.map(({ status, body }) => [status, JSON.parse(body).data.type ?? JSON.parse(body).data.length]),
    ).toEqual([
      [200, 'consumer'],
      [200, 2],
      [200, 'quota'],
    ]);
    const [program = '', ...programs] = blocks('docs/quick-start.md', 'ts');
    expect(programs).toEqual([]);
    const client = pathToFileURL(join(projectRoot, 'packages', 'client', 'src', 'index.ts')).href;
    await writeFile(
      join(folder, 'start.mts'),
      program.replace('@signals-facade/client', client).replace('http://127.0.0.1:4000', twin.url),
    );
    expect((await run(`"${process.execPath}" start.mts`)).body).toMatch(/^40 experiments, the first is .+/);
  });

  it.skipIf(!hasRequests)(
    `docs/quick-start.md: the Python script lists pages${hasRequests ? '' : ` (skipped: ${withoutRequests})`}`,
    async () => {
      const [script = '', ...others] = blocks('docs/quick-start.md', 'python');
      expect(others).toEqual([]);
      await writeFile(join(folder, 'start.py'), script);
      const shown = await runPython(join(folder, 'start.py'), { FACADE_URL: twin.url });
      expect(shown).toMatch(/^40 experiments, the first is .+/);
    },
  );

  it('docs/client.md: the program calls, lists, uploads and fetches a PDF', async () => {
    const [program = '', ...others] = blocks('docs/client.md', 'ts');
    expect(others).toEqual([]);
    await writeFile(join(folder, 'plate.bin'), 'bytes');
    const client = pathToFileURL(join(projectRoot, 'packages', 'client', 'src', 'index.ts')).href;
    await writeFile(
      join(folder, 'guide.mts'),
      program.replace('@signals-facade/client', client).replace('http://127.0.0.1:4000', twin.url),
    );
    const { body } = await run(`"${process.execPath}" guide.mts`);
    expect(body.split('\n').slice(0, 4)).toEqual([
      'I am demo-app.',
      expect.stringMatching(/^Run 7 has the digest \d+\.$/),
      expect.stringMatching(/^There are [1-9]\d* experiments or more\.$/),
      'The upload has the status 201.',
    ]);
    const pdf = await readFile(join(folder, 'experiment.pdf'));
    expect(body.split('\n').slice(4)).toEqual([`The PDF has ${pdf.byteLength} bytes.`]);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('docs/deploy.md: the first calls to a deployed stage are well formed', async () => {
    const answers = await Promise.all(
      curls('docs/deploy.md').map((command) => run(command, { API_URL: twin.url, KEY: 'demo-reader' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('docs/errors.md: the example is what the facade answers, but for the id', async () => {
    const [example = ''] = blocks('docs/errors.md', 'json');
    const response = await fetch(`${twin.url}${signalsBasePath}/entities`, {
      method: 'POST',
      headers: { 'x-api-key': 'demo-reader' },
    });
    const answer = (await response.json()) as { errors: { id: string }[] };
    const wanted = JSON.parse(example) as { errors: { id: string }[] };
    expect(answer.errors).toEqual(wanted.errors.map((error) => ({ ...error, id: answer.errors[0]?.id })));
    expect(response.headers.get('x-request-id')).toBe(answer.errors[0]?.id);
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

  it('docs/idempotency.md: the creation, sent twice, makes one experiment', async () => {
    const [command = '', ...others] = curls('docs/idempotency.md');
    expect(others).toEqual([]);
    const [first, second] = [await run(command), await run(command)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(JSON.parse(second.body).data.id).toBe(JSON.parse(first.body).data.id);
  });

  it('docs/tokens.md: the link leads to the page where the person agrees', async () => {
    const [command = '', ...others] = curls('docs/tokens.md');
    expect(others).toEqual([]);
    const { status, body } = await run(command);
    expect(status, body).toBe(201);
    const url = JSON.parse(body).data.attributes?.url ?? JSON.parse(body).data.links?.start;
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('demo-people')]);
  });

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

  it('have no snippet with curl that is not run here', () => {
    const native = [
      'README.md',
      'docs/quick-start.md',
      'docs/native-surface.md',
      'docs/uploads.md',
      'packages/signals-simulator/README.md',
      'docs/deploy.md',
    ];
    // Those of docs/browsers.md need a stage that lists an origin: test/e2e/browsers/cross-origin.ts. Guides run as a whole: guides.test.ts.
    const known = [
      ...native,
      'docs/browsers.md',
      'docs/audit.md',
      'docs/consumers.md',
      'docs/idempotency.md',
      'docs/tokens.md',
      'docs/notifications.md',
      'docs/exports.md',
      'docs/materials.md',
      'docs/entities.md',
      'docs/external-actions.md',
      'docs/archive.md',
      'docs/lists-and-sources.md',
      'docs/people.md',
      'docs/workflows.md',
      'docs/registration.md',
    ];
    const others = documents.filter((file) => curls(file).length > 0 && !known.includes(file));
    expect(others).toEqual([]);
  });

  it('name no script that package.json does not have', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) =>
      [...readDocument(file).matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  /** Of a document: the addresses of its headings, as GitHub makes them. */
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const slugger = new GithubSlugger();
    const text = readFileSync(file, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugger.slug(plainHeading(heading))));
  };

  it.each(documents)('%s links to what exists', (file) => {
    const targets = [...readDocument(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const missing = targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#');
        const found = path === '' ? resolve(projectRoot, file) : resolve(projectRoot, dirname(file), path);
        if (!existsSync(found)) return true;
        return anchor !== undefined && found.endsWith('.md') && !anchorsOf(found).has(anchor);
      });
    expect(missing).toEqual([]);
  });
});
