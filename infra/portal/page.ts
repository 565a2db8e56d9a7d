/** The frame of a page of the portal: bar with search, list of guides, contents. */
import { guideGroups } from '../../shared/documents/guides.ts';
import type { Guide } from './guide.ts';

/** Relative addresses, since a stage of API Gateway puts its name in front of every path. */
export type Place = {
  /** From the page to the folder /docs/, such as `../`. */
  readonly docs: string;
  /** From the page to the root of the facade. */
  readonly root: string;
};

/** Of the page at /docs. */
export const startPlace: Place = { docs: 'docs/', root: '' };
/** Of the same page at /docs/. */
export const startPlaceBelow: Place = { docs: '', root: '../' };
/** Of a page at /docs/guides/…. */
export const guidePlace: Place = { docs: '../', root: '../../' };

const navigation = (guides: ReadonlyMap<string, Guide>, { docs }: Place, current: string | undefined): string =>
  guideGroups
    .map(({ title, guides: names }) => {
      const items = names.map((name) => {
        const mark = name === current ? ' aria-current="page"' : '';
        return `<li><a href="${docs}guides/${name}"${mark}>${guides.get(name)?.title ?? name}</a></li>`;
      });
      return `<h2>${title}</h2><ul>${items.join('')}</ul>`;
    })
    .join('\n');

/** @param current name of the guide that the page shows. */
export const renderPage = (
  guides: ReadonlyMap<string, Guide>,
  place: Place,
  { title, html, current }: { readonly title: string; readonly html: string; readonly current?: string },
): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} - Signals facade</title>
    <link rel="icon" type="image/png" href="${place.docs}favicon-32x32.png?v=%HASH%">
    <link rel="stylesheet" href="${place.docs}portal.css?v=%HASH%">
    <script src="${place.docs}portal.js?v=%HASH%" defer></script>
  </head>
  <body data-docs="${place.docs}" data-version="%HASH%">
    <a class="skip" href="#content">Skip to the content</a>
    <header class="bar">
      <a class="brand" href="${place.root}docs">Signals facade</a>
      <form role="search">
        <label class="hidden" for="search">Search in guides and operations</label>
        <input id="search" type="search" placeholder="Search in guides and operations" autocomplete="off">
      </form>
      <nav aria-label="Documents">
        <a href="${place.docs}reference">Reference</a>
        <a href="${place.root}openapi.json">openapi.json</a>
        <a href="${place.root}me">Your access</a>
        <a href="${place.root}ops">Operations</a>
      </nav>
    </header>
    <section id="results" aria-label="Results of the search" aria-live="polite" hidden></section>
    <div class="columns">
      <nav class="guides" aria-label="Guides">
        <details><summary>All guides</summary>${navigation(guides, place, current)}</details>
      </nav>
      <main id="content" tabindex="-1">
${html}
      </main>
    </div>
  </body>
</html>
`;
