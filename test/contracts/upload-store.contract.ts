import { describe, expect, it } from 'vitest';
import type { Upload, UploadStore } from '../../shared/uploads/upload-record.ts';

const upload = (id: string, parts: Partial<Upload> = {}): Upload => ({
  id,
  consumerId: 'app',
  method: 'POST',
  path: '/api/rest/v1.0/entities/e1/children/a.bin?digest=1',
  mediaType: 'application/octet-stream',
  sizeBytes: 1,
  state: 'waiting',
  createdAtMillis: 1,
  deleteAtSeconds: 4_102_444_800,
  ...parts,
});

export const uploadStoreContract = (name: string, create: () => Promise<UploadStore>) =>
  describe(`UploadStore contract: ${name}`, () => {
    it('gives back what was written, and nothing for an unknown id', async () => {
      const store = await create();
      await store.create(upload('u1'));
      expect(await store.read('u1')).toEqual(upload('u1'));
      expect(await store.read('u2')).toBeUndefined();
    });

    it('lets exactly one of many replace the same state', async () => {
      const store = await create();
      await store.create(upload('u1'));
      const tries = Array.from({ length: 20 }, (_, index) =>
        store.replace(upload('u1'), upload('u1', { state: 'forwarding', leaseUntilMillis: index })),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    it('refuses to replace when state or lease have moved on', async () => {
      const store = await create();
      const leased = upload('u1', { state: 'forwarding', leaseUntilMillis: 1 });
      await store.create(leased);
      expect(await store.replace(upload('u1'), upload('u1', { state: 'forwarded' }))).toBe(false);
      expect(await store.replace({ ...leased, leaseUntilMillis: 2 }, upload('u1'))).toBe(false);
      expect(await store.replace(leased, upload('u1', { state: 'forwarded', answerStatus: 201 }))).toBe(true);
      expect(await store.read('u1')).toEqual(upload('u1', { state: 'forwarded', answerStatus: 201 }));
    });

    it('forgets what was removed, and removing twice is no error', async () => {
      const store = await create();
      await store.create(upload('u1'));
      await store.remove('u1');
      await store.remove('u1');
      expect(await store.read('u1')).toBeUndefined();
    });

    it('refuses to replace what is gone', async () => {
      const store = await create();
      expect(await store.replace(upload('u1'), upload('u1', { state: 'forwarding' }))).toBe(false);
    });
  });
