/** The documents of a first visit keep their word: each snippet answers as the text says. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../local/start/settings.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { hasRequests, runPython, withoutRequests } from '../support/python.ts';
import { type Reader, useReader } from '../support/reader.ts';
import { blocks, curls } from '../support/snippets.ts';
import type { TestTwin } from '../support/twin.ts';

describe('the first documents', () => {
  let twin: TestTwin;
  let folder: string;
  let run: Reader['run'];
  useReader((reader) => {
    ({ twin, folder, run } = reader);
  });

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
    const answer = (await response.json()) as { errors: { id: string; links: { type: string } }[] };
    const served = example.replace('http://127.0.0.1:4000', twin.url);
    const wanted = JSON.parse(served) as { errors: { id: string }[] };
    expect(answer.errors).toEqual(wanted.errors.map((error) => ({ ...error, id: answer.errors[0]?.id })));
    expect(response.headers.get('x-request-id')).toBe(answer.errors[0]?.id);
    const explanation = await fetch(answer.errors[0]?.links.type ?? '');
    expect([explanation.status, await explanation.text()]).toEqual([
      200,
      expect.stringContaining('<tr id="SCOPE_MISSING">'),
    ]);
  });
});
