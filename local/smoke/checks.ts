/** Facts that only a real account can show. Each check makes one or two reads and returns a sentence about the result. */
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { Ask, StageAnswer } from './ask.ts';

/**
 * - `ok`: as the documents and the twin have it. - `differs`: AWS does something else; docs/deploy.md says what follows.
 * - `failed`: it should work in any case. - `unknown`: the answer does not show it. - `skipped`: not asked for.
 */
export type Verdict = 'ok' | 'differs' | 'failed' | 'unknown' | 'skipped';
export type Finding = { readonly verdict: Verdict; readonly text: string };
export type Check = { readonly name: string; readonly run: (ask: Ask, options: CheckOptions) => Promise<Finding> };
export type CheckOptions = {
  /** Path of a native file above 8 MiB, for the check of stalled readers. */
  readonly large?: string | undefined;
  /** How long the stalled reader pauses: longer than the facade allows (30 s). */
  readonly stallMillis: number;
};

const ok = (text: string): Finding => ({ verdict: 'ok', text });
const differs = (text: string): Finding => ({ verdict: 'differs', text });
const failed = (text: string): Finding => ({ verdict: 'failed', text });
const unknown = (text: string): Finding => ({ verdict: 'unknown', text });

const jsonApi = 'application/vnd.api+json';

/** The code of an error that the facade or its gateway made. */
const codeOf = ({ text }: StageAnswer): string | undefined => {
  try {
    const code: unknown = JSON.parse(text).errors?.[0]?.code;
    return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
};

/** Every native answer for which the facade has chosen a credential says so: the request has reached the function. */
const hasReachedNative = ({ headers }: StageAnswer): boolean => headers['x-acting-as'] !== undefined;

const shown = (answer: StageAnswer): string => [answer.status, codeOf(answer)].filter(Boolean).join(' ');

/** The same path in two spellings: the tenant answers both alike where the first one passes. */
const spelling =
  (raw: string, encoded: string): Check['run'] =>
  async (ask) => {
    const safe = await ask({ path: signalsBasePath + encoded });
    if (!hasReachedNative(safe))
      return unknown(`the encoded path gets ${shown(safe)}: does the key have entities:read?`);
    const answer = await ask({ path: signalsBasePath + raw });
    if (!hasReachedNative(answer)) return differs(`refused before the facade with ${shown(answer)}`);
    if (answer.status !== safe.status) return differs(`another path arrives: ${shown(answer)}, encoded ${shown(safe)}`);
    return ok(`arrives as the encoded path does (${answer.status})`);
  };

const mark = 'smoke-check';

/** The twin refuses them, and so may AWS: callers have to encode them in any case. What must not happen is another path. */
const highBytes: Check['run'] = async (ask, options) => {
  const { verdict, text } = await spelling(`/entities/${mark}-é`, `/entities/${mark}-%C3%A9`)(ask, options);
  return verdict === 'differs' && text.startsWith('refused') ? ok(text) : { verdict, text };
};

const percent: Check['run'] = async (ask) => {
  const answer = await ask({ path: `${signalsBasePath}/users?page%5Blimit%5D=1&${mark}=100%25` });
  if (!hasReachedNative(answer))
    return unknown(`the list of users gets ${shown(answer)}: does the key have users:read?`);
  let self: unknown;
  try {
    self = JSON.parse(answer.text).links?.self;
  } catch {}
  const value = typeof self === 'string' ? URL.parse(self)?.searchParams.get(mark) : undefined;
  if (value === undefined || value === null)
    return unknown('the tenant does not repeat unknown parameters in its links');
  return value === '100%' ? ok('arrives as it was sent') : differs('is encoded once more: 100%25 arrives as 100%2525');
};

const lengthOf = ({ headers }: StageAnswer, bytes?: number): Finding => {
  const own = headers['content-length'];
  const remapped = headers['x-amzn-remapped-content-length'];
  if (own === undefined && remapped === undefined) return differs('there is no length at all');
  if (own === undefined) return differs('arrives as X-Amzn-Remapped-Content-Length');
  return bytes === undefined || Number(own) === bytes
    ? ok('arrives as Content-Length')
    : failed('does not fit the body');
};

const openApi = { path: '/openapi.json', headers: { 'accept-encoding': 'identity' } };

const search = {
  method: 'POST',
  path: `${signalsBasePath}/entities/search?page%5Blimit%5D=1`,
  headers: { 'content-type': jsonApi },
  body: JSON.stringify({ query: { $match: { field: 'type', value: 'experiment' } } }),
};

const chunks: Check['run'] = async (ask) => {
  const plain = await ask(search);
  if (plain.status !== 200) return unknown(`a search gets ${shown(plain)}: does the key have entities:read?`);
  const answer = await ask({ ...search, chunked: true });
  return answer.status === 200 ? ok('arrives whole') : differs(`gets ${shown(answer)}`);
};

const stalled: Check['run'] = async (ask, { large, stallMillis }) => {
  if (large === undefined) return { verdict: 'skipped', text: 'name a file above 8 MiB with --large PATH' };
  const answer = await ask({ path: large, headers: { 'accept-encoding': 'identity' }, stallMillis });
  if (answer.status !== 200 || !hasReachedNative(answer)) return unknown(`the file gets ${shown(answer)}`);
  if (!answer.isWhole) return ok(`is passed back: the facade has cut the answer after ${answer.bytes} bytes`);
  if (answer.bytes < 8 * 1_048_576) return unknown(`the file has ${answer.bytes} bytes: name a larger one`);
  return differs(`is not passed back: the gateway held ${answer.bytes} bytes ready`);
};

export const checks: readonly Check[] = [
  {
    name: 'the facade answers',
    run: async (ask) => {
      const answer = await ask({ path: '/health' });
      return answer.status === 200 ? ok('200') : failed(`GET /health gets ${shown(answer)}`);
    },
  },
  {
    name: 'the key is taken',
    run: async (ask) => {
      const answer = await ask({ path: '/v1/me' });
      return answer.status === 200 ? ok('200') : failed(`GET /v1/me gets ${shown(answer)}`);
    },
  },
  {
    name: 'native calls reach the tenant',
    run: async (ask) => {
      const answer = await ask({ path: `${signalsBasePath}/users?page%5Blimit%5D=1` });
      return answer.status === 200 && hasReachedNative(answer)
        ? ok(`200, as ${/^(service|user|bearer)$/.exec(String(answer.headers['x-acting-as']))?.[0] ?? 'somebody'}`)
        : failed(`the list of users gets ${shown(answer)}`);
    },
  },
  { name: 'raw brackets in a path', run: spelling(`/entities/${mark}[1]`, `/entities/${mark}%5B1%5D`) },
  { name: 'raw bytes above 7F in a path', run: highBytes },
  { name: 'a trailing slash', run: spelling(`/entities/${mark}/`, `/entities/${mark}`) },
  {
    name: 'two slashes in front',
    run: async (ask) => {
      const answer = await ask({ path: `/${signalsBasePath}/users?page%5Blimit%5D=1` });
      return hasReachedNative(answer) ? ok('are routed as one') : differs(`get ${shown(answer)}`);
    },
  },
  { name: '% in a query', run: percent },
  { name: 'the length of a HEAD', run: async (ask) => lengthOf(await ask({ ...openApi, method: 'HEAD' })) },
  {
    name: 'the length of a streamed answer',
    run: async (ask) => {
      const answer = await ask(openApi);
      return answer.isWhole ? lengthOf(answer, answer.bytes) : failed('broke off');
    },
  },
  { name: 'a body in chunks', run: chunks },
  {
    name: 'an unknown verb',
    run: async (ask) => {
      const answer = await ask({ method: 'PROPFIND', path: `${signalsBasePath}/users` });
      if (answer.status < 400 || hasReachedNative(answer)) return failed(`is carried out: ${answer.status}`);
      return codeOf(answer) ? ok(`gets ${shown(answer)}`) : differs(`gets ${answer.status} in the gateway's own form`);
    },
  },
  { name: 'the pace of a stalled reader', run: stalled },
];

/** If one of these fails, the results of the other checks mean nothing. */
export const firstChecks = 3;
