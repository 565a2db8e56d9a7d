/** Answers from a recording, and refuses everything that is not in it. */
import { SignalsError } from '../errors.ts';
import type { Reply } from '../http/reply.ts';
import { bytesContent, generatedContent } from '../tenant/content.ts';
import { baseMark, type Exchange, type Recording } from './recording.ts';

/** The order of query parameters does not matter; that of values under one name does. */
const keyOf = (method: string, path: string): string => {
  const { pathname, searchParams } = new URL(`http://recording${path}`);
  searchParams.sort();
  return `${method} ${pathname}?${searchParams}`;
};

const replyOf = (exchange: Exchange, base: string): Reply => {
  const withBase = (text: string) => text.replaceAll(baseMark, base);
  const { 'content-type': mediaType = 'application/octet-stream', ...others } = exchange.headers;
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, withBase(value)]));
  const { body, status } = exchange;
  if ('sizeBytes' in body) return { status, headers, content: generatedContent(mediaType, body.sizeBytes, 1) };
  return { status, headers, content: bytesContent(mediaType, Buffer.from(withBase(body.text))) };
};

export interface Replay {
  /** @param path after the base, with the query. @throws 501 for a call that was not recorded. */
  answer(method: string, path: string, base: string): Reply;
}

/** Calls that were recorded several times are answered in their order; the last answer stays. */
export const createReplay = ({ exchanges }: Recording): Replay => {
  const answers = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange.method, exchange.path);
    const known = answers.get(key);
    if (known === undefined) answers.set(key, [exchange]);
    else known.push(exchange);
  }
  const counts = new Map<string, number>();
  const next = (key: string): Exchange | undefined => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const known = answers.get(key);
    return known?.[count] ?? known?.at(-1);
  };
  return {
    answer(method, path, base) {
      const found = next(keyOf(method, path)) ?? (method === 'HEAD' ? next(keyOf('GET', path)) : undefined);
      if (found !== undefined) return replyOf(found, base);
      throw new SignalsError(501, 'NotRecorded', 'Call is not recorded.', `The recording has no ${method} ${path}.`);
    },
  };
};
