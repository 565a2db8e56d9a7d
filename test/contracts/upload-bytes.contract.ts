import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { UploadBytes } from '../../shared/uploads/upload.ts';

/** `put` stands for the caller: it sends the body to the presigned URL and returns whether it was taken. */
export type UploadBytesUnderTest = {
  readonly bytes: UploadBytes;
  readonly put: (
    id: string,
    transfer: { url: string; headers: Record<string, string> },
    body: Uint8Array,
  ) => Promise<boolean>;
};

export const uploadBytesContract = (name: string, create: () => Promise<UploadBytesUnderTest>) =>
  describe(`UploadBytes contract: ${name}`, () => {
    it('opens what was put, with its length, as often as asked', async () => {
      const { bytes, put } = await create();
      const body = Buffer.from([0, 255, 1, 254]);
      expect(await put('u1', await bytes.presign('u1', 'image/png', body.length), body)).toBe(true);
      for (const _ of [1, 2]) {
        const opened = await bytes.open('u1');
        expect(opened?.lengthBytes).toBe(4);
        expect(opened && (await buffer(opened.stream))).toEqual(body);
      }
    });

    it('opens nothing before the bytes are there and after they were removed', async () => {
      const { bytes, put } = await create();
      expect(await bytes.open('u1')).toBeUndefined();
      await put('u1', await bytes.presign('u1', 'image/png', 1), Buffer.from('x'));
      await bytes.remove('u1');
      await bytes.remove('u1');
      expect(await bytes.open('u1')).toBeUndefined();
    });
  });
