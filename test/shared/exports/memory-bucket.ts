/** A bucket in memory: files of several parts, and small files. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PartUploads } from '../../../shared/exports/part-uploads.ts';
import type { RunFiles } from '../../../shared/exports/run-files.ts';

export const createMemoryBucket = (nowMillis: () => number) => {
  const made = new Map<string, Buffer>();
  /** Bytes of each file that was ever made, also of those that were removed. */
  const sizes = new Map<string, number>();
  const open = new Map<
    string,
    { readonly key: string; readonly startedAtMillis: number; readonly parts: Map<number, Buffer> }
  >();
  let ids = 0;
  const tagOf = (part: Buffer): string => createHash('md5').update(part).digest('hex');
  const inOrder = (parts: ReadonlyMap<number, Buffer>): Buffer[] =>
    [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  const uploads: PartUploads = {
    async open(key) {
      const uploadId = `upload-${++ids}`;
      open.set(uploadId, { key, startedAtMillis: nowMillis(), parts: new Map() });
      return uploadId;
    },
    async putPart(_key, uploadId, number, bytes) {
      open.get(uploadId)?.parts.set(number, Buffer.from(bytes));
      return tagOf(Buffer.from(bytes));
    },
    async complete(key, uploadId, tags) {
      const upload = open.get(uploadId);
      if (!upload) return;
      const parts = inOrder(upload.parts).slice(0, tags.length);
      if (parts.map(tagOf).join() !== tags.join()) throw new Error('InvalidPart');
      made.set(key, Buffer.concat(parts));
      sizes.set(key, made.get(key)?.byteLength ?? 0);
      open.delete(uploadId);
    },
    listOpen: async (key) => [...open].flatMap(([id, upload]) => (upload.key === key ? [id] : [])),
    listOpenUnder: async (prefix) =>
      [...open].flatMap(([uploadId, { key, startedAtMillis }]) =>
        key.startsWith(prefix) ? [{ key, uploadId, startedAtMillis }] : [],
      ),
    async abort(_key, uploadId) {
      open.delete(uploadId);
    },
    sizeOf: async (key) => made.get(key)?.byteLength,
  };
  const files: RunFiles = {
    async open({ key }, range) {
      const bytes = made.get(key);
      return bytes && Readable.from([range ? bytes.subarray(range.first, range.last + 1) : bytes]);
    },
    async put(key, _mediaType, bytes) {
      made.set(key, Buffer.from(bytes));
      sizes.set(key, bytes.byteLength);
    },
    async removeUnder(prefix) {
      for (const key of made.keys()) if (key.startsWith(prefix)) made.delete(key);
    },
    partTags: async (_key, uploadId) => inOrder(open.get(uploadId)?.parts ?? new Map()).map(tagOf),
  };
  return { uploads, files, made, sizes, open };
};
