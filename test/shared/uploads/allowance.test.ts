/** How many uploads a consumer may have: when a slot is taken, when it becomes free, and the text of a refusal. */
import { describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../../shared/errors/app-error.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../../shared/uploads/allowance.ts';
import { createUploads, type NewUpload, uploadLifeSeconds } from '../../../shared/uploads/upload.ts';

const mebibyte = 1_048_576;
const limits = { mostOpen: 3, mostBytesPerDay: 1_024 * mebibyte };
const noon = Date.parse('2026-03-01T12:00:00Z');
const wanted: NewUpload = { method: 'POST', path: '/api/rest/v1.0/x', mediaType: 'image/png', sizeBytes: 1 };

/** Some instances of the facade over the same stores. */
const start = () => {
  const clock = { millis: noon, nowMillis: () => clock.millis };
  const bytes = createMemoryUploadBytes();
  const store = createMemoryUploadStore();
  const tallies = createMemoryAllowanceStore();
  const warn = vi.fn();
  const instance = () => {
    const allowance = createAllowance(tallies, store, clock, limits);
    return createUploads({ store, bytes, allowance, clock, warn });
  };
  const [uploads, other] = [instance(), instance()];
  const create = async (sizeBytes = 1, consumerId = 'app') =>
    (await uploads.create({ id: consumerId }, { ...wanted, sizeBytes })).upload;
  const fill = async () => {
    const made = [];
    for (let count = 0; count < limits.mostOpen; count += 1) {
      made.push(await create());
      clock.millis += 1_000;
    }
    return made as [(typeof made)[0], ...typeof made];
  };
  const forward = async (id: string, status: number) => {
    bytes.put(id, Buffer.from('x'));
    return uploads.forward(id, { id: 'app' }, true, clock.millis + 60_000, async () => ({ status }));
  };
  const refusal = (sizeBytes = 1) =>
    create(sizeBytes).then(
      () => undefined,
      (error: AppError) => error,
    );
  return { clock, bytes, store, tallies, warn, uploads, other, create, fill, forward, refusal };
};

describe('the slots of a consumer', () => {
  it('are its own, also when another consumer had its id before', async () => {
    const { uploads, fill, create } = start();
    await fill();
    const again = { id: 'app', incarnation: '2' };
    const { upload } = await uploads.create(again, { ...wanted, sizeBytes: limits.mostBytesPerDay });
    await uploads.remove(upload.id, again);
    expect((await uploads.create(again, wanted).catch((error: AppError) => error)) as AppError).toMatchObject({
      code: 'UPLOAD_LIMIT',
    });
    await expect(create()).rejects.toMatchObject({ code: 'UPLOAD_LIMIT' });
  });

  it('are refused beyond the limit, with what it is, which is the oldest and when that ends', async () => {
    const { fill, refusal, create } = start();
    const [oldest] = await fill();
    const refused = await refusal();
    expect(refused?.code).toBe('UPLOAD_LIMIT');
    expect(refused?.facts.detail).toContain('3 uploads of yours are open, and at most 3 may be.');
    expect(refused?.facts.detail).toContain(`${oldest.id}, ends by itself at 2026-03-02T12:00:00.000Z`);
    expect(refused?.facts.retryAfterSeconds).toBe(uploadLifeSeconds - 3);
    await create(1, 'another consumer');
  });

  it('are given to as many as there are, over instances that ask at once', async () => {
    const { uploads, other } = start();
    const asked = Array.from({ length: 10 }, (_, index) => (index % 2 ? uploads : other).create({ id: 'app' }, wanted));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(limits.mostOpen);
  });

  it.each([
    ['was forwarded', 201],
    ['was forwarded, with an empty answer', 204],
  ])('are free again when an upload %s', async (_what, status) => {
    const { fill, forward, refusal } = start();
    const [first] = await fill();
    await forward(first.id, status);
    expect(await refusal()).toBeUndefined();
    expect((await refusal())?.code).toBe('UPLOAD_LIMIT');
  });

  it('are free again when an upload was deleted, and when one has expired', async () => {
    const { clock, fill, uploads, refusal } = start();
    const [first] = await fill();
    await uploads.remove(first.id, { id: 'app' });
    expect(await refusal()).toBeUndefined();
    expect((await refusal())?.code).toBe('UPLOAD_LIMIT');
    clock.millis = noon + uploadLifeSeconds * 1_000 + 1_000;
    expect(await refusal()).toBeUndefined();
  });

  it.each([
    ['refused by the tenant', 428],
    ['of an unknown outcome', 500],
  ])('stay taken by an upload that is %s: it may be forwarded again', async (_what, status) => {
    const { fill, forward, refusal } = start();
    const [first] = await fill();
    await forward(first.id, status);
    expect((await refusal())?.code).toBe('UPLOAD_LIMIT');
    await forward(first.id, 201);
    expect(await refusal()).toBeUndefined();
  });

  it('are free again when an upload could not be made', async () => {
    const { bytes, store, create, refusal } = start();
    vi.spyOn(store, 'create').mockRejectedValueOnce(new Error('table away'));
    await expect(create()).rejects.toThrow('table away');
    vi.spyOn(bytes, 'presign').mockRejectedValueOnce(new Error('no credentials'));
    await expect(create()).rejects.toThrow('no credentials');
    for (let count = 0; count < limits.mostOpen; count += 1) expect(await refusal()).toBeUndefined();
  });

  it('are not lost when the function is killed, or the store fails, before a slot is freed', async () => {
    const { clock, tallies, warn, fill, forward, refusal, uploads } = start();
    const [first, second] = await fill();
    vi.spyOn(tallies, 'release').mockRejectedValueOnce(new Error('throttled'));
    expect(await forward(first.id, 201)).toEqual({ status: 201 });
    vi.spyOn(tallies, 'release').mockRejectedValueOnce(new Error('throttled'));
    await uploads.remove(second?.id ?? '', { id: 'app' });
    expect(warn).toHaveBeenCalledTimes(2);
    clock.millis += 60_000;
    expect([await refusal(), await refusal()]).toEqual([undefined, undefined]);
    expect((await refusal())?.code).toBe('UPLOAD_LIMIT');
  });

  it('are not lost when the function is killed between slot and record, and not given away while it runs', async () => {
    const { clock, store, create, refusal } = start();
    vi.spyOn(store, 'create').mockImplementation(() => new Promise(() => {})); // killed: never settles
    for (let count = 0; count < limits.mostOpen; count += 1) create().catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    vi.mocked(store.create).mockRestore();
    expect((await refusal())?.code).toBe('UPLOAD_LIMIT');
    clock.millis += 60_000;
    expect(await refusal()).toBeUndefined();
  });
});

describe('the bytes of a day', () => {
  it('are refused beyond the limit, with what it is and when the next day begins', async () => {
    const { clock, create, uploads, refusal } = start();
    for (let count = 0; count < 3; count += 1) await uploads.remove((await create(300 * mebibyte)).id, { id: 'app' });
    const refused = await refusal(200 * mebibyte);
    expect(refused?.code).toBe('UPLOAD_LIMIT');
    expect(refused?.facts.detail).toBe(
      'With 0.2 GiB more, the uploads that you have announced on 2026-03-01 (UTC) would have 1.07 GiB; at most 1 GiB a day are taken. The next day begins at 2026-03-02T00:00:00.000Z.',
    );
    expect(refused?.facts.retryAfterSeconds).toBe(43_200);
    expect(await refusal(124 * mebibyte)).toBeUndefined();
    clock.millis = Date.parse('2026-03-02T00:00:00Z');
    expect(await refusal(300 * mebibyte)).toBeUndefined();
  });
});
