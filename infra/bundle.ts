/** Bundles every Lambda handler, functions/*.ts, into dist/functions/<name>/index.mjs in one esbuild call. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, version } from 'esbuild';
import { bundling } from '../shared/config/bundling.ts';
import { BundleError } from './bundle-error.ts';
import { createBundleRecords } from './bundle-record.ts';
import { writeDocumentAssets } from './document-assets.ts';
import { functionNames } from './function-names.ts';
import { writeIfChanged } from './write-if-changed.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
/** Where the bundles go: one folder for each function, which is also its deployment package. */
export const bundleRoot = join(projectRoot, 'dist', 'functions');

/** Files that a function reads at run time, written into the folder `assets` of its package. */
const assetWriters: Readonly<Record<string, (folder: string) => Promise<void>>> = { documents: writeDocumentAssets };

/** One bundled handler, for tables of sizes. */
export type BundledFunction = { readonly name: string; readonly folder: string; readonly bundleBytes: number };

/** All that esbuild is told. */
const esbuildOptions = {
  absWorkingDir: projectRoot,
  entryPoints: functionNames.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
  outdir: bundleRoot,
  ...bundling,
  mainFields: [...bundling.mainFields],
  logLevel: 'silent' as const,
};

const writeAssets = async (name: string): Promise<void> => assetWriters[name]?.(join(bundleRoot, name, 'assets'));

const removeStale = async (names: readonly string[]): Promise<void> => {
  const present = await readdir(bundleRoot).catch(() => []);
  const stale = present.filter((name) => !names.includes(name));
  await Promise.all(stale.map((name) => rm(join(bundleRoot, name), { recursive: true })));
};

const records = createBundleRecords(projectRoot, 'dist/bundles.json');

/** npm's own list of the packages that are installed, which imports are resolved to. Without it no two installations are the same. */
const readPackages = (): string => {
  const list = join(projectRoot, 'node_modules', '.package-lock.json');
  return existsSync(list) ? readFileSync(list, 'utf8') : randomUUID();
};

/** All that decides what esbuild makes of the same files. */
const readSettings = (): unknown => ({ version, esbuildOptions, packages: readPackages() });

/** Without files that esbuild makes up, such as `(disabled):net`. */
const inputsOf = ({ inputs }: Metafile): string[] => [
  ...Object.keys(inputs).filter((path) => !/^[(<]/.test(path)),
  ...['package.json', 'tsconfig.json'],
];

const bundleAnew = async (settings: unknown): Promise<void> => {
  const startMillis = Date.now();
  const { outputFiles, metafile } = await build(esbuildOptions).catch((failure) => {
    throw new BundleError(failure);
  });
  await Promise.all(outputFiles.map(({ path, contents }) => writeIfChanged(path, contents)));
  const outputs = outputFiles.map(({ path, contents }) => ({ path: relative(projectRoot, path), contents }));
  await records.write(settings, { startMillis, inputs: inputsOf(metafile), outputs });
};

/**
 * Bundles all handlers.
 * @param reuse takes the bundles that are there if they would be the same: for the twin and the tests, never for a deployment.
 * @throws BundleError if a handler does not compile.
 */
export const bundleFunctions = async ({ reuse = false } = {}): Promise<BundledFunction[]> => {
  const settings = readSettings();
  if (!reuse || !records.has(settings)) await bundleAnew(settings);
  await removeStale(functionNames);
  await Promise.all(functionNames.map(writeAssets));
  const describe = async (name: string): Promise<BundledFunction> => {
    const folder = join(bundleRoot, name);
    return { name, folder, bundleBytes: (await stat(join(folder, 'index.mjs'))).size };
  };
  return Promise.all(functionNames.map(describe));
};

/** One line for each bundle, such as `native 412 KiB`. */
export const describeBundles = (bundles: readonly BundledFunction[]): string =>
  bundles.map(({ name, bundleBytes }) => `  ${name.padEnd(12)}${Math.ceil(bundleBytes / 1024)} KiB`).join('\n');
