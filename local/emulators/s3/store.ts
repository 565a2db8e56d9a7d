/**
 * Buckets and objects on disk. The index is in memory; one JSON file per key holds all its versions and is replaced in
 * one synchronous step, so that requests never interleave inside a change and a killed process leaves the state before
 * or after it. Bytes are files of their own that never change; those that no version names are removed at start.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../state-folder.ts';
import type { Bucket, BucketSettings, ObjectVersion } from './model.ts';
import { S3Error } from './s3-error.ts';

export type Store = ReturnType<typeof openStore>;

type KeyFile = { readonly key: string; readonly versions: readonly ObjectVersion[] };

export const openStore = (folder: string) => {
  const path = {
    buckets: join(folder, 'buckets'),
    blobs: join(folder, 'blobs'),
    incoming: join(folder, 'incoming'),
    uploads: join(folder, 'uploads'),
  };
  rmSync(path.incoming, { recursive: true, force: true });
  for (const each of Object.values(path)) mkdirSync(each, { recursive: true });
  const buckets = loadBuckets(path.buckets);
  removeStrayBlobs(path.blobs, buckets);
  removeCompletedUploads(path.uploads, buckets);

  const keyFile = (bucket: Bucket, key: string) =>
    join(path.buckets, bucket.settings.name, 'keys', `${createHash('sha256').update(key).digest('hex')}.json`);
  const saveSettings = ({ settings }: Bucket) =>
    replaceFile(join(path.buckets, settings.name, 'bucket.json'), JSON.stringify(settings));
  const blobPath = (blob: string) => join(path.blobs, blob);

  return {
    uploadsFolder: path.uploads,
    blobPath,
    buckets: (): Bucket[] => [...buckets.values()],
    /** @throws S3Error NoSuchBucket */
    bucket(name: string): Bucket {
      const bucket = buckets.get(name);
      if (!bucket) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
      return bucket;
    },
    hasBucket: (name: string): boolean => buckets.has(name),
    addBucket(settings: BucketSettings): void {
      const bucket: Bucket = { settings, keys: new Map(), deletions: new Map() };
      mkdirSync(join(path.buckets, settings.name, 'keys'), { recursive: true });
      saveSettings(bucket);
      buckets.set(settings.name, bucket);
    },
    saveSettings,
    removeBucket({ settings }: Bucket): void {
      rmSync(join(path.buckets, settings.name), { recursive: true, force: true });
      buckets.delete(settings.name);
    },
    /** A file to write bytes into; it becomes a blob by `keepBlob`, or is swept at the next start. */
    newIncomingPath: (): string => join(path.incoming, randomUUID()),
    keepBlob(incomingPath: string): string {
      const blob = randomUUID();
      renameSync(incomingPath, blobPath(blob));
      return blob;
    },
    /** A second name for the same bytes, which never change. */
    copyBlob(source: string): string {
      const blob = randomUUID();
      linkSync(blobPath(source), blobPath(blob));
      return blob;
    },
    /** Replaces all versions of a key in one step and removes the bytes that no version of it names any more. */
    saveVersions(bucket: Bucket, key: string, versions: readonly ObjectVersion[]): void {
      const before = bucket.keys.get(key) ?? [];
      const file = keyFile(bucket, key);
      if (versions.length === 0) {
        rmSync(file, { force: true });
        bucket.keys.delete(key);
      } else {
        replaceFile(file, JSON.stringify({ key, versions } satisfies KeyFile));
        bucket.keys.set(key, versions);
      }
      const kept = new Set(versions.map(({ blob }) => blob));
      for (const { blob } of before) if (blob && !kept.has(blob)) rmSync(blobPath(blob), { force: true });
    },
  };
};

const loadBuckets = (folder: string): Map<string, Bucket> => {
  const buckets = new Map<string, Bucket>();
  for (const name of readdirSync(folder)) {
    const settingsPath = join(folder, name, 'bucket.json');
    if (!existsSync(settingsPath)) continue; // the process was killed while it made or removed this bucket
    const settings = readJson<BucketSettings>(settingsPath);
    buckets.set(name, { settings, keys: loadKeys(join(folder, name, 'keys')), deletions: new Map() });
  }
  return buckets;
};

const loadKeys = (folder: string): Map<string, readonly ObjectVersion[]> => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => {
      const { key, versions } = readJson<KeyFile>(join(folder, file));
      return [key, versions];
    }),
  );
};

const removeStrayBlobs = (folder: string, buckets: ReadonlyMap<string, Bucket>): void => {
  const named = new Set<string | undefined>();
  for (const { keys } of buckets.values())
    for (const versions of keys.values()) for (const { blob } of versions) named.add(blob);
  for (const blob of readdirSync(folder)) if (!named.has(blob)) rmSync(join(folder, blob));
};

/** An upload is over once its object is there, also when the process was killed before it removed the parts. */
const removeCompletedUploads = (folder: string, buckets: ReadonlyMap<string, Bucket>): void => {
  for (const { keys } of buckets.values())
    for (const { uploadId } of [...keys.values()].flat())
      if (uploadId !== undefined) rmSync(join(folder, uploadId), { recursive: true, force: true });
};

const readJson = <Shape>(path: string): Shape => JSON.parse(readFileSync(path, 'utf8')) as Shape;
