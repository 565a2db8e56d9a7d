/** Calls to the tenant that answer one request of a caller: counted together, and read to their end as JSON. */
import { AppError, unsent } from '../errors/app-error.ts';
import { actedAsOf, type CredentialKind } from '../exchange/credential.ts';
import type { Decision } from '../exchange/decision.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import type { Headers } from '../http/headers.ts';
import { retryAfterMillis } from '../http/retry-after.ts';
import { readText } from '../streams/read-text.ts';

type TenantCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the base path of the tenant, encoded. */
  readonly path: string;
  /** The body, which is sent as JSON. */
  readonly document?: unknown;
  /** A body that is no document. */
  readonly bytes?: Uint8Array;
  /** Of the body; absent = that of JSON:API. */
  readonly mediaType?: string;
  /** True = not from the cache. */
  readonly isFresh?: boolean;
  /** True = the request is about this call, and the others serve it. */
  readonly isMain?: boolean;
};

export type TenantAnswer = {
  readonly status: number;
  /** Undefined where a refusal is no JSON. */
  readonly document: unknown;
  /** True = the cache has answered it, also where the tenant has failed at it. */
  readonly isRemembered: boolean;
  /** What the tenant asks for. */
  readonly retryAfterSeconds: number | undefined;
};

export type Tenant = {
  /** @throws AppError as the pipeline does, UPSTREAM_UNREADABLE for a success that is no JSON. */
  ask(call: TenantCall): Promise<TenantAnswer>;
  /** Calls that were sent so far. Those that the cache answered are not among them, and neither are its refreshes. */
  sentCalls(): number;
  /** As whom the main call was made; where there was none, the last one. */
  actedAs(): CredentialKind | undefined;
  /** Which limit refused a call, the last one that was refused. */
  refusal(): Decision['refusal'];
};

/** Accepts work that goes on after the answer. */
type Background = (work: Promise<void>) => void;

/** One call in the name of the caller. Its decision is filled on the way. */
export type SendCall = (
  call: {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body?: Uint8Array;
    readonly background?: Background;
  },
  decision: Decision,
) => Promise<Pick<NativeAnswer, 'status' | 'headers' | 'body' | 'actedAs'>>;

const jsonApi = 'application/vnd.api+json';
/** Far above a page of a hundred records. */
const mostBytes = 16_777_216;

const readBody = async (body: NativeAnswer['body']): Promise<string> => {
  const text = await readText(body, mostBytes);
  if (text !== undefined) return text;
  throw new AppError('UPSTREAM_UNREADABLE', {
    detail: `The tenant answered with more than ${mostBytes} bytes.`,
    isTooLarge: true,
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const headersOf = ({ document, bytes, mediaType = jsonApi, isFresh = false }: TenantCall): Headers => [
  ['accept', jsonApi],
  ...((document ?? bytes) === undefined ? [] : [['content-type', mediaType] as const]),
  ...(isFresh ? [['cache-control', 'no-cache'] as const] : []),
];

const retryAfterSecondsOf = (headers: Headers): number | undefined => {
  const millis = retryAfterMillis(headers, Date.now());
  return millis === undefined ? undefined : Math.ceil(millis / 1_000);
};

/** Writes what all calls have cost so far into the decision about the request that they were made for. */
const sumUp = (total: Decision, calls: readonly Decision[]): void => {
  const sends = calls.flatMap((call) => call.sends ?? []);
  if (sends.length > 0) total.sends = sends;
  const [first, ...others] = calls.flatMap(({ quota }) => quota ?? []);
  if (!first) return;
  total.quota = others.reduce(
    (sum, quota) => ({
      ...quota,
      asked: sum.asked + quota.asked,
      units: sum.units + quota.units,
      waitedMillis: sum.waitedMillis + quota.waitedMillis,
    }),
    first,
  );
};

/** A copy of the cache stands in for an answer of the tenant, too, where the tenant has failed. */
const isFromCache = ({ sends, cacheStatus }: Decision): boolean =>
  sends === undefined || /^hit\b/.test(cacheStatus ?? '');

const toAnswer = async (
  { status, headers, body }: Pick<NativeAnswer, 'status' | 'headers' | 'body'>,
  isRemembered: boolean,
): Promise<TenantAnswer> => {
  const document = parse(await readBody(body));
  if (document === undefined && status < 300 && status !== 204)
    throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The tenant answered with a document that is no JSON.' });
  return { status, document, isRemembered, retryAfterSeconds: retryAfterSecondsOf(headers) };
};

/**
 * @param total the decision about the caller's request, which gets the costs of all calls, refreshes of the cache included.
 * @param background of the caller's request.
 */
export const askAs = (send: SendCall, total: Decision, background?: Background): Tenant => {
  const decisions: Decision[] = [];
  const refreshed: Background = (work) => background?.(work.then(() => sumUp(total, decisions)));
  let sent = 0;
  let main: CredentialKind | undefined;
  let last: CredentialKind | undefined;
  let refusal: Decision['refusal'];
  const noteActedAs = ({ isMain = false }: TenantCall, kind: CredentialKind | undefined): void => {
    last = kind ?? last;
    if (isMain) main = kind ?? main;
  };
  return {
    async ask(call) {
      const { method, path, document, bytes } = call;
      const decision: Decision = {};
      decisions.push(decision);
      const bodyBytes = document === undefined ? bytes : Buffer.from(JSON.stringify(document));
      const sending = {
        method,
        path,
        headers: headersOf(call),
        ...(bodyBytes === undefined ? {} : { body: bodyBytes }),
        ...(background ? { background: refreshed } : {}),
      };
      try {
        const answer = await send(sending, decision).finally(() => {
          sent += decision.sends?.length ?? 0;
        });
        noteActedAs(call, answer.actedAs);
        return await toAnswer(answer, isFromCache(decision));
      } catch (error) {
        if (error instanceof AppError) noteActedAs(call, actedAsOf(error));
        throw decision.sends === undefined ? unsent(error) : error;
      } finally {
        refusal = decision.refusal ?? refusal;
        sumUp(total, decisions);
      }
    },
    sentCalls: () => sent,
    actedAs: () => main ?? last,
    refusal: () => refusal,
  };
};
