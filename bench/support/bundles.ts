/** Bundles to compare: every function as it is deployed, and small references built with the same settings. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Bytes of the bundle by npm package, largest first; the project's own code is `(own code)`. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
};

/** Bundles for comparison: a handler that does nothing, and one that only makes the DynamoDB client. */
const references: Readonly<Record<string, string>> = {
  'empty handler': `export const handler = async () => ({ statusCode: 204 });`,
  'DynamoDB client alone': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
const client = DynamoDBDocumentClient.from(new DynamoDBClient());
export const handler = async () => client.send(new GetCommand({ TableName: 'bench', Key: { pk: 'a', sk: 'b' } }));`,
};

const inNewProcess = promisify(execFile);

/** The bundles that are deployed, from the project's own bundler: name and folder of each. */
const bundleFunctions = async (): Promise<{ readonly name: string; readonly folder: string }[]> => {
  const bundler = new URL('../../infra/bundle.ts', import.meta.url).href;
  const script = `const { bundleFunctions } = await import('${bundler}'); process.stdout.write(JSON.stringify(await bundleFunctions()));`;
  const { stdout } = await inNewProcess(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout);
};

/** As the stack bundles, by the same settings; `expectSameBytes` notices when that is no longer so. */
const compile = async (entry: { in: string } | { source: string }): Promise<{ code: Buffer; metafile: Metafile }> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectRoot,
    ...('in' in entry
      ? { entryPoints: [{ in: entry.in, out: 'index' }] }
      : { stdin: { contents: entry.source, resolveDir: projectRoot, loader: 'ts' } }),
    outdir: join(projectRoot, 'dist/bench'),
    entryNames: 'index',
    ...bundling,
    mainFields: [...bundling.mainFields],
    logLevel: 'silent',
  });
  const file = outputFiles.find(({ path }) => path.endsWith('.mjs'));
  return { code: Buffer.from(file?.contents ?? []), metafile };
};

/** `node_modules/@aws-sdk/core/dist-es/index.js` belongs to `@aws-sdk/core`. */
const packageOf = (input: string): string => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? '(own code)';

const packagesOf = (metafile: Metafile): [string, number][] => {
  const bytesByPackage = new Map<string, number>();
  const [, output] = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs')) ?? [];
  for (const [input, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const name = packageOf(input);
    bytesByPackage.set(name, (bytesByPackage.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytesByPackage].sort(([, a], [, b]) => b - a);
};

const describe = (name: string, isFunction: boolean, path: string, code: Buffer, metafile: Metafile): Bundle => ({
  name,
  isFunction,
  path,
  bytes: code.byteLength,
  gzipBytes: gzipSync(code).byteLength,
  packages: packagesOf(metafile),
});

/** A reference built with other settings than the functions would be no reference. */
const expectSameBytes = (name: string, deployed: Buffer, own: Buffer): void => {
  if (deployed.equals(own)) return;
  throw new Error(
    `bench/support/bundles.ts no longer bundles ${name} as infra/bundle.ts does. Fix: copy the settings of esbuild anew.`,
  );
};

const functionBundle = async ({ name, folder }: { name: string; folder: string }): Promise<Bundle> => {
  const path = join(folder, 'index.mjs');
  const [deployed, own] = await Promise.all([readFile(path), compile({ in: `functions/${name}.ts` })]);
  expectSameBytes(name, deployed, own.code);
  return describe(name, true, path, deployed, own.metafile);
};

const referenceBundle = async (name: string, source: string, folder: string): Promise<Bundle> => {
  const { code, metafile } = await compile({ source });
  const path = join(folder, name.replaceAll(' ', '-'), 'index.mjs');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return describe(name, false, path, code, metafile);
};

/** @param folder where the references are written; it must outlive their use. */
export const createBundles = async (folder: string): Promise<Bundle[]> => {
  const functions = await bundleFunctions();
  return Promise.all([
    ...Object.entries(references).map(([name, source]) => referenceBundle(name, source, folder)),
    ...functions.map(functionBundle),
  ]);
};
