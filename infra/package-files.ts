/** The files of a bundled function: what its start loads, and what it loads later. Read from the bundle itself, not from a list of esbuild. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const entry = 'index.mjs';

/** `from"./chunk-X.mjs"` and `import"./chunk-X.mjs"` are loaded with the file, `import("./s3-X.mjs")` when it is called. */
const importPattern = /(?:\bfrom|\bimport)\s*(\()?\s*"\.\/([^"/]+\.mjs)"/g;

export type PackageFiles = {
  /** Loaded before the handler can run. */
  readonly start: readonly string[];
  /** Loaded by a dynamic import. */
  readonly later: readonly string[];
};

type Imports = { readonly now: readonly string[]; readonly later: readonly string[] };

const importsOf = (code: string): Imports => {
  const found = [...code.matchAll(importPattern)].map(([, bracket, name = '']) => ({
    isLater: bracket !== undefined,
    name,
  }));
  const names = (isLater: boolean) => found.filter((one) => one.isLater === isLater).map(({ name }) => name);
  return { now: names(false), later: names(true) };
};

/** @param folder of a bundled function. @throws if a file that is imported does not exist. */
export const readPackageFiles = async (folder: string): Promise<PackageFiles> => {
  const read = new Map<string, Imports>();
  const follow = async (
    name: string,
    next: (imports: Imports) => readonly string[],
    into: Set<string>,
  ): Promise<void> => {
    if (into.has(name)) return;
    into.add(name);
    const imports = read.get(name) ?? importsOf(await readFile(join(folder, name), 'utf8'));
    read.set(name, imports);
    for (const imported of next(imports)) await follow(imported, next, into);
  };
  const start = new Set<string>();
  await follow(entry, ({ now }) => now, start);
  const all = new Set<string>();
  await follow(entry, ({ now, later }) => [...now, ...later], all);
  return { start: [...start], later: [...all].filter((name) => !start.has(name)) };
};

export const bytesOf = async (folder: string, names: readonly string[]): Promise<number> => {
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** Removes the files of earlier bundles, whose names have another hash. Folders stay, such as that of the assets. */
export const removeOldFiles = async (folder: string, { start, later }: PackageFiles): Promise<void> => {
  const kept = new Set([...start, ...later].flatMap((name) => [name, `${name}.map`]));
  const present = await readdir(folder, { withFileTypes: true });
  const old = present.filter((one) => !one.isDirectory() && !kept.has(one.name));
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
};
