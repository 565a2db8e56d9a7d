/** The command line in this process: a host whose output is collected, and a stage on memory adapters behind its fetch. */
import type { Host } from '../../../../local/operator/api/host.ts';
import { BrokenPipe } from '../../../../local/operator/api/output.ts';
import { runApiCommand } from '../../../../local/operator/api/run.ts';
import type { RouteDefinition } from '../../../../shared/routes/route.ts';
import { facadeRoutes } from '../../../../shared/surface/facade-routes.ts';
import type { Facade } from '../../../support/facade.ts';

export const baseUrl = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev';

type Seen = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly redirect: string | undefined;
};

/** Answers of a stage; `seen` counts from 1. */
export type Answering = (seen: Seen, count: number) => Response | Promise<Response>;

export const document = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/vnd.api+json', ...headers } });

export const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  document(
    { errors: [{ id: 'request-1', status: String(status), code, title: 'A title', detail: 'A detail.' }] },
    status,
    headers,
  );

type Options = Partial<Pick<Host, 'env' | 'canAsk' | 'canShow' | 'findStageUrl' | 'newId'>> & {
  readonly secret?: string;
  readonly line?: string;
  /** After so many writes the reader of standard output leaves. */
  readonly readerLeavesAfter?: number;
};

const withKey = { OPERATOR_URL: baseUrl, OPERATOR_KEY: 'the-key' };

/** A command line against a stage that answers like this. Waits take no time, and are noted. */
export const createCommandLine = (answering: Answering, options: Options = {}) => {
  const [stdout, stderr, asked]: [string[], string[], string[]] = [[], [], []];
  const seen: Seen[] = [];
  const waits: number[] = [];
  let ids = 0;
  const host: Host = {
    env: options.env ?? withKey,
    stdout: {
      write: async (text) => {
        if (stdout.length >= (options.readerLeavesAfter ?? Number.POSITIVE_INFINITY)) throw new BrokenPipe();
        stdout.push(text);
      },
    },
    stderr: { write: async (text) => void stderr.push(text) },
    canAsk: options.canAsk ?? false,
    canShow: options.canShow ?? true,
    readSecret: async (question) => {
      asked.push(question);
      return options.secret ?? '';
    },
    readLine: async (question) => {
      asked.push(question);
      return options.line ?? '';
    },
    fetch: async (url, init = {}) => {
      const { method = 'GET', headers, body, redirect } = init;
      const one = { method, url: new URL(String(url)), headers: new Headers(headers), redirect };
      seen.push({ ...one, body: typeof body === 'string' ? body : undefined });
      return answering(seen.at(-1) as Seen, seen.length);
    },
    findStageUrl: options.findStageUrl ?? (async () => baseUrl),
    pause: async (millis) => void waits.push(millis),
    nowMillis: () => Date.parse('2026-06-01T08:00:00Z'),
    newId: options.newId ?? (() => `id-${++ids}`),
  };
  const run = async (...args: readonly string[]) => {
    const [outBefore, errorsBefore] = [stdout.length, stderr.length];
    const status = await runApiCommand(args, host);
    return { status, stdout: stdout.slice(outBefore).join(''), stderr: stderr.slice(errorsBefore).join('') };
  };
  return { run, host, seen, waits, asked };
};

type Match = { readonly route: RouteDefinition; readonly path: Readonly<Record<string, string>> };

/** Routes without a parameter come first, as in API Gateway. */
const routesInOrder = facadeRoutes.toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));

const matchOf = (method: string, pathname: string): Match | undefined => {
  for (const route of routesInOrder) {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{([^}+]+)\+?\}/g, '(?<$1>[^/]+)')}$`);
    const found = route.method === method ? pattern.exec(pathname) : null;
    if (!found) continue;
    const path = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { route, path: Object.fromEntries(path) };
  }
  return undefined;
};

const bodyless = [204, 303];

/** The facade in memory, behind the path of a stage. Its consumer `admin` has the key `admin`. */
export const answerWith =
  (facade: Facade): Answering =>
  async ({ method, url, headers, body }) => {
    if (url.hostname === 's3.example.com') return new Response('%PDF-');
    const match = matchOf(method, url.pathname.replace(/^\/dev/, ''));
    if (!match) return refusal(404, 'ROUTE_UNKNOWN');
    const { 'x-api-key': as, ...rest } = Object.fromEntries(headers);
    const reply = await facade.ask(match.route, {
      ...{ as, path: match.path, query: Object.fromEntries(url.searchParams), headers: rest },
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const content = bodyless.includes(reply.status) ? null : new Uint8Array(reply.body);
    return new Response(content, { status: reply.status, headers: { ...reply.headers } });
  };

export const asAdmin = { OPERATOR_URL: baseUrl, OPERATOR_KEY: 'admin' };
