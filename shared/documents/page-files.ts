/** The files of the portal: the build writes exactly these, and only these are served. */
import { guideNames, guidePictures } from './guides.ts';

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

/** The pages, by their path below /docs, and their files. */
export const portalPages: Readonly<Record<string, string>> = {
  '': 'index.html',
  reference: 'reference.html',
  swagger: 'swagger.html',
  ...Object.fromEntries(guideNames.map((name) => [`guides/${name}`, `guide-${name}.html`])),
};

/** The page at /docs as it is served at /docs/, where relative addresses begin one folder below. */
export const startPageBelow = 'index-below.html';

/** The page at /ops, and the same one as it is served at /ops/. */
export const opsPage = 'ops.html';
export const opsPageBelow = 'ops-below.html';

/** The page at /me, and the same one as it is served at /me/. */
export const mePage = 'me.html';
export const mePageBelow = 'me-below.html';

/** What the pages load. Their addresses carry a hash of their contents. */
export const pageAssets: Readonly<Record<string, string>> = {
  'portal.css': css,
  'portal.js': script,
  'search.json': 'application/json',
  'me.js': script,
  'me.css': css,
  'ops.js': script,
  'ops.css': css,
  'uplot.js': script,
  'uplot.css': css,
  'uplot.LICENSE.txt': 'text/plain; charset=utf-8',
  'reference.js': script,
  'reference.css': css,
  'scalar.js': script,
  'scalar.LICENSE.txt': 'text/plain; charset=utf-8',
  'swagger.js': script,
  'swagger.css': css,
  'swagger-ui.css': css,
  'swagger-ui-bundle.js': script,
  'swagger-ui-bundle.js.LICENSE.txt': 'text/plain; charset=utf-8',
  'favicon-32x32.png': 'image/png',
  ...Object.fromEntries(guidePictures.map((name) => [name, 'image/webp'])),
};

/** Type of each file. */
export const pageFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...Object.values(portalPages), startPageBelow, opsPage, opsPageBelow, mePage, mePageBelow].map((file) => [
      file,
      html,
    ]),
  ),
  ...pageAssets,
};

/** Placeholder in the built openapi.json for the base URL that the caller used. */
export const serverUrlPlaceholder = 'https://server-url.invalid';

/** The OpenAPI document of a stage with or without the aliases of the seed. */
export const openApiFileOf = (seedAliases: 'on' | 'off'): string =>
  seedAliases === 'on' ? 'openapi-with-aliases.json' : 'openapi.json';

/** Made by the build beside the page: `{ "version": "0.1.0" }`. */
export const versionFile = 'version.json';
