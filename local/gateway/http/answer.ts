/** The answer of a function, in one of the two forms that a proxy integration accepts. */
import type { Readable } from 'node:stream';
import * as z from 'zod';
import type { FunctionFault } from '../lambda/fault.ts';
import type { Reply } from '../lambda/runtime-api.ts';
import { defaultContentType, nameInAnswer } from './header-table.ts';

export type AnswerHead = { readonly status: number; readonly headers: readonly (readonly [string, string[]])[] };
/** The answer of the function is not a proxy answer. API Gateway answers 502. */
class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** Lambda's limit on a buffered answer, 6 MB. */
const bufferedAnswerLimitBytes = 6_291_456;
/** Our guard: a prelude longer than this has no end. */
const preludeLimitBytes = 1_048_576;
const delimiter = Buffer.alloc(8);
const streamedContentType = 'application/vnd.awslambda.http-integration-response';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Head = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(scalar)).nullish(),
  cookies: z.array(z.string()).nullish(),
});
const Buffered = Head.extend({ body: z.string().nullish(), isBase64Encoded: z.boolean().nullish() });

const toHead = (head: z.output<typeof Head>): AnswerHead => {
  const headers = new Map<string, readonly [string, string[]]>();
  const put = (name: string, values: string[]): void => {
    const leaving = nameInAnswer(name);
    if (leaving !== undefined) headers.set(leaving.toLowerCase(), [leaving, values]);
  };
  for (const [name, value] of Object.entries(head.headers ?? {})) put(name, [value]);
  // A name in both maps counts with its multi-value list only (developer guide, "Output format").
  for (const [name, values] of Object.entries(head.multiValueHeaders ?? {})) put(name, values);
  const cookies = head.cookies ?? [];
  if (cookies.length > 0) put('Set-Cookie', [...(headers.get('set-cookie')?.[1] ?? []), ...cookies]);
  if (!headers.has('content-type')) put('Content-Type', [defaultContentType]);
  return { status: head.statusCode, headers: [...headers.values()] };
};

const parse = <T>(text: string, schema: z.ZodType<T>): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new MalformedAnswer(error instanceof Error ? error.message : 'not JSON');
  }
};

/** Reads a whole answer. @throws MalformedAnswer above the limit. */
export const readWhole = async (body: Readable, limitBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size <= limitBytes) chunks.push(chunk as Buffer);
  }
  if (size > limitBytes) throw new MalformedAnswer(`the answer has ${size} bytes, above ${limitBytes}`);
  return Buffer.concat(chunks);
};

/** The answer of a buffered integration. */
export const readBufferedAnswer = async (reply: Reply): Promise<{ head: AnswerHead; body: Buffer }> => {
  const text = (await readWhole(reply.body, bufferedAnswerLimitBytes)).toString();
  const answer = parse(text, Buffered);
  return { head: toHead(answer), body: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
};

const readPrelude = async (body: Readable): Promise<string> => {
  let read = Buffer.alloc(0);
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    read = Buffer.concat([read, chunk as Buffer]);
    const end = read.indexOf(delimiter);
    if (end >= 0) {
      const rest = read.subarray(end + delimiter.length);
      if (rest.length > 0) body.unshift(rest);
      return read.subarray(0, end).toString();
    }
    if (read.length > preludeLimitBytes) break;
  }
  throw new MalformedAnswer('the streamed answer has no metadata prelude');
};

/**
 * Head of a streamed answer: JSON metadata, then 8 NUL bytes. What follows is left in `reply.body`.
 * @throws FunctionFault when the handler threw before it wrote; MalformedAnswer for anything else that is no prelude.
 */
export const readStreamedHead = async (reply: Reply): Promise<AnswerHead> => {
  if (!reply.isStreaming || reply.contentType !== streamedContentType)
    throw new MalformedAnswer(`a streaming integration got ${reply.contentType || 'no content type'}`);
  try {
    return toHead(parse(await readPrelude(reply.body), Head));
  } catch (error) {
    throw failureOf(reply) ?? error;
  }
};

const failureOf = (reply: Reply): FunctionFault | undefined => (reply.body.complete ? reply.failure() : undefined);
