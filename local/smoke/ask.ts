/** One raw request, bounded in time and size. Redirects are not followed, and nothing is retried or decoded. */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

type Question = {
  readonly method?: string;
  /** Below the base URL, as it stands in the request line: raw bytes above 7F are sent as UTF-8. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends the body in chunks, without a length. */
  readonly chunked?: boolean;
  /** Reads the first bytes, pauses, and then reads the rest. */
  readonly stallMillis?: number;
};

export type StageAnswer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The beginning of the body. */
  readonly text: string;
  readonly bytes: number;
  /** False: the other side broke off. */
  readonly isWhole: boolean;
};

export type Ask = (question: Question) => Promise<StageAnswer>;

const answerMillis = 15_000;
const mostKeptBytes = 1_048_576;
/** Most bytes of an answer that are read. It is more than any check needs. */
const mostBytes = 128 * 1_048_576;

/** Node writes paths in Latin-1: so these characters become the bytes of UTF-8. */
const toWire = (path: string): string => Buffer.from(path, 'utf8').toString('latin1');

const read = async (incoming: IncomingMessage, stallMillis: number): Promise<StageAnswer> => {
  const kept: Buffer[] = [];
  let bytes = 0;
  let isWhole = true;
  try {
    for await (const chunk of incoming) {
      if (bytes === 0 && stallMillis > 0) await sleep(stallMillis);
      bytes += (chunk as Buffer).byteLength;
      if (bytes <= mostKeptBytes) kept.push(chunk as Buffer);
      if (bytes > mostBytes) break;
    }
  } catch {
    isWhole = false;
  }
  const { statusCode = 0, headers } = incoming;
  return { status: statusCode, headers, text: Buffer.concat(kept).toString('utf8'), bytes, isWhole };
};

/** Asks on a connection of its own. @throws Error when there is no answer in time. */
export const createAsk = (baseUrl: URL, key: string): Ask => {
  const { request } = baseUrl.protocol === 'https:' ? https : http;
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  return ({ method = 'GET', path, headers = {}, body, chunked = false, stallMillis = 0 }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request({
        agent: false,
        hostname: baseUrl.hostname.replace(/^\[|\]$/g, ''),
        port: baseUrl.port,
        method,
        path: toWire(basePath + path),
        headers: { 'x-api-key': key, ...headers, ...length, ...(chunked ? { 'transfer-encoding': 'chunked' } : {}) },
        signal: AbortSignal.timeout(answerMillis * 2 + stallMillis),
      });
      outgoing.setTimeout(answerMillis + stallMillis, () => outgoing.destroy(new Error('no answer in time')));
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => read(incoming, stallMillis).then(resolve, reject));
      outgoing.end(body);
    });
};
