/** The files of the portal as they are built: each link leads somewhere, and the vendored file is what it says it is. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { buildPortalFiles } from '../../../infra/portal/portal-files.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { guideNames } from '../../../shared/documents/guides.ts';
import {
  mePage,
  mePageBelow,
  opsPage,
  opsPageBelow,
  pageAssets,
  pageFiles,
  portalPages,
  startPageBelow,
} from '../../../shared/documents/page-files.ts';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const document = createOpenApiDocument({
  serverUrl: 'https://facade.example.com',
  version: '1.2.3',
  apis: [signalsApi],
});
const paths = document.paths as Record<string, Record<string, { operationId?: string; tags?: string[] }>>;
const operations = Object.values(paths).flatMap((item) => Object.values(item).filter(({ operationId }) => operationId));

let files: ReadonlyMap<string, Buffer>;
beforeAll(async () => {
  files = await buildPortalFiles(document);
});

const textOf = (name: string): string => files.get(name)?.toString() ?? '';
const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

/** What is wrong with a link of the page at `/docs/<path>`, or at /me or /ops. */
const faultOf = (path: string, href: string): string | undefined => {
  const page = /^\/(me|ops)/.test(path) ? path : `/docs${path.replace(/^(?=[^/])/, '/')}`;
  const url = new URL(href.replaceAll('&amp;', '&'), `https://facade.example.com${page}`);
  if (url.origin !== 'https://facade.example.com') return undefined;
  if (['/openapi.json', '/me', '/ops'].includes(url.pathname) && url.hash === '') return undefined;
  const name = url.pathname.replace(/^\/docs\/?/, '');
  if (Object.hasOwn(pageAssets, name)) return undefined;
  const file = url.pathname.startsWith('/docs') ? portalPages[name] : undefined;
  if (/^\/me\/?$/.test(url.pathname) && idsOf(textOf(mePage)).has(url.hash.slice(1))) return undefined;
  if (file === undefined) return `${path}: ${href} leads nowhere`;
  const anchor = decodeURIComponent(url.hash.slice(1));
  if (anchor === '' || idsOf(textOf(file)).has(anchor)) return undefined;
  return `${path}: ${href} names no part of the page`;
};

/** Documents for those who run or change the facade. */
const notGuides = [
  'README',
  'archive-format',
  'audit',
  'commands',
  'configuration',
  'cost',
  'credentials',
  'dashboards',
  'deploy',
  'faults',
  'log-queries',
  'metrics',
  'operator',
  'overview',
  'pages',
  'pushes',
  'scaling',
  'security',
  'seed-routes',
  'speed',
  'twin-s3',
  'what-if',
];

describe('the portal', () => {
  it('has each document of docs/ as a guide, or it is for another reader', () => {
    const documents = readdirSync(join(projectRoot, 'docs')).flatMap((file) => /^(.*)\.md$/.exec(file)?.[1] ?? []);
    expect([...guideNames, ...notGuides].toSorted()).toEqual(documents.toSorted());
  });

  it('has exactly the files that are served', () => {
    expect([...files.keys()].sort()).toEqual(Object.keys(pageFiles).sort());
    expect([...files].filter(([, bytes]) => bytes.byteLength === 0)).toEqual([]);
  });

  const pages = [
    ...Object.entries(portalPages),
    ['/', startPageBelow] as const,
    ['/me', mePage] as const,
    ['/me/', mePageBelow] as const,
    ['/ops', opsPage] as const,
    ['/ops/', opsPageBelow] as const,
  ];
  it.each(pages)('at /docs/%s has links and files that exist', (path, file) => {
    const html = textOf(file);
    const links = [...html.matchAll(/ (?:href|src)="([^"]+)"/g)]
      .map(([, href = '']) => href)
      // Of the link that skips the bar, which every page has.
      .filter((href) => href !== '#content');
    expect(links.length).toBeGreaterThan(4);
    expect(links.flatMap((href) => faultOf(path, href) ?? [])).toEqual([]);
    expect(html).not.toContain('%HASH%');
  });

  it('lists every guide on every guide, and marks the one that is shown', () => {
    for (const name of nonEmpty(guideNames)) {
      const html = textOf(`guide-${name}.html`);
      const listed = [...html.matchAll(/<li><a href="\.\.\/guides\/([\w-]+)"( aria-current="page")?>/g)];
      expect(listed.map(([, guide]) => guide)).toEqual(guideNames);
      expect(listed.filter(([, , mark]) => mark).map(([, guide]) => guide)).toEqual([name]);
    }
  });

  it('has an address for each code of an error', () => {
    const ids = idsOf(textOf('guide-errors.html'));
    expect(Object.keys(errorCatalogue).filter((code) => !ids.has(code))).toEqual([]);
  });

  it('finds each operation and each part of a guide, at an address that exists', () => {
    const entries: { href: string; title: string; place: string }[] = JSON.parse(textOf('search.json'));
    const found = entries.filter(({ href }) => href.startsWith('reference#')).map(({ href }) => href);
    expect(found.length).toBeGreaterThan(400);
    expect(found).toEqual(operations.map(({ operationId, tags }) => `reference#tag/${tags?.[0]}/${operationId}`));
    const parts = entries.filter(({ href }) => href.startsWith('guides/'));
    expect(parts.length).toBeGreaterThan(guideNames.length);
    expect(parts.flatMap(({ href }) => faultOf('', `docs/${href}`) ?? [])).toEqual([]);
    expect(entries.filter(({ title, place }) => title === '' || place === '')).toEqual([]);
  });

  it.each(['scalar', 'uplot'])('serves the files of %s as they were published, and its licence', (name) => {
    const vendor = join(projectRoot, 'functions', 'documents', 'vendor');
    const { sha256 }: { sha256: Record<string, string> } = JSON.parse(
      readFileSync(join(vendor, `${name}.json`), 'utf8'),
    );
    for (const [file, hash] of nonEmpty(Object.entries(sha256)))
      expect(
        createHash('sha256')
          .update(files.get(file) ?? '')
          .digest('hex'),
      ).toBe(hash);
    expect(textOf(`${name}.LICENSE.txt`)).toContain('Permission is hereby granted');
  });
});
