/** The files of the documentation page: the build writes exactly these, and only these are served. */
export const pageFiles: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js.LICENSE.txt': 'text/plain; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** Placeholder in the built openapi.json for the base URL that the caller used. */
export const serverUrlPlaceholder = 'https://server-url.invalid';

/** Made by the build beside the page: `{ "version": "0.1.0" }`. */
export const versionFile = 'version.json';
