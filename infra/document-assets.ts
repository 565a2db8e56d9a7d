/** Builds the files that the documents function serves: the OpenAPI document, Swagger UI and its page, compressed in advance. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { pageFiles, serverUrlPlaceholder, versionFile } from '../shared/documents/page-files.ts';
import { createAsyncApiDocument } from './asyncapi/asyncapi-document.ts';
import { createOpenApiDocument } from './openapi/openapi-document.ts';
import { signalsApi } from './openapi/signals/signals-api.ts';
import { writeIfChanged } from './write-if-changed.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const ownFolder = join(projectRoot, 'functions', 'documents');
const swaggerFolder = join(projectRoot, 'node_modules', 'swagger-ui-dist');
const ownFiles = ['index.html', 'page.css', 'page.js'];

/** Brotli quality: a tenth of a second for Swagger UI. The highest quality takes seconds and saves 4 %. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const codings = [
  ['.br', (bytes: Buffer) => promisify(brotliCompress)(bytes, brotliOptions)],
  ['.gz', (bytes: Buffer) => promisify(gzip)(bytes)],
] as const;

const readVersion = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  return version;
};

/** A version in the addresses of the page's files, so that browsers may cache them without end. */
const hashOf = (files: ReadonlyMap<string, Buffer>): string => {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  return hash.digest('hex').slice(0, 12);
};

const readPageFiles = async (): Promise<Map<string, Buffer>> => {
  const names = Object.keys(pageFiles);
  const read = (name: string) => readFile(join(ownFiles.includes(name) ? ownFolder : swaggerFolder, name));
  const files = new Map(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
  const index = files.get('index.html')?.toString('utf8') ?? '';
  return files.set('index.html', Buffer.from(index.replaceAll('%HASH%', hashOf(files))));
};

const compressed = async (name: string, bytes: Buffer): Promise<(readonly [string, Buffer])[]> => {
  if (name.endsWith('.png')) return [];
  return Promise.all(codings.map(async ([suffix, compress]) => [name + suffix, await compress(bytes)] as const));
};

const buildFiles = async (): Promise<Map<string, Buffer>> => {
  const version = await readVersion();
  const document = createOpenApiDocument({ serverUrl: serverUrlPlaceholder, version, apis: [signalsApi] });
  const page = [...(await readPageFiles())];
  const variants = await Promise.all(page.map(([name, bytes]) => compressed(name, bytes)));
  return new Map([
    ...page,
    ...variants.flat(),
    // Its base URL is known only at the request, so the function compresses it, once for each base URL.
    ['openapi.json', Buffer.from(JSON.stringify(document))],
    ['asyncapi.json', Buffer.from(JSON.stringify(createAsyncApiDocument({ version })))],
    [versionFile, Buffer.from(JSON.stringify({ version }))],
  ]);
};

/** Makes `folder` contain exactly these files. Unchanged files are not written. */
export const writeDocumentAssets = async (folder: string): Promise<void> => {
  const [files] = await Promise.all([buildFiles(), mkdir(folder, { recursive: true })]);
  const stale = (await readdir(folder)).filter((name) => !files.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true })));
  await Promise.all([...files].map(([name, bytes]) => writeIfChanged(join(folder, name), bytes)));
};
