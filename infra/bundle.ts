/** Bundles every Lambda handler, functions/*.ts, into dist/functions/<name>/index.mjs in one esbuild call. */
import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../shared/config/bundling.ts';
import { BundleError } from './bundle-error.ts';
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

const compile = (names: readonly string[]) =>
  build({
    absWorkingDir: projectRoot,
    entryPoints: names.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
    outdir: bundleRoot,
    ...bundling,
    mainFields: [...bundling.mainFields],
    logLevel: 'silent',
  });

const writeAssets = async (name: string): Promise<void> => assetWriters[name]?.(join(bundleRoot, name, 'assets'));

const removeStale = async (names: readonly string[]): Promise<void> => {
  const present = await readdir(bundleRoot).catch(() => []);
  const stale = present.filter((name) => !names.includes(name));
  await Promise.all(stale.map((name) => rm(join(bundleRoot, name), { recursive: true })));
};

/**
 * Bundles all handlers. Takes about a second.
 * @throws BundleError if a handler does not compile.
 */
export const bundleFunctions = async (): Promise<BundledFunction[]> => {
  const { outputFiles, metafile } = await compile(functionNames).catch((failure) => {
    throw new BundleError(failure);
  });
  await Promise.all(outputFiles.map(({ path, contents }) => writeIfChanged(path, contents)));
  await removeStale(functionNames);
  await Promise.all(functionNames.map(writeAssets));
  return functionNames.map((name) => {
    const folder = join(bundleRoot, name);
    const output = relative(projectRoot, join(folder, 'index.mjs')).replaceAll('\\', '/');
    return { name, folder, bundleBytes: metafile.outputs[output]?.bytes ?? 0 };
  });
};

/** One line for each bundle, such as `native 412 KiB`. */
export const describeBundles = (bundles: readonly BundledFunction[]): string =>
  bundles.map(({ name, bundleBytes }) => `  ${name.padEnd(12)}${Math.ceil(bundleBytes / 1024)} KiB`).join('\n');
