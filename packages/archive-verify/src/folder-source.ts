/** An archive that was downloaded to a folder, such as by `aws s3 sync`. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { archivePrefixes } from '../../../shared/archive/keys.ts';
import { type ArchiveSource, type Item, SourceUnavailable } from './source.ts';

/** Keys use `/` on every platform. Names that begin with a dot belong to the machine, not to the archive. */
async function* walk(folder: string, prefix: string): AsyncGenerator<Item> {
  const entries = await readdir(join(folder, ...prefix.split('/')), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* walk(folder, `${prefix}${entry.name}/`);
    else yield { key: `${prefix}${entry.name}`, isNoFile: !entry.isFile() };
  }
}

/** @throws SourceUnavailable when there is no such folder */
export const openFolder = async (folder: string): Promise<ArchiveSource> => {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new SourceUnavailable(`There is no folder ${folder}.`);
  return {
    name: `folder ${folder}`,
    isBucket: false,
    async *list() {
      const top = new Set(await readdir(folder));
      for (const prefix of archivePrefixes) if (top.has(prefix.slice(0, -1))) yield* walk(folder, prefix);
    },
    open: async ({ key }) => ({ bytes: createReadStream(join(folder, ...key.split('/'))) }),
  };
};
