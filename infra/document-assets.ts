/** Builds the files that the documents function serves: the OpenAPI and AsyncAPI documents, and the portal, compressed in advance. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { openApiFileOf, serverUrlPlaceholder, versionFile } from '../shared/documents/page-files.ts';
import { createAsyncApiDocument } from './asyncapi/asyncapi-document.ts';
import { createOpenApiDocument } from './openapi/openapi-document.ts';
import { signalsApi } from './openapi/signals/signals-api.ts';
import { buildPortalFiles, readVendored } from './portal/portal-files.ts';
import { aliasRoutes } from './seed-aliases.ts';
import { writeIfChanged } from './write-if-changed.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

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

const compressed = async (name: string, bytes: Buffer): Promise<(readonly [string, Buffer])[]> => {
  if (/\.(png|webp)$/.test(name)) return [];
  // Kept compressed at the highest quality, which takes ten seconds.
  if (name === 'scalar.js')
    return [
      ['scalar.js.br', (await readVendored(name)).br],
      ['scalar.js.gz', await promisify(gzip)(bytes)],
    ];
  return Promise.all(codings.map(async ([suffix, compress]) => [name + suffix, await compress(bytes)] as const));
};

const buildFiles = async (): Promise<Map<string, Buffer>> => {
  const version = await readVersion();
  const openApi = { serverUrl: serverUrlPlaceholder, version, apis: [signalsApi] };
  const document = createOpenApiDocument(openApi);
  const page = [...(await buildPortalFiles(document))];
  const variants = await Promise.all(page.map(([name, bytes]) => compressed(name, bytes)));
  return new Map([
    ...page,
    ...variants.flat(),
    // Its base URL is known only at the request, so the function compresses it, once for each base URL.
    [openApiFileOf('off'), Buffer.from(JSON.stringify(document))],
    [openApiFileOf('on'), Buffer.from(JSON.stringify(createOpenApiDocument({ ...openApi, more: aliasRoutes() })))],
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
