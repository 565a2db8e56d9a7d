import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { createUploadRoutes } from '../../../functions/edge/upload-routes.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createCredentialChooser } from '../../../shared/credentials/choose.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../../shared/uploads/allowance.ts';
import { createUploads } from '../../../shared/uploads/upload.ts';
import { createTestPipeline } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';

const path = '/api/rest/v1.0/entities/experiment:e1/children/a.bin';

/** The routes as the function wires them, with an upload of `app` that is ready to be forwarded. */
const create = async (overrides: Parameters<typeof createTestPipeline>[1] = {}) => {
  const { url, seen } = await startUpstream((_request, response) => {
    response.writeHead(201, { 'content-type': 'application/vnd.api+json' }).end('{"data":{"id":"made"}}');
  });
  const { pipeline, registry } = await createTestPipeline(url, overrides);
  const store = createMemoryUploadStore();
  const bytes = createMemoryUploadBytes();
  const reads = { failing: false };
  const uploads = createUploads({
    store: {
      ...store,
      read: (id) => (reads.failing ? Promise.reject(new Error('throttled')) : store.read(id)),
    },
    bytes,
    allowance: createAllowance(createMemoryAllowanceStore(), store, systemClock, {
      mostOpen: 20,
      mostBytesPerDay: 1_000,
    }),
    clock: systemClock,
    warn: () => {},
  });
  const mediaType = 'application/octet-stream';
  const { consumer = { id: 'app' } } = (await registry.findByKeyHash(hashKey('app'))) ?? {};
  const { upload } = await uploads.create(consumer, { method: 'POST', path, mediaType, sizeBytes: 1 });
  bytes.put(upload.id, Buffer.from('x'));
  const idempotency = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: 24,
    onFailure: () => {},
    pause: async () => {},
  });
  const handle = createUploadRoutes({ pipelines: [pipeline], uploads, clock: systemClock, idempotency });
  const requestBy = (key: string, parts: Partial<HttpRequest> = {}, named?: string): HttpRequest => ({
    requestId: 'request-1',
    method: 'POST',
    route: '/v1/uploads/{uploadId}/forward',
    path: `/v1/uploads/${upload.id}/forward`,
    query: [],
    headers: [
      ['x-api-key', key],
      ['idempotency-key', 'k1'],
      ...(named === undefined ? [] : [['x-on-behalf-of', named] as const]),
    ],
    body: undefined,
    publicUrl: 'https://facade.example.com/prod',
    deadlineMillis: Date.now() + 3_600_000,
    ...parts,
  });
  return {
    forward: (key = 'app', named?: string) => handle(requestBy(key, {}, named), {}),
    begin: (named: string) => {
      const attributes = { method: 'POST', path, mediaType, sizeBytes: 1 };
      const body = Buffer.from(JSON.stringify({ data: { type: 'upload', attributes } }));
      return handle(requestBy('app', { route: '/v1/uploads', path: '/v1/uploads', body }, named), {});
    },
    stateOf: async () => (await store.read(upload.id))?.state,
    registry,
    reads,
    seen,
  };
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

describe('an upload whose forward failed before anything was sent', () => {
  it('may be forwarded again, as when the keys of the tenant could not be read', async () => {
    let isDown = true;
    const service: Credential = { kind: 'service', id: 'a', principal: 'service:signals:a', secret: 'key' };
    const choose = async (): Promise<Credential> => {
      if (isDown) throw new AppError('CREDENTIAL_STORE_UNAVAILABLE');
      return service;
    };
    const { forward, stateOf, seen } = await create({
      credentials: createCredentialChooser({ choose, observe: async () => {} }),
    });
    await expect(forward()).rejects.toMatchObject({ code: 'CREDENTIAL_STORE_UNAVAILABLE' });
    expect([await stateOf(), seen.length]).toEqual(['waiting', 0]);
    isDown = false;
    expect((await forward()).status).toBe(201);
  });
});

describe('an upload for a person', () => {
  const service: Credential = { kind: 'service', id: 'a', principal: 'service:signals:a', secret: 'key' };
  const anna: Credential = { kind: 'user', id: 't', principal: 'user:signals:101', secret: 'token' };
  const app: Consumer = { id: 'app', scopes: ['*:*'], state: 'active', actsAs: ['user', 'service'] };
  const linked = new Set(['anna']);
  const credentials = createCredentialChooser(
    { choose: async () => service, observe: async () => {} },
    {
      find: async (_upstream, _holder, subject) => (linked.has(subject) ? anna : undefined),
      observe: async () => {},
      linkUrl: async () => 'https://facade.example.com/oauth/start?ticket=t',
    },
  );
  const actingAs = ({ headers }: Awaited<ReturnType<Awaited<ReturnType<typeof create>>['forward']>>) =>
    headers.filter(([name]) => name === 'x-acting-as');

  it('is refused before its bytes are sent, when the person has no link', async () => {
    const { begin, registry } = await create({ credentials });
    await registry.save(app, hashKey('app'));
    expect((await begin('anna')).status).toBe(201);
    await expect(begin('bert')).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
  });

  it('is not forwarded as the service account, and waits until the person has a link', async () => {
    const { forward, registry, stateOf, seen } = await create({ credentials });
    await registry.save(app, hashKey('app'));
    await expect(forward('app', 'carl')).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect([await stateOf(), seen.length]).toEqual(['waiting', 0]);
    linked.add('carl');
    expect(actingAs(await forward('app', 'carl'))).toEqual([['x-acting-as', 'user']]);
    expect(actingAs(await forward('app', 'carl'))).toEqual([['x-acting-as', 'user']]);
    expect(seen).toHaveLength(1);
  });

  it('gets no answer repeated that the service account was given', async () => {
    const { forward, registry, seen } = await create({ credentials });
    await registry.save({ ...app, withoutLink: 'service' }, hashKey('app'));
    expect(actingAs(await forward('app', 'bert'))).toEqual([['x-acting-as', 'service']]);
    expect(actingAs(await forward('app', 'bert'))).toEqual([['x-acting-as', 'service']]);
    await registry.save(app, hashKey('app-now'));
    await expect(forward('app-now', 'bert')).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect(seen).toHaveLength(1);
  });
});
