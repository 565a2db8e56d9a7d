/** Which calls are repeated, when, and how often. */
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../../../test/support/non-empty.ts';
import { systemClock } from '../src/clock.ts';
import { failure, fakeFacade, type Handle, json } from './fake-facade.ts';

const busy =
  (headers: Readonly<Record<string, string>> = {}, status = 503): Handle =>
  () =>
    failure(status, 'BUSY', headers);
const done: Handle = () => json({ data: [] });
const upload = {
  data: { type: 'upload', attributes: { method: 'POST', path: '/x', mediaType: 'a/b', sizeBytes: 1 } },
} as const;
const entity = { data: { type: 'experiment', attributes: { name: 'Made once' } } } as const;
const wish = { data: { type: 'export', attributes: { kind: 'materials', library: 'Compounds' } } } as const;

describe('a repeatable call', () => {
  it.each([429, 503])('is repeated after a %i, when Retry-After says', async (status) => {
    const date = new Date('2026-06-01T08:00:10Z').toUTCString();
    const handles = [busy({ 'retry-after': '3' }, status), busy({ 'retry-after': date }, status), done];
    const { client, seen, waits } = fakeFacade(handles);
    expect((await client.GET('/v1/exports')).data).toEqual({ data: [] });
    expect([seen.length, waits]).toEqual([3, [3_000, 7_000]]);
  });

  it('waits a second, then twice as long each time, where no answer says how long', async () => {
    const { client, seen, waits } = fakeFacade([busy()]);
    await expect(client.GET('/v1/exports')).rejects.toMatchObject({ status: 503, code: 'BUSY' });
    expect([seen.length, waits]).toEqual([5, [1_000, 2_000, 4_000, 8_000]]);
  });

  it.each(['-5', 'soon', ''])('takes Retry-After: "%s" for no answer to that', async (value) => {
    const { client, waits } = fakeFacade([busy({ 'retry-after': value }), done]);
    await client.GET('/v1/exports');
    expect(waits).toEqual([1_000]);
  });

  it('is not repeated later than the total time allows', async () => {
    const { client, seen, waits } = fakeFacade([busy({ 'retry-after': '40' })]);
    await expect(client.GET('/v1/exports')).rejects.toMatchObject({ retryAfterSeconds: 40 });
    expect([seen.length, waits]).toEqual([2, [40_000]]);
  });

  it('is repeated as often as the policy says', async () => {
    const { client, seen } = fakeFacade([busy()], { retries: { most: 0, totalMillis: 1_000 } });
    await expect(client.GET('/v1/exports')).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  it('sends its whole body each time, and one Idempotency-Key', async () => {
    const { client, seen } = fakeFacade([busy(), busy(), () => json({ data: {} }, 202)]);
    await client.POST('/v1/exports', { params: { header: { 'Idempotency-Key': 'k1' } }, body: wish });
    expect(seen.map(({ body }) => JSON.parse(body))).toEqual([wish, wish, wish]);
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1', 'k1']);
  });

  it('is a native POST with a valid key that changes something', async () => {
    const { client, seen } = fakeFacade([busy(), () => json({ data: {} }, 201)]);
    const headers = { 'Idempotency-Key': '"k1"' };
    await client.POST('/api/rest/v1.0/entities', { body: entity, headers });
    expect(seen).toHaveLength(2);
  });

  it('of every method that is safe to repeat', async () => {
    const path = { uploadId: 'u1' };
    const { client, seen } = fakeFacade([busy(), done]);
    await client.DELETE('/v1/uploads/{uploadId}', { params: { path } });
    expect(seen).toHaveLength(2);
  });

  it('ends with the reason of its signal while it waits', async () => {
    const { client, seen } = fakeFacade([busy()], { clock: systemClock });
    const reason = new Error('no longer wanted');
    const controller = new AbortController();
    const outcome = client.GET('/v1/exports', { signal: controller.signal });
    await expect.poll(() => seen.length).toBe(1);
    controller.abort(reason);
    await expect(outcome).rejects.toBe(reason);
  });
});

describe('a call that is not repeated', () => {
  it('is a POST without an Idempotency-Key', async () => {
    const { client, seen } = fakeFacade([busy({ 'retry-after': '1' }, 429), done]);
    await expect(client.POST('/v1/uploads', { body: upload })).rejects.toMatchObject({ status: 429 });
    expect(seen).toHaveLength(1);
  });

  it.each(['', 'k 1', 'k1, k2', '"k1', 'k\u00e9', 'k'.repeat(256)])(
    'is a POST with the key `%s`, which the facade ignores',
    async (key) => {
      const { client, seen } = fakeFacade([busy(), done]);
      const headers = { 'Idempotency-Key': key };
      await expect(client.POST('/api/rest/v1.0/entities', { body: entity, headers })).rejects.toThrow('BUSY');
      expect(seen).toHaveLength(1);
    },
  );

  it('is a POST of an operation on which keys have no effect', async () => {
    const headers = { 'Idempotency-Key': 'k1' };
    const own = fakeFacade([busy(), done]);
    await expect(own.client.POST('/v1/uploads', { body: upload, headers })).rejects.toThrow('BUSY');
    const native = fakeFacade([busy(), done]);
    const search = native.client.POST('/api/rest/v1.0/entities/search', { body: { data: {} }, headers });
    await expect(search).rejects.toThrow('BUSY');
    expect([own.seen.length, native.seen.length]).toEqual([1, 1]);
  });

  it('is a PATCH, also with an Idempotency-Key, which the facade knows on POST only', async () => {
    const { client, seen } = fakeFacade([busy(), done]);
    const params = { path: { consumerId: 'app' } };
    const body = { data: { type: 'consumer', id: 'app', attributes: {} } } as const;
    const headers = { 'Idempotency-Key': 'k1' };
    await expect(client.PATCH('/v1/consumers/{consumerId}', { params, body, headers })).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  it('has another status', async () => {
    for (const status of nonEmpty([400, 403, 404, 409, 500, 502, 504])) {
      const { client, seen } = fakeFacade([busy({ 'retry-after': '1' }, status), done]);
      await expect(client.GET('/v1/exports')).rejects.toMatchObject({ status });
      expect(seen).toHaveLength(1);
    }
  });

  it('has the first answer under its key again, which stays as it is', async () => {
    const { client, seen } = fakeFacade([busy({ 'idempotency-replayed': 'true', 'retry-after': '1' }), done]);
    const headers = { 'Idempotency-Key': 'k1' };
    const outcome = client.POST('/api/rest/v1.0/entities', { body: entity, headers });
    await expect(outcome).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  it('has had no answer', async () => {
    const { client, seen } = fakeFacade([() => new TypeError('fetch failed')]);
    await expect(client.GET('/v1/exports')).rejects.toThrow('fetch failed');
    expect(seen).toHaveLength(1);
  });
});
