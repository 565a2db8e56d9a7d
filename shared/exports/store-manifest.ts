/** Puts the manifest of a run beside its files. The same run makes the same bytes. */
import { createHash } from 'node:crypto';
import { objectKeyOf, type StoredFile } from './export-record.ts';
import { JobFailure } from './job-failure.ts';
import type { Workshop } from './kind.ts';
import { type Manifest, manifestObject, mostManifestBytes } from './manifest.ts';

export const storeManifest = async (
  { read, change, files }: Pick<Workshop, 'read' | 'change' | 'files'>,
  manifest: Manifest,
): Promise<StoredFile> => {
  const { name } = await read();
  const bytes = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  // Names of parts are the tenant's. A list that nobody could read is no result.
  if (bytes.byteLength > mostManifestBytes)
    throw new JobFailure('FILE_UNREADABLE', 'The names in what the tenant gave are too long to be listed.');
  const key = objectKeyOf(name, manifestObject);
  await files.put(key, 'application/json', bytes);
  await change({ fileName: manifestObject });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { key, mediaType: 'application/json', sizeBytes: bytes.byteLength, sha256 };
};
