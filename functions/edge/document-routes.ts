/** The routes for people and tools: health, the OpenAPI document, the page that renders it. No key needed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import {
  mePage,
  mePageBelow,
  openApiFileOf,
  opsPage,
  opsPageBelow,
  pageFiles,
  portalPages,
  serverUrlPlaceholder,
  startPageBelow,
  versionFile,
} from '../../shared/documents/page-files.ts';
import { documentRoutes, type Health } from '../../shared/documents/routes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { capability } from './capability.ts';
import type { Handle, HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { createStaticFiles, etagOf, type Representation, toReply } from './static-files.ts';

/** Scalar writes its styles into the page, and has no other way (scalar/scalar, pull requests 9422 and 10022). */
const stylesOf = (name: string): string => (name === 'reference.html' ? "'self' 'unsafe-inline'" : "'self'");

/** Everything comes from the same origin; no page may frame it, and its address does not leak. */
const pageHeadersOf = (name: string): Headers => [
  [
    'content-security-policy',
    `default-src 'none'; script-src 'self'; style-src ${stylesOf(name)}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];
const sniffingOff: Headers = [['x-content-type-options', 'nosniff']];

/**
 * The page names its files with a hash of their contents, so the files may be cached for good, and the page itself may
 * not.
 */
const cacheControlOf = (name: string): string =>
  name.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable';

/** More than the base URLs of one deployment. */
const mostRemembered = 8;

/** A document with the caller's base URL, made once for each base URL. */
const createDocuments = (folder: string, name: string) => {
  const made = new Map<string, Promise<Representation>>();
  const make = async (publicUrl: string): Promise<Representation> => {
    const template = await readFile(join(folder, name), 'utf8');
    const text = template.replaceAll(JSON.stringify(serverUrlPlaceholder), () => JSON.stringify(publicUrl));
    const identity = Buffer.from(text);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
    return { etag: etagOf(identity), identity, gzip: gzipSync(identity), br: brotliCompressSync(identity, { params }) };
  };
  return (publicUrl: string): Promise<Representation> => {
    const present = made.get(publicUrl) ?? make(publicUrl);
    if (made.size >= mostRemembered && !made.has(publicUrl)) made.clear();
    made.set(publicUrl, present);
    present.catch(() => made.delete(publicUrl));
    return present;
  };
};

const json = (method: string, document: unknown): HttpReply => ({
  status: 200,
  headers: [['content-type', 'application/json'], ['cache-control', 'no-store'], ...sniffingOff],
  body: method === 'HEAD' ? undefined : Buffer.from(JSON.stringify(document)),
});

/** @param folder what infra/document-assets.ts wrote. */
export const createDocumentRoutes = (folder: string, stage: string, seedAliases: 'on' | 'off' = 'off'): Handle => {
  const files = createStaticFiles(folder, Object.keys(pageFiles));
  const openApi = createDocuments(folder, openApiFileOf(seedAliases));
  const asyncApi = createDocuments(folder, 'asyncapi.json');
  const version = readFile(join(folder, versionFile), 'utf8').then((text): string => JSON.parse(text).version);
  version.catch(() => {}); // Said by the first answer that needs it.

  const pageFile = async (request: HttpRequest, path: string): Promise<HttpReply> => {
    const name = Object.hasOwn(portalPages, path) ? (portalPages[path] as string) : path;
    const representation = await files.read(name);
    if (!representation) {
      throw new AppError('ROUTE_UNKNOWN', { detail: 'The documentation has no such page. It begins at /docs.' });
    }
    const headers: Headers = [
      ['content-type', pageFiles[name] as string],
      ['cache-control', cacheControlOf(name)],
      ...pageHeadersOf(name),
    ];
    return toReply(request, representation, headers);
  };

  const toDocument = async (request: HttpRequest, documentFor: typeof openApi): Promise<HttpReply> =>
    toReply(request, await documentFor(request.publicUrl), [
      ['content-type', 'application/json'],
      ['cache-control', 'no-cache'],
      ...sniffingOff,
    ]);

  return capability(documentRoutes)(
    {},
    {
      readHealth: async ({ request }) =>
        json(request.method, { status: 'ok', stage, version: await version } satisfies Health),
      readOpenApi: ({ request }) => toDocument(request, openApi),
      readAsyncApi: ({ request }) => toDocument(request, asyncApi),
      readDocs: ({ request }) => pageFile(request, request.path.endsWith('/') ? startPageBelow : ''),
      readOps: ({ request }) => pageFile(request, request.path.endsWith('/') ? opsPageBelow : opsPage),
      readMePage: ({ request }) => pageFile(request, request.path.endsWith('/') ? mePageBelow : mePage),
      // Seen from /docs/ the page's files are at docs/docs/…: a gateway may or may not keep that slash.
      readDocsFile: ({ request, path }) => pageFile(request, path.proxy.replace(/^docs\//, '')),
    },
  );
};
