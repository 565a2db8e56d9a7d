import { Readable } from 'node:stream';
import type { Upload, UploadBytes, UploadStore } from '../upload.ts';

export const createMemoryUploadStore = (): UploadStore => {
  const uploads = new Map<string, Upload>();
  return {
    async create(upload) {
      uploads.set(upload.id, upload);
    },
    async read(id) {
      return uploads.get(id);
    },
    async replace(before, after) {
      const current = uploads.get(before.id);
      if (current?.state !== before.state || current.leaseUntilMillis !== before.leaseUntilMillis) return false;
      uploads.set(after.id, after);
      return true;
    },
    async remove(id) {
      uploads.delete(id);
    },
  };
};

/** `put` stands for the caller's PUT to the presigned URL. */
export const createMemoryUploadBytes = (): UploadBytes & { put(id: string, body: Uint8Array): void } => {
  const objects = new Map<string, Uint8Array>();
  return {
    put: (id, body) => objects.set(id, body),
    async presign(id, mediaType) {
      return { url: `memory:${id}`, headers: { 'content-type': mediaType } };
    },
    async open(id) {
      const body = objects.get(id);
      return body && { stream: Readable.from([body]), lengthBytes: body.byteLength };
    },
    async remove(id) {
      objects.delete(id);
    },
  };
};
