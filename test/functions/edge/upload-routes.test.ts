import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { createForwardCaller, createUploadRoutes } from '../../../functions/edge/upload-routes.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { idempotently } from '../../../shared/idempotency/on-routes.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createMemoryUploadBytes, createMemoryUploadStore } from '../../../shared/uploads/adapters/memory.ts';
import { createUploads } from '../../../shared/uploads/upload.ts';
import { createTestPipeline } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';

const path = '/api/rest/v1.0/entities/experiment:e1/children/a.bin';

/** The routes as the function wires them, with an upload of `app` that is ready to be forwarded. */
const create = async () => {
  const { url, seen } = await startUpstream((_request, response) => {
    response.writeHead(201, { 'content-type': 'application/vnd.api+json' }).end('{"data":{"id":"made"}}');
  });
  const { pipeline, registry } = await createTestPipeline(url);
  const store = createMemoryUploadStore();
  const bytes = createMemoryUploadBytes();
  const reads = { failing: false };
  const uploads = createUploads(
    {
      ...store,
      read: (id) => (reads.failing ? Promise.reject(new Error('throttled')) : store.read(id)),
    },
    bytes,
    systemClock,
    () => {},
  );
  const mediaType = 'application/octet-stream';
  const { upload } = await uploads.create('app', { method: 'POST', path, mediaType, sizeBytes: 1 });
  bytes.put(upload.id, Buffer.from('x'));
  const idempotency = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: 24,
    onFailure: () => {},
    pause: async () => {},
  });
  const handle = idempotently(
    idempotency,
    createForwardCaller(pipeline, uploads),
    () => 'keep',
    createUploadRoutes(pipeline, uploads, systemClock),
    ({ sends = [] }) => sends.length > 0,
  );
  const requestBy = (key: string): HttpRequest => ({
    requestId: 'request-1',
    method: 'POST',
    route: '/v1/uploads/{uploadId}/forward',
    path: `/v1/uploads/${upload.id}/forward`,
    pathParameters: { uploadId: upload.id },
    query: [],
    headers: [
      ['x-api-key', key],
      ['idempotency-key', 'k1'],
    ],
    body: undefined,
    publicUrl: 'https://facade.example.com/prod',
    deadlineMillis: Date.now() + 30_000,
  });
  return { forward: (key = 'app') => handle(requestBy(key), {}), registry, reads, seen };
};

describe('the forward call of an upload under a key', () => {
  it('is sent once, and its answer repeated', async () => {
    const { forward, seen } = await create();
    expect((await forward()).status).toBe(201);
    const again = await forward();
    expect(again.headers).toContainEqual(['idempotency-replayed', 'true']);
    expect(seen).toHaveLength(1);
  });

  it('has no answer repeated to a consumer that has lost the scope of what it forwarded', async () => {
    const { forward, registry } = await create();
    await forward();
    await registry.save({ id: 'app', scopes: ['*:read'], state: 'active' }, hashKey('app-now'));
    await expect(forward('app-now')).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
  });

  it('keeps no failure that came before anything was sent', async () => {
    const { forward, reads, seen } = await create();
    reads.failing = true;
    await expect(forward()).rejects.toThrow('throttled');
    reads.failing = false;
    expect((await forward()).status).toBe(201);
    expect(seen).toHaveLength(1);
  });
});
