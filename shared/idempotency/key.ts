/** Reads the Idempotency-Key of a request, and decides whether two requests are the same. */
import { createHash } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { RequestBody } from '../exchange/transport.ts';
import { type Headers, headerValue } from '../http/headers.ts';

export const idempotencyHeader = 'idempotency-key';

/** A native exchange is one; so is a request of the facade's own routes with its caller. */
export type KeyedRequest = {
  readonly request: {
    readonly requestId: string;
    readonly method: string;
    readonly headers: Headers;
    readonly body: RequestBody | undefined;
    readonly publicUrl: string;
    readonly deadlineMillis: number;
  };
  readonly consumer: { readonly id: string; readonly incarnation?: string | undefined };
  readonly subject?: string | undefined;
  readonly bearer?: string | undefined;
  /** Path and query. */
  readonly target: string;
  readonly upstream?: { readonly name: string };
  readonly operation?: { readonly kind: string };
  /** The operation that a lenient server may also read from the path. */
  readonly lookalike?: { readonly kind: string } | undefined;
};

const refuse = (detail: string): never => {
  throw new AppError('REQUEST_INVALID', { detail, source: { header: 'Idempotency-Key' } });
};

/** 1 to 255 of ! to ~: no blank, so that a list that a proxy has joined is no key. */
const visibleAscii = /^[!-~]{1,255}$/;
/** A string of RFC 9651, 3.3.3: backslashes before quotes and backslashes only. */
const quoted = /^"((?:[^"\\]|\\["\\])*)"$/;

const valuesOf = (headers: Headers): string[] =>
  headers.filter(([name]) => name === idempotencyHeader).map(([, value]) => value.trim());

const textOf = (value: string): string | undefined => {
  const text = value.startsWith('"') ? quoted.exec(value)?.[1]?.replace(/\\(["\\])/g, '$1') : value;
  return text !== undefined && visibleAscii.test(text) ? text : undefined;
};

/**
 * The key: `8e03978e` and `"8e03978e"` are the same one. The draft (draft-ietf-httpapi-idempotency-key-header, 2.1) knows the
 * quoted form only; most clients send the other.
 * @throws AppError REQUEST_INVALID for several, an empty, a long or an unreadable one.
 */
export const readKey = (headers: Headers): string | undefined => {
  const [value, ...others] = valuesOf(headers);
  if (value === undefined) return undefined;
  if (others.length > 0) return refuse('Send one Idempotency-Key.');
  return (
    textOf(value) ??
    refuse('An Idempotency-Key has 1 to 255 visible ASCII characters and no blank, and may stand in double quotes.')
  );
};

/** The key if `readKey` can read it; an invalid key counts as none. */
export const findKey = (headers: Headers): string | undefined => {
  const [value, ...others] = valuesOf(headers);
  return value === undefined || others.length > 0 ? undefined : textOf(value);
};

const digest = (parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

/**
 * The name of the record. Keys of different consumers, people or tokens never share one, nor do those of a removed
 * consumer and a new one with its id. It reveals neither key nor token.
 */
export const recordName = ({ consumer, subject, bearer }: KeyedRequest, key: string): string =>
  `${consumer.id}#${digest(['signals-facade-idempotency', consumer.incarnation ?? consumer.id, subject ?? null, bearer ?? null, key])}`;

/** Equal for the same method, target, content type and body. The body is in memory, or there is none. */
export const fingerprintOf = ({ request, target, upstream }: KeyedRequest): string => {
  const { method, headers, body } = request;
  const bodyHash = body instanceof Uint8Array && body.byteLength > 0 ? hashOf(body) : null;
  return digest([upstream?.name ?? null, method, target, headerValue(headers, 'content-type') ?? null, bodyHash]);
};
