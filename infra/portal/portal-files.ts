/** Builds the files of the portal: guides and start page, reference (Scalar, Swagger UI), what they load, and the search's data. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { build } from 'esbuild';
import { guideNames, guidePictures } from '../../shared/documents/guides.ts';
import { pageAssets, startPageBelow } from '../../shared/documents/page-files.ts';
import type { Json } from '../openapi/native-api.ts';
import { type Guide, renderGuide } from './guide.ts';
import { guidePlace, renderPage, startPlace, startPlaceBelow } from './page.ts';
import { searchEntriesOf } from './search-entries.ts';
import { renderStartPage } from './start-page.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const ownFolder = join(projectRoot, 'functions', 'documents');
const swaggerFolder = join(projectRoot, 'node_modules', 'swagger-ui-dist');

const fromOurs = (name: string) => readFile(join(ownFolder, name));
const fromScreenshots = (name: string) => readFile(join(projectRoot, 'docs', 'screenshots', name));
const fromSwagger = (name: string) => readFile(join(swaggerFolder, name));

/** The vendored file is kept compressed: 4.9 MB are 1.1 MB. */
export const readScalar = async (): Promise<{ readonly br: Buffer; readonly bytes: Buffer }> => {
  const br = await readFile(join(ownFolder, 'vendor', 'scalar.js.br'));
  return { br, bytes: await promisify(brotliDecompress)(br) };
};

const bundlePortalScript = async (): Promise<Buffer> => {
  const { outputFiles } = await build({
    entryPoints: [join(ownFolder, 'portal.js')],
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022', legalComments: 'none' },
  });
  return Buffer.from(outputFiles[0]?.contents ?? '');
};

const readGuides = async (): Promise<ReadonlyMap<string, Guide>> => {
  const known = new Set(guideNames);
  const read = async (name: string) =>
    [name, renderGuide(name, await readFile(join(projectRoot, 'docs', `${name}.md`), 'utf8'), known)] as const;
  return new Map(await Promise.all(guideNames.map(read)));
};

const makers = (
  guides: ReadonlyMap<string, Guide>,
  document: Json,
): Readonly<Record<string, (name: string) => Promise<Buffer>>> => ({
  'portal.js': bundlePortalScript,
  'search.json': async () => Buffer.from(JSON.stringify(searchEntriesOf([...guides.values()], document))),
  'scalar.js': async () => (await readScalar()).bytes,
  'swagger-ui.css': fromSwagger,
  'swagger-ui-bundle.js': fromSwagger,
  'swagger-ui-bundle.js.LICENSE.txt': fromSwagger,
  'scalar.LICENSE.txt': () => fromOurs(join('vendor', 'scalar.LICENSE.txt')),
  'favicon-32x32.png': fromSwagger,
  ...Object.fromEntries(guidePictures.map((name) => [name, fromScreenshots])),
});

/** A version in the addresses of the pages' files, so that browsers may cache them without end. */
const hashOf = (files: ReadonlyMap<string, Buffer>): string => {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  return hash.digest('hex').slice(0, 12);
};

const renderPages = async (guides: ReadonlyMap<string, Guide>): Promise<Map<string, string>> => {
  const [reference, swagger] = await Promise.all(['reference.html', 'swagger.html'].map(fromOurs));
  return new Map([
    ['index.html', renderStartPage(guides, startPlace)],
    [startPageBelow, renderStartPage(guides, startPlaceBelow)],
    ['reference.html', String(reference)],
    ['swagger.html', String(swagger)],
    ...[...guides.values()].map(
      ({ name, title, html }) =>
        [`guide-${name}.html`, renderPage(guides, guidePlace, { title, html, current: name })] as const,
    ),
  ]);
};

/** @param document the OpenAPI document, whose operations the search finds. */
export const buildPortalFiles = async (document: Json): Promise<Map<string, Buffer>> => {
  const guides = await readGuides();
  const make = makers(guides, document);
  const assets = new Map(
    await Promise.all(
      Object.keys(pageAssets).map(async (name) => [name, await (make[name] ?? fromOurs)(name)] as const),
    ),
  );
  const hash = hashOf(assets);
  const pages = await renderPages(guides);
  const toBytes = (file: string) => [file, Buffer.from((pages.get(file) ?? '').replaceAll('%HASH%', hash))] as const;
  return new Map([...[...pages.keys()].map(toBytes), ...assets]);
};
