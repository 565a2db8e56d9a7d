/** docs/overview.md, "Read a cached GET": each file of the list exists, and a GET that the cache answers runs it. */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { belowBasePath } from '../../functions/edge/below-base-path.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createTestCache } from '../shared/cache/support.ts';
import { invokeStreaming, proxyEvent } from '../support/lambda.ts';
import { createTestPipeline } from '../support/pipeline.ts';
import { startUpstream } from '../support/upstream.ts';

const { httpHandler } = await import('../../functions/edge/http-handler.ts');

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(`${root}docs/overview.md`, 'utf8');
const section = page.split(/^## /m).find((part) => part.startsWith('Read a cached GET')) ?? '';
const spine = [...section.matchAll(/^\d+\. \[`([^`]+)`\]\(\.\.\/([^)]+)\)/gm)].map(([, shown, target]) => [
  shown,
  target,
]);

/** The files of which `act` runs a function. */
const filesRunBy = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await act();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .map(({ url }) => url.slice(url.indexOf(root) + root.length));
};

describe('a cached GET', () => {
  it('runs every file that the overview names for it', async () => {
    const body = '{"data":{"type":"entity","id":"experiment:e1","attributes":{"type":"experiment"}}}';
    const { url } = await startUpstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.api+json' }).end(body);
    });
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
    let status = '';
    const files = await filesRunBy(async () => {
      status = (await read()).headers['cache-status'] ?? '';
    });
    expect(status).toContain('hit');
    expect(spine.length).toBeGreaterThan(10);
    expect(spine.filter(([shown, target]) => shown !== target || !files.includes(target ?? ''))).toEqual([]);
  });
});
