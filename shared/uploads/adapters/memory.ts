import { Readable } from 'node:stream';
import type { AllowanceStore, Tally } from '../allowance.ts';
import type { UploadBytes } from '../upload.ts';
import type { Upload, UploadStore } from '../upload-record.ts';

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

export const createMemoryAllowanceStore = (): AllowanceStore => {
  const tallies = new Map<string, Tally>();
  const tallyOf = (owner: string): Tally => tallies.get(owner) ?? { open: [], day: '', bytes: 0 };
  return {
    async take(owner, { sizeBytes, ...upload }, day, { mostOpen, mostBytesPerDay }) {
      const { open, day: lastDay, bytes } = tallyOf(owner);
      if (open.some(({ id }) => id === upload.id)) return true;
      const total = (lastDay >= day ? bytes : 0) + sizeBytes;
      if (open.length >= mostOpen || total > mostBytesPerDay) return false;
      tallies.set(owner, { open: [...open, upload], day: lastDay >= day ? lastDay : day, bytes: total });
      return true;
    },
    read: async (owner) => tallyOf(owner),
    async release(owner, uploads) {
      const ended = new Set(uploads.map(({ id }) => id));
      const tally = tallyOf(owner);
      tallies.set(owner, { ...tally, open: tally.open.filter(({ id }) => !ended.has(id)) });
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
