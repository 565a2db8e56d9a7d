/** Bundles every Lambda handler, functions/*.ts, into the folder dist/functions/<name>, one run of esbuild for each. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type OutputFile, version } from 'esbuild';
import { bundling } from '../shared/config/bundling.ts';
import { precomputed } from '../shared/config/precomputed.ts';
import { BundleError } from './bundle-error.ts';
import { createBundleRecords } from './bundle-record.ts';
import { writeDocumentAssets } from './document-assets.ts';
import { functionNames } from './function-names.ts';
import { bytesOf, readPackageFiles, removeOldFiles } from './package-files.ts';
import { writeIfChanged } from './write-if-changed.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
/** Where the bundles go: one folder for each function, which is also its deployment package. */
export const bundleRoot = join(projectRoot, 'dist', 'functions');
/** What each bundle was made of. Not in the packages. */
const metafiles = join(projectRoot, 'dist', 'metafiles');

/** Files that a function reads at run time, written into the folder `assets` of its package. */
const assetWriters: Readonly<Record<string, (folder: string) => Promise<void>>> = { documents: writeDocumentAssets };

/** One bundled handler, for tables of sizes. */
export type BundledFunction = {
  readonly name: string;
  readonly folder: string;
  /** Names of the files that a start loads, and their bytes. */
  readonly startFiles: readonly string[];
  readonly startBytes: number;
  /** All code of the package. */
  readonly bundleBytes: number;
  /** Path of esbuild's account of the bundle. */
  readonly metafile: string;
};

/**
 * All that esbuild is told. Each function is built alone: a build of all functions would share files between them, and a start would load
 * parts that only others use.
 */
const esbuildOptions = (name: string) =>
  ({
    absWorkingDir: projectRoot,
    entryPoints: [{ in: `functions/${name}.ts`, out: 'index' }],
    outdir: join(bundleRoot, name),
    ...bundling,
    mainFields: [...bundling.mainFields],
    logLevel: 'silent',
  }) satisfies BuildOptions;

const writeAssets = async (name: string): Promise<void> => assetWriters[name]?.(join(bundleRoot, name, 'assets'));

const removeOldFunctions = async (): Promise<void> => {
  const present = await readdir(bundleRoot).catch(() => []);
  const old = present.filter((name) => !functionNames.includes(name));
  await Promise.all(old.map((name) => rm(join(bundleRoot, name), { recursive: true })));
};

/** npm's own list of the packages that are installed, which imports are resolved to. Without it no two installations are the same. */
const readPackages = (): string => {
  const list = join(projectRoot, 'node_modules', '.package-lock.json');
  return existsSync(list) ? readFileSync(list, 'utf8') : randomUUID();
};

/** Without files that esbuild makes up, such as `(disabled):net`. */
const inputsOf = ({ inputs }: Metafile): string[] => [
  ...Object.keys(inputs).filter((path) => !/^[(<]/.test(path)),
  ...['package.json', 'tsconfig.json', 'shared/config/precomputed.ts', 'shared/config/direct-imports.ts'],
  ...Object.values(precomputed).flat(),
];

const metafileOf = (name: string): string => join(metafiles, `${name}.json`);

/** The entry comes last, so that the files that it names are there. */
const writeBundle = async (files: readonly Pick<OutputFile, 'path' | 'contents'>[]): Promise<void> => {
  const isEntry = ({ path }: Pick<OutputFile, 'path'>): boolean => basename(path) === 'index.mjs';
  const write = ({ path, contents }: Pick<OutputFile, 'path' | 'contents'>) => writeIfChanged(path, contents);
  await Promise.all(files.filter((file) => !isEntry(file)).map(write));
  await Promise.all(files.filter(isEntry).map(write));
};

type Records = ReturnType<typeof createBundleRecords>;
type Run = {
  readonly startMillis: number;
  readonly reuse: boolean;
  readonly packages: string;
  readonly records: Records;
};

const bundleFunction = async (name: string, { startMillis, reuse, packages, records }: Run): Promise<void> => {
  const options = esbuildOptions(name);
  const settings = { version, options, packages };
  if (reuse && records.has(name, settings)) return;
  const { outputFiles, metafile } = await build(options).catch((failure) => {
    throw new BundleError(failure);
  });
  const files = [...outputFiles, { path: metafileOf(name), contents: Buffer.from(JSON.stringify(metafile.outputs)) }];
  await writeBundle(files);
  const outputs = files.map(({ path, contents }) => ({ path: relative(projectRoot, path), contents }));
  await records.write(name, settings, { startMillis, inputs: inputsOf(metafile), outputs });
};

const describe = async (name: string): Promise<BundledFunction> => {
  const folder = join(bundleRoot, name);
  const files = await readPackageFiles(folder);
  await removeOldFiles(folder, files);
  const [startBytes, laterBytes] = await Promise.all([bytesOf(folder, files.start), bytesOf(folder, files.later)]);
  const sizes = { startFiles: files.start, startBytes, bundleBytes: startBytes + laterBytes };
  return { name, folder, ...sizes, metafile: metafileOf(name) };
};

/** Builds at a time. Each takes 0.2 GB, and esbuild uses all processors for one. */
const atOnce = 3;

/**
 * Bundles all handlers.
 * @param reuse takes each bundle that is there if it would be the same: for the twin and the tests, never for a deployment.
 * @throws BundleError if a handler does not compile.
 */
export const bundleFunctions = async ({ reuse = false } = {}): Promise<BundledFunction[]> => {
  const records = createBundleRecords(projectRoot, 'dist/bundles');
  const run: Run = { startMillis: Date.now(), reuse, packages: readPackages(), records };
  const waiting = [...functionNames];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await bundleFunction(name, run);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await removeOldFunctions();
  await Promise.all(functionNames.map(writeAssets));
  return Promise.all(functionNames.map(describe));
};

/** One line for each bundle, such as `native 412 KiB, 230 KiB more when used`. */
export const describeBundles = (bundles: readonly BundledFunction[]): string => {
  const kibibytes = (bytes: number): number => Math.ceil(bytes / 1024);
  return bundles
    .map(({ name, startBytes, bundleBytes }) => {
      const more = bundleBytes > startBytes ? `, ${kibibytes(bundleBytes - startBytes)} KiB more when used` : '';
      return `  ${name.padEnd(14)}${kibibytes(startBytes)} KiB${more}`;
    })
    .join('\n');
};
