import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../../shared/uploads/allowance.ts';
import { createUploads, type NewUpload, uploadLifeSeconds, uploadUrlSeconds } from '../../../shared/uploads/upload.ts';

const wanted: NewUpload = {
  method: 'POST',
  path: '/api/rest/v1.0/entities/e1/children/a.bin',
  mediaType: 'image/png',
  sizeBytes: 1,
};
const leaseMillis = 60_000;
const app = { id: 'app', incarnation: 'c_1' };

const start = async () => {
  const clock = { millis: 1_000_000, nowMillis: () => clock.millis };
  const bytes = createMemoryUploadBytes();
  const store = createMemoryUploadStore();
  const warn = vi.fn();
  const allowance = createAllowance(createMemoryAllowanceStore(), store, clock, {
    mostOpen: 2,
    mostBytesPerDay: 10,
  });
  const uploads = createUploads({ store, bytes, allowance, clock, warn });
  const { upload } = await uploads.create(app, wanted);
  bytes.put(upload.id, Buffer.from('x'));
  const forward = (send: () => Promise<{ status: number }>, again = false) =>
    uploads.forward(upload.id, app, again, clock.millis + leaseMillis, send);
  const stateNow = async () => (await uploads.find(upload.id, app)).state;
  return { clock, bytes, store, warn, uploads, id: upload.id, forward, stateNow };
};

const answering = (status: number) => async () => ({ status });

describe('forward', () => {
  it('sends the bytes once and forgets them after a 2xx', async () => {
    const { bytes, forward, id, stateNow } = await start();
    expect(await forward(answering(201))).toEqual({ status: 201 });
    expect(await stateNow()).toBe('forwarded');
    expect(await bytes.open(id)).toBeUndefined();
    await expect(forward(answering(201))).rejects.toMatchObject({ code: 'UPLOAD_DONE' });
  });

  it('keeps the bytes after a 4xx, so that a stale digest needs no second upload', async () => {
    const { forward, stateNow } = await start();
    expect(await forward(answering(428))).toEqual({ status: 428 });
    expect(await stateNow()).toBe('waiting');
    expect(await forward(answering(201))).toEqual({ status: 201 });
  });

  it.each([
    ['a 5xx', answering(500)],
    ['no answer', () => Promise.reject(new AppError('UPSTREAM_LATE'))],
    ['an unknown failure', () => Promise.reject(new Error('x'))],
  ])('calls the outcome uncertain after %s and repeats only on demand', async (_name, send) => {
    const { forward, stateNow } = await start();
    await forward(send).catch(() => {});
    expect(await stateNow()).toBe('uncertain');
    await expect(forward(answering(201))).rejects.toMatchObject({ code: 'UPLOAD_UNCERTAIN' });
    expect(await forward(answering(201), true)).toEqual({ status: 201 });
  });

  it('answers as the tenant did when the record or the bytes give trouble afterwards', async () => {
    const { bytes, forward, warn } = await start();
    vi.spyOn(bytes, 'remove').mockRejectedValue(new Error('SlowDown'));
    expect(await forward(answering(201))).toEqual({ status: 201 });
    const other = await start();
    const replace = other.store.replace;
    vi.spyOn(other.store, 'replace').mockImplementationOnce(replace).mockRejectedValueOnce(new Error('throttled'));
    expect(await other.forward(answering(201))).toEqual({ status: 201 });
    expect([warn.mock.calls.length, other.warn.mock.calls.length]).toEqual([1, 1]);
  });

  it('may be forwarded again when the tenant was never reached', async () => {
    const { forward, stateNow } = await start();
    await forward(() => Promise.reject(new AppError('UPSTREAM_UNREACHABLE', { sent: false }))).catch(() => {});
    expect(await stateNow()).toBe('waiting');
  });

  it('may be tried again when the facade refused before sending', async () => {
    const { forward, stateNow } = await start();
    await expect(forward(() => Promise.reject(new AppError('TOO_MANY_REQUESTS')))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect(await stateNow()).toBe('waiting');
  });

  it('lets one of many concurrent calls through', async () => {
    const { forward } = await start();
    const send = vi.fn(answering(201));
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => forward(send)));
    expect(send).toHaveBeenCalledTimes(1);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('calls a forward uncertain when its function died, once the lease has ended', async () => {
    const { clock, forward } = await start();
    forward(() => new Promise(() => {})).catch(() => {}); // killed in the middle: never settles
    await new Promise((resolve) => setImmediate(resolve));
    await expect(forward(answering(201))).rejects.toMatchObject({ code: 'UPLOAD_BUSY' });
    clock.millis += leaseMillis;
    await expect(forward(answering(201))).rejects.toMatchObject({ code: 'UPLOAD_UNCERTAIN' });
    expect(await forward(answering(201), true)).toEqual({ status: 201 });
  });

  it('asks for the bytes when there are none', async () => {
    const { bytes, forward, id, stateNow } = await start();
    await bytes.remove(id);
    await expect(forward(answering(201))).rejects.toMatchObject({ code: 'UPLOAD_EMPTY' });
    expect(await stateNow()).toBe('waiting');
  });
});

describe('the refusal of a forward without bytes', () => {
  const detailOf = (forwarding: Promise<unknown>): Promise<unknown> =>
    forwarding.then(
      () => 'it was forwarded',
      (error: AppError) => [error.code, error.facts.detail],
    );

  it('says until when the link works, and once it has ended that another upload is needed', async () => {
    const { bytes, clock, forward, id } = await start();
    await bytes.remove(id);
    clock.millis += uploadUrlSeconds * 1_000 - 1;
    const end = new Date(1_000_000 + uploadUrlSeconds * 1_000).toISOString();
    const inTime = await detailOf(forward(answering(201)));
    expect(inTime).toEqual(['UPLOAD_EMPTY', expect.stringMatching(/links\.upload.*uploadHeaders/)]);
    expect(inTime).toEqual(['UPLOAD_EMPTY', expect.stringContaining(`before ${end}`)]);
    clock.millis += 1;
    expect(await detailOf(forward(answering(201)))).toEqual([
      'UPLOAD_EMPTY',
      expect.stringMatching(`ended at ${end}. Delete this upload and create a new one.`),
    ]);
  });

  it('asks for no second PUT where the tenant may have taken the bytes', async () => {
    const { clock, forward, store } = await start();
    const replace = store.replace;
    vi.spyOn(store, 'replace').mockImplementationOnce(replace).mockRejectedValueOnce(new Error('throttled'));
    expect(await forward(answering(201))).toEqual({ status: 201 });
    clock.millis += leaseMillis;
    const [code, detail] = (await detailOf(forward(answering(201), true))) as [string, string];
    expect([code, detail]).toEqual(['UPLOAD_EMPTY', expect.stringContaining('Look in the tenant')]);
    expect(detail).not.toContain('PUT');
  });
});

describe('an upload', () => {
  it.each([
    ['another consumer', { id: 'other', incarnation: 'c_1' }],
    ['a consumer that has got the id later', { id: 'app', incarnation: 'c_2' }],
  ])('is not for %s to see, forward or remove', async (_, other) => {
    const { id, uploads } = await start();
    await expect(uploads.find(id, other)).rejects.toMatchObject({ code: 'UPLOAD_UNKNOWN' });
    await expect(uploads.remove(id, other)).rejects.toMatchObject({ code: 'UPLOAD_UNKNOWN' });
    await expect(uploads.forward(id, other, true, 0, answering(201))).rejects.toMatchObject({
      code: 'UPLOAD_UNKNOWN',
    });
  });

  it('is gone after its life, also while the table still has it', async () => {
    const { clock, id, uploads } = await start();
    clock.millis += uploadLifeSeconds * 1_000;
    await expect(uploads.find(id, app)).rejects.toMatchObject({ code: 'UPLOAD_UNKNOWN' });
  });

  it('is gone with its bytes when it is removed', async () => {
    const { bytes, id, uploads } = await start();
    await uploads.remove(id, app);
    await expect(uploads.find(id, app)).rejects.toMatchObject({ code: 'UPLOAD_UNKNOWN' });
    expect(await bytes.open(id)).toBeUndefined();
  });
});
