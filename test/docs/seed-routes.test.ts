/** docs/seed-routes.md: each id of the seeds once, with a state, routes that exist, and a guide or a reason. */
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../infra/openapi/signals/signals-api.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { readDocument } from '../support/snippets.ts';

type Row = Readonly<Record<'id' | 'what' | 'routes' | 'state' | 'reason', string>>;

/** How many ids each part of the seeds has. */
const parts = { A: 12, B: 8, C: 20, D: 4, E: 8, F: 5, G: 11 };
const ids = Object.entries(parts).flatMap(([part, count]) =>
  Array.from({ length: count }, (_, index) => `${part}${index + 1}`),
);

const page = readDocument('docs/seed-routes.md');

const rowsOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => /^\| [A-G]\d+ \|/.test(line))
    .map((line) => {
      const [, id = '', what = '', routes = '', state = '', reason = '', ...rest] = line
        .split('|')
        .map((cell) => cell.trim());
      expect(rest, id).toEqual(['']);
      return { id, what, routes, state, reason };
    });
const rows = rowsOf(page);

type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
const settings = { serverUrl: 'https://facade.example.com', version: '1', apis: [signalsApi] };
const { paths } = createOpenApiDocument(settings) as unknown as Described;
const own = Object.entries(paths)
  .filter(([path]) => !path.startsWith(signalsBasePath))
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
const native = readSignalsOperations().map(({ method, path }) => `${method} ${path}`);
const known: ReadonlySet<string> = new Set([...own, ...native]);

const routesOf = ({ routes }: Row): string[] => [...routes.matchAll(/`([^`]+)`/g)].map(([, route = '']) => route);
const unknownRoutes = (row: Row): string[] => routesOf(row).filter((route) => !known.has(route));
const guidesOf = ({ reason }: Row): string[] =>
  [...reason.matchAll(/\]\(([^)]+\.md)[^)]*\)/g)].map(([, to = '']) => to);

/** As GitHub makes them. */
const anchorsOf = (file: string): string[] =>
  [...readDocument(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('docs/seed-routes.md', () => {
  it('has each id once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it.each(rows)('$id has a state and a reason', ({ what, state, reason }) => {
    expect(['done', 'open', 'not applicable']).toContain(state);
    expect(what).not.toBe('');
    expect(reason.length).toBeGreaterThan(5);
  });

  it.each(rows)('$id names only routes that exist', (row) => {
    expect(unknownRoutes(row)).toEqual([]);
    expect(routesOf(row).join(', ')).toBe(row.routes.replaceAll('`', ''));
  });

  it('has a route and a guide in each row that is done', () => {
    const done = rows.filter(({ state }) => state === 'done');
    expect(done.length).toBeGreaterThan(30);
    expect(done.filter((row) => routesOf(row).length === 0 || guidesOf(row).length === 0)).toEqual([]);
  });

  it('finds a route that does not exist, of the facade or of the tenant', () => {
    const wrong = '| C8 | rows | `GET /entities/{eid}/rows`, `GET /adt/{eid}`, `GET /v1/quotas` | done | how |';
    expect(rowsOf(wrong).flatMap(unknownRoutes)).toEqual(['GET /entities/{eid}/rows', 'GET /v1/quotas']);
  });

  it('links to headings that exist', () => {
    const links = [...page.matchAll(/\]\(([\w-]+\.md)#([^)]+)\)/g)];
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(([, file, anchor]) => !anchorsOf(`docs/${file}`).includes(anchor ?? ''))).toEqual([]);
  });

  it('has a section of the workflows for each of F1 to F5', () => {
    const workflows = rows.filter(({ id }) => id.startsWith('F'));
    expect(workflows.filter(({ id, reason }) => !reason.includes(`[workflow ${id}](workflows.md#`))).toEqual([]);
  });
});
