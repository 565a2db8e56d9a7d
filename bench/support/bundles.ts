/** Bundles to compare: every function as it is deployed, and small references built with the same settings. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { bundling } from '../../shared/config/bundling.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export type Bundle = {
  readonly name: string;
  readonly isFunction: boolean;
  /** The file to import. */
  readonly path: string;
  /** Of the files that a start loads. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Of the files that are loaded when they are used. */
  readonly laterBytes: number;
  /** Bytes of a start by npm package, largest first; the project's own code is `(own code)`. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
};

/** Bundles for comparison: a handler that does nothing, and one that only makes the DynamoDB client. */
const sources: Readonly<Record<string, string>> = {
  'empty handler': `export const handler = async () => ({ statusCode: 204 });`,
  'DynamoDB client alone': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
const client = DynamoDBDocumentClient.from(new DynamoDBClient());
export const handler = async () => client.send(new GetCommand({ TableName: 'bench', Key: { pk: 'a', sk: 'b' } }));`,
};
/** The largest start, with all code in one file: what splitting saves. */
const unsplit = 'native';

const inNewProcess = promisify(execFile);

type BundledFunction = {
  readonly name: string;
  readonly folder: string;
  readonly startFiles: readonly string[];
  readonly bundleBytes: number;
  readonly metafile: string;
};

/** The bundles that are deployed, from the project's own bundler. */
const bundleFunctions = async (): Promise<BundledFunction[]> => {
  const bundler = new URL('../../infra/bundle.ts', import.meta.url).href;
  const script = `const { bundleFunctions } = await import('${bundler}'); process.stdout.write(JSON.stringify(await bundleFunctions()));`;
  const { stdout } = await inNewProcess(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout);
};

type Outputs = Metafile['outputs'];

/** Into one file, by the settings of the functions otherwise. */
const compile = async (entry: { in: string } | { source: string }): Promise<{ code: Buffer; outputs: Outputs }> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectRoot,
    ...('in' in entry
      ? { entryPoints: [{ in: entry.in, out: 'index' }] }
      : { stdin: { contents: entry.source, resolveDir: projectRoot, loader: 'ts' } }),
    outdir: join(projectRoot, 'dist/bench'),
    entryNames: 'index',
    ...bundling,
    splitting: false,
    mainFields: [...bundling.mainFields],
    logLevel: 'silent',
  });
  const file = outputFiles.find(({ path }) => path.endsWith('.mjs'));
  return { code: Buffer.from(file?.contents ?? []), outputs: metafile.outputs };
};

/** `node_modules/@aws-sdk/core/dist-es/index.js` belongs to `@aws-sdk/core`. */
const packageOf = (input: string): string => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? '(own code)';

const packagesOf = (outputs: Outputs, startFiles: readonly string[]): [string, number][] => {
  const bytesByPackage = new Map<string, number>();
  const start = Object.entries(outputs).filter(([path]) => startFiles.includes(basename(path)));
  for (const [input, { bytesInOutput }] of start.flatMap(([, { inputs }]) => Object.entries(inputs))) {
    const name = packageOf(input);
    bytesByPackage.set(name, (bytesByPackage.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytesByPackage].sort(([, a], [, b]) => b - a);
};

const functionBundle = async ({
  name,
  folder,
  startFiles,
  bundleBytes,
  metafile,
}: BundledFunction): Promise<Bundle> => {
  const codes = await Promise.all(startFiles.map((file) => readFile(join(folder, file))));
  const bytes = codes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    name,
    isFunction: true,
    path: join(folder, 'index.mjs'),
    bytes,
    gzipBytes: codes.reduce((sum, code) => sum + gzipSync(code).byteLength, 0),
    laterBytes: bundleBytes - bytes,
    packages: packagesOf(JSON.parse(await readFile(metafile, 'utf8')), startFiles),
  };
};

const referenceBundle = async (name: string, entry: Parameters<typeof compile>[0], folder: string): Promise<Bundle> => {
  const { code, outputs } = await compile(entry);
  const path = join(folder, name.replaceAll(' ', '-'), 'index.mjs');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return {
    ...{ name, isFunction: false, path, bytes: code.byteLength, gzipBytes: gzipSync(code).byteLength, laterBytes: 0 },
    packages: packagesOf(outputs, ['index.mjs']),
  };
};

/** @param folder where the references are written; it must outlive their use. */
export const createBundles = async (folder: string): Promise<Bundle[]> => {
  const functions = await bundleFunctions();
  return Promise.all([
    ...Object.entries(sources).map(([name, source]) => referenceBundle(name, { source }, folder)),
    referenceBundle(`${unsplit} in one file`, { in: `functions/${unsplit}.ts` }, folder),
    ...functions.map(functionBundle),
  ]);
};
