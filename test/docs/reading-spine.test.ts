/**
 * docs/overview.md, "Read a cached GET": each file of the list exists, and a GET that the cache answers runs it. The number of files that
 * such a call runs is the one of the page, so it cannot grow unseen.
 */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { belowBasePath } from '../../shared/pipeline/native-path.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createTestCache } from '../shared/cache/support.ts';
import { invokeStreaming, proxyEvent } from '../support/lambda.ts';
import { createTestPipeline } from '../support/pipeline.ts';
import { startUpstream } from '../support/upstream.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(`${root}docs/overview.md`, 'utf8');
const section = page.split(/^## /m).find((part) => part.startsWith('Read a cached GET')) ?? '';
const spine = [...section.matchAll(/^\d+\. \[`([^`]+)`\]\(\.\.\/([^)]+)\)/gm)].map(([, shown, target]) => [
  shown,
  target,
]);

/** The number of files that the page states. */
const statedFiles = Number(/runs (\d+) files/.exec(section)?.[1]);

/** Vitest runs a function wherever a module reads an imported name. It is not one of the file. */
const isImportedName = (source: string): boolean => /^\(\)\s*=>\s*\{\s*try\s*\{\s*return/.test(source);

/** The product files of which `act` runs at least one function. Importing a file runs none of its functions. */
const filesRunBy = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const session = new Session();
  session.connect();
  await session.post('Debugger.enable');
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await act();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const files: string[] = [];
  for (const { url, scriptId, functions } of result) {
    const file = url.slice(url.indexOf(root) + root.length);
    if (!url.includes(root) || !/^(functions|shared)\//.test(file)) continue;
    const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId });
    const ran = functions.flatMap(({ ranges: [range] }) => (range !== undefined && range.count > 0 ? [range] : []));
    const own = ran.filter(
      ({ startOffset, endOffset }) => startOffset > 0 && !isImportedName(scriptSource.slice(startOffset, endOffset)),
    );
    if (own.length > 0) files.push(file);
  }
  session.disconnect();
  return files.toSorted();
};

describe('a cached GET', () => {
  it('runs every file that the overview names for it, and as many files as it says', async () => {
    const { url } = await startUpstream(({ target }, response) => {
      const links = { self: url + target };
      const data = { type: 'entity', id: 'experiment:e1', links, attributes: { type: 'experiment' } };
      response.writeHead(200, { 'content-type': 'application/vnd.api+json' }).end(JSON.stringify({ links, data }));
    });
    // A handler of its own: other tests of this process connect theirs to a queue of events.
    vi.resetModules();
    const { httpHandler } = await import('../../functions/edge/http-handler.ts');
    const { pipeline } = await createTestPipeline(url, { cache: createTestCache().cache });
    const handler = httpHandler('https://facade.example.com', (request, facts) =>
      pipeline.answer({ ...request, path: belowBasePath(request.path, signalsBasePath) }, facts),
    );
    const read = () =>
      invokeStreaming(
        handler,
        proxyEvent({
          resource: `${signalsBasePath}/{proxy+}`,
          path: `${signalsBasePath}/entities/experiment:e1`,
          headers: { 'x-api-key': 'app' },
        }),
      );
    await read();
    let reply: Awaited<ReturnType<typeof read>> | undefined;
    const files = await filesRunBy(async () => {
      reply = await read();
    });
    expect(reply?.headers['cache-status']).toContain('hit');
    expect(reply?.body.toString()).toContain(`"self":"https://facade.example.com${signalsBasePath}/entities/`);
    expect(spine.length).toBeGreaterThan(10);
    expect(spine.filter(([shown, target]) => shown !== target || !files.includes(target ?? ''))).toEqual([]);
    expect(statedFiles).toBeLessThan(40);
    expect(files.length, `It runs these files:\n${files.join('\n')}`).toBe(statedFiles);
  });
});
