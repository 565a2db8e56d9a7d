/** Puts the manifest of a run beside its files. The same run makes the same bytes. */
import { createHash } from 'node:crypto';
import { objectKeyOf, type StoredFile } from './export-record.ts';
import type { Workshop } from './kind.ts';
import { type Manifest, manifestObject } from './manifest.ts';

export const storeManifest = async (
  { read, change, files }: Pick<Workshop, 'read' | 'change' | 'files'>,
  manifest: Manifest,
): Promise<StoredFile> => {
  const { name } = await read();
  const bytes = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  const key = objectKeyOf(name, manifestObject);
  await files.put(key, 'application/json', bytes);
  await change({ fileName: manifestObject });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { key, mediaType: 'application/json', sizeBytes: bytes.byteLength, sha256 };
};
