/** Asks the real tenant. What it answers is counted while it is read. */
import { special } from '../errors.ts';
import { basePath } from '../http/native.ts';
import type { RawExchange } from './redact.ts';

/** The most that an answer may have, after it is unpacked. */
export const mostBytes = 67_108_864;
const keptHeaders = ['content-type', 'content-disposition', 'etag', 'last-modified', 'location'] as const;

/** The text of a cause can hold the key, so no answer holds it. */
const unreachable = () => special(502, 'TenantUnreachable', 'The tenant cannot be reached, or its answer was cut.');

const readBytes = async (answer: Response): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of answer.body ?? []) {
    count += chunk.byteLength;
    // Leaving the loop ends the transfer.
    if (count > mostBytes) throw special(502, 'TooLargeToRecord', `The answer has more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = (answer: Response): Record<string, string> =>
  Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );

/** A redirect is passed on, never followed: the key is for the tenant alone. */
export const askTenant = async (method: string, target: URL, key: string, accept: string): Promise<RawExchange> => {
  const headers = { 'x-api-key': key, accept };
  const answer = await fetch(target, { method, headers, redirect: 'manual' }).catch(() => {
    throw unreachable();
  });
  const bytes = await readBytes(answer).catch((cause: unknown) => {
    throw cause instanceof TypeError ? unreachable() : cause;
  });
  const path = `${target.pathname.slice(basePath.length)}${target.search}`;
  return { method, path, status: answer.status, headers: headersOf(answer), bytes, sizeBytes: bytes.byteLength };
};
