import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../shared/catalogue/catalogue.ts';
import { createTestPipeline, nativeRequest, upstreamSecret } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';

describe('a second upstream', () => {
  it('needs no more than a table: another base path, authentication and no links', async () => {
    const other = await startUpstream(
      (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"links":{"self":"x"}}'),
    );
    const { pipeline } = await createTestPipeline(other.url, {
      upstream: {
        name: 'signals',
        origin: other.url,
        basePath: '/api',
        catalogue: createCatalogue([]),
        authenticate: (secret: string) => ['authorization', `JWT ${secret}`],
        credentialHeaders: ['x-api-key', 'authorization'],
        hasLinks: false,
      },
    });
    await pipeline.answer(nativeRequest({ path: '/experiments/MQ%3D%3D' }));
    expect(other.seen[0]?.target).toBe('/api/experiments/MQ%3D%3D');
    expect(other.seen[0]?.headers).toContainEqual(['authorization', `JWT ${upstreamSecret}`]);
  });
});
