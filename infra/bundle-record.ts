/**
 * What the bundles were made of. Bundling takes half a minute of a processor, so equal bundles are not made again: when every file that went
 * in or came out, the options and the installed packages are byte for byte the same, so would be the outcome. Each bundle has a record.
 */
import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeIfChanged } from './write-if-changed.ts';

const BundleRecord = z.strictObject({ settings: z.string(), files: z.record(z.string(), z.string()) });

const hashOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Paths are relative to the root. */
type Made = {
  /** Before any file was read. */
  readonly startMillis: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly path: string; readonly contents: Uint8Array }[];
};

type BundleRecords = {
  /** Whether the bundle of this name with these settings is there, made of the files as they are now. */
  has(name: string, settings: unknown): boolean;
  /** Writes down what was made. Nothing is written down when a file that went in may have changed meanwhile. */
  write(name: string, settings: unknown, made: Made): Promise<void>;
};

/**
 * For one run: each file is read once, because most bundles are made of the same files.
 * @param root of the project. @param folder where the records are kept, relative to it.
 */
export const createBundleRecords = (root: string, folder: string): BundleRecords => {
  const hashes = new Map<string, string>();
  const hashOfFile = (path: string): string => {
    const hash = hashes.get(path) ?? hashOf(readFileSync(join(root, path)));
    hashes.set(path, hash);
    return hash;
  };
  const fileOf = (name: string): string => join(root, folder, `${name}.json`);
  return {
    has: (name, settings) => {
      try {
        const record = BundleRecord.parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
        const files = Object.entries(record.files);
        return (
          record.settings === hashOf(JSON.stringify(settings)) &&
          files.length > 0 &&
          files.every(([path, hash]) => hashOfFile(path) === hash)
        );
      } catch {
        // No record, one of another version, or a file that is gone.
        return false;
      }
    },
    write: async (name, settings, { startMillis, inputs, outputs }) => {
      // A file that is moved into place keeps its time of change, but not that of its inode.
      const isNew = ({ mtimeMs, ctimeMs }: Stats): boolean => Math.max(mtimeMs, ctimeMs) >= startMillis;
      if (inputs.some((path) => isNew(statSync(join(root, path))))) return;
      const record: z.output<typeof BundleRecord> = {
        settings: hashOf(JSON.stringify(settings)),
        files: {
          ...Object.fromEntries(inputs.map((path) => [path, hashOfFile(path)])),
          ...Object.fromEntries(outputs.map(({ path, contents }) => [path, hashOf(contents)])),
        },
      };
      await writeIfChanged(fileOf(name), Buffer.from(JSON.stringify(record)));
    },
  };
};
