/** Builds the files of the portal: guides and start page, reference (Scalar, Swagger UI), /ops, /me, what they load, and the search's data. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { build } from 'esbuild';
import { adminGroups } from '../../shared/consumers/consumer.ts';
import { guideNames, guidePictures } from '../../shared/documents/guides.ts';
import {
  mePage,
  mePageBelow,
  opsPage,
  opsPageBelow,
  pageAssets,
  startPageBelow,
} from '../../shared/documents/page-files.ts';
import type { Json } from '../openapi/native-api.ts';
import { type Guide, renderGuide } from './guide.ts';
import { guidePlace, type Place, renderPage, startPlace, startPlaceBelow } from './page.ts';
import { searchEntriesOf } from './search-entries.ts';
import { renderStartPage } from './start-page.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const ownFolder = join(projectRoot, 'functions', 'documents');
const swaggerFolder = join(projectRoot, 'node_modules', 'swagger-ui-dist');

const fromOurs = (name: string) => readFile(join(ownFolder, name));
const fromScreenshots = (name: string) => readFile(join(projectRoot, 'docs', 'screenshots', name));
const fromSwagger = (name: string) => readFile(join(swaggerFolder, name));

/** Vendored files are kept compressed: of Scalar, 4.9 MB are 1.1 MB. */
export const readVendored = async (name: string): Promise<{ readonly br: Buffer; readonly bytes: Buffer }> => {
  const br = await readFile(join(ownFolder, 'vendor', `${name}.br`));
  return { br, bytes: await promisify(brotliDecompress)(br) };
};
const fromVendor = async (name: string): Promise<Buffer> => (await readVendored(name)).bytes;

const bundleScript = async (...path: readonly string[]): Promise<Buffer> => {
  const { outputFiles } = await build({
    entryPoints: [join(ownFolder, ...path)],
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
  'portal.js': () => bundleScript('portal.js'),
  'me.js': () => bundleScript('me', 'me.js'),
  'me.css': () => fromOurs(join('me', 'me.css')),
  'ops.js': () => bundleScript('ops', 'ops.js'),
  'ops.css': () => fromOurs(join('ops', 'ops.css')),
  'uplot.js': fromVendor,
  'uplot.css': fromVendor,
  'uplot.LICENSE.txt': () => fromOurs(join('vendor', 'uplot.LICENSE.txt')),
  'search.json': async () => Buffer.from(JSON.stringify(searchEntriesOf([...guides.values()], document))),
  'scalar.js': fromVendor,
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

const placed = (page: string, { docs, root }: Place): string =>
  page.replaceAll('%DOCS%', docs).replaceAll('%ROOT%', root).replaceAll('%ADMIN_GROUPS%', adminGroups.join(' '));

/** Of a page at /ops/, where relative addresses begin one folder below. */
const rootPlaceBelow: Place = { docs: '../docs/', root: '../' };

const renderPages = async (guides: ReadonlyMap<string, Guide>): Promise<Map<string, string>> => {
  const files = ['reference.html', 'swagger.html', 'ops.html', 'me.html'];
  const [reference = '', swagger = '', ops = '', me = ''] = (await Promise.all(files.map(fromOurs))).map(String);
  return new Map([
    ['index.html', renderStartPage(guides, startPlace)],
    [startPageBelow, renderStartPage(guides, startPlaceBelow)],
    ['reference.html', reference],
    ['swagger.html', swagger],
    // The pages at /ops and /me are as far from the root as the one at /docs.
    [opsPage, placed(ops, startPlace)],
    [opsPageBelow, placed(ops, rootPlaceBelow)],
    [mePage, placed(me, startPlace)],
    [mePageBelow, placed(me, rootPlaceBelow)],
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
