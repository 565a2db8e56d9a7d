/** Calls to the tenant that answer one request of a caller: counted together, and read to their end as JSON. */
import { Readable } from 'node:stream';
import { AppError, unsent } from '../errors/app-error.ts';
import type { Decision } from '../exchange/decision.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import type { Headers } from '../http/headers.ts';
import { readStart } from '../streams/read-start.ts';

type TenantCall = {
  readonly method: 'GET' | 'POST';
  /** Path and query below the base path of the tenant, encoded. */
  readonly path: string;
  /** The body, which is sent as JSON. */
  readonly document?: unknown;
  /** Of the body; absent = that of JSON:API. */
  readonly mediaType?: string;
  /** True = not from the cache. */
  readonly isFresh?: boolean;
};

export type TenantAnswer = {
  readonly status: number;
  /** Undefined where a refusal is no JSON. */
  readonly document: unknown;
  /** True = nothing was sent for it: the cache has answered. */
  readonly isRemembered: boolean;
};

export type Tenant = {
  /** @throws AppError as the pipeline does, UPSTREAM_UNREADABLE for a success that is no JSON. */
  ask(call: TenantCall): Promise<TenantAnswer>;
  /** Calls that were sent so far. Those that the cache answered are not among them. */
  sentCalls(): number;
};

/** One call in the name of the caller. Its decision is filled on the way. */
type SendCall = (
  call: {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body?: Uint8Array;
  },
  decision: Decision,
) => Promise<Pick<NativeAnswer, 'status' | 'body'>>;

const jsonApi = 'application/vnd.api+json';
/** Far above a page of a hundred records. */
const mostBytes = 16_777_216;

const readBody = async (body: NativeAnswer['body']): Promise<string> => {
  if (!(body instanceof Readable)) return Buffer.from(body ?? '').toString();
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return read.whole.toString();
  read.rest.destroy();
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

const headersOf = ({ document, mediaType = jsonApi, isFresh = false }: TenantCall): Headers => [
  ['accept', jsonApi],
  ...(document === undefined ? [] : [['content-type', mediaType] as const]),
  ...(isFresh ? [['cache-control', 'no-cache'] as const] : []),
];

/** Adds what a call cost to the decision about the request that it was made for. */
const addCosts = (total: Decision, { sends = [], quota, refusal }: Decision): void => {
  if (sends.length > 0) total.sends = [...(total.sends ?? []), ...sends];
  if (refusal) total.refusal = refusal;
  if (!quota) return;
  const before = total.quota ?? { asked: 0, units: 0, waitedMillis: 0 };
  total.quota = {
    ...quota,
    asked: before.asked + quota.asked,
    units: before.units + quota.units,
    waitedMillis: before.waitedMillis + quota.waitedMillis,
  };
};

/** @param total the decision about the caller's request, which gets the costs of all calls. */
export const askAs = (send: SendCall, total: Decision): Tenant => {
  let sent = 0;
  return {
    async ask(call) {
      const { method, path, document } = call;
      const decision: Decision = {};
      const body = document === undefined ? {} : { body: Buffer.from(JSON.stringify(document)) };
      try {
        const answer = await send({ method, path, headers: headersOf(call), ...body }, decision);
        const read = parse(await readBody(answer.body));
        if (read === undefined && answer.status < 300)
          throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The tenant answered with a document that is no JSON.' });
        return { status: answer.status, document: read, isRemembered: decision.sends === undefined };
      } catch (error) {
        throw decision.sends === undefined ? unsent(error) : error;
      } finally {
        sent += decision.sends?.length ?? 0;
        addCosts(total, decision);
      }
    },
    sentCalls: () => sent,
  };
};
