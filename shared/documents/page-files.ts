/** The files of the documentation page, named once: what is built, and what is served. Nothing else in its folder is. */
export const pageFiles: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js.LICENSE.txt': 'text/plain; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** Stands in the built openapi.json where each answer has the base URL that its caller used. */
export const serverUrlPlaceholder = 'https://server-url.invalid';

/** Made by the build beside the page: `{ "version": "0.1.0" }`. */
export const versionFile = 'version.json';
