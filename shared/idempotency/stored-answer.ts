/** Converts answers and failures to their stored form, and back. */
import zlib from 'node:zlib';
import { jsonApiMediaType } from '../config/names.ts';
import { AppError } from '../errors/app-error.ts';
import { toErrorReply } from '../errors/error-document.ts';
import { actedAsOf, actingAsFields } from '../exchange/credential.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import type { Headers } from '../http/headers.ts';
import type { KeyedRequest } from './key.ts';
import type { IdempotencyRecord, StoredOutcome } from './record.ts';

/** An item holds 400 KB (DynamoDB quotas); the rest is for headers and keys. */
const mostStoredBytes = 300_000;
const mostHeaderBytes = 32_768;
/** Below this, compression costs more than it saves. */
const leastCompressedBytes = 512;

/** Headers that belong to the session of the facade's own credential with the upstream. */
const secretHeaders: ReadonlySet<string> = new Set(['set-cookie', 'set-cookie2']);

const noted = (actedAs: NativeAnswer['actedAs']) => (actedAs === undefined ? {} : { actedAs });

type Body = Extract<StoredOutcome, { kind: 'answer' }>['body'];

const pack = (body: Uint8Array): Body => {
  const bytes = body.byteLength < leastCompressedBytes ? body : zlib.zstdCompressSync(body);
  return bytes.byteLength < body.byteLength
    ? { bytes: new Uint8Array(bytes), coding: 'zstd' }
    : { bytes: new Uint8Array(body), coding: 'identity' };
};

/** Stores only the status. */
export const toStoredHead = ({ status, actedAs }: Pick<NativeAnswer, 'status' | 'actedAs'>): StoredOutcome => ({
  kind: 'head',
  status,
  ...noted(actedAs),
});

/**
 * Stores a whole answer if it is small enough and nothing was masked in it, otherwise only its status. A stream passes
 * untouched.
 */
export const toStored = ({ status, headers, body, actedAs, isMasked }: NativeAnswer): StoredOutcome => {
  const head = toStoredHead({ status, actedAs });
  if (isMasked) return head;
  if (body !== undefined && !(body instanceof Uint8Array)) return head;
  const kept = headers
    .filter(([name]) => !secretHeaders.has(name))
    .map(([name, value]): [string, string] => [name, value]);
  const stored = body && pack(body);
  const fits = (stored?.bytes.byteLength ?? 0) <= mostStoredBytes && JSON.stringify(kept).length <= mostHeaderBytes;
  if (!fits) return head;
  return { kind: 'answer', status, headers: kept, ...(stored ? { body: stored } : {}), ...noted(actedAs) };
};

type Answered = Pick<KeyedRequest['request'], 'requestId' | 'publicUrl'>;

/** A failure as the answer that its caller gets. */
export const toFailedAnswer = (error: AppError, request: Answered) => {
  const { status, document, headers } = toErrorReply(error, request);
  const own: Headers = [['content-type', jsonApiMediaType], ['cache-control', 'no-store'], ...headers];
  return { status, headers: own, body: Buffer.from(JSON.stringify(document)), ...noted(actedAsOf(error)) };
};

export const toStoredError = (error: unknown): StoredOutcome => {
  if (!(error instanceof AppError)) return { kind: 'error', code: 'INTERNAL' };
  const { detail } = error.facts;
  return { kind: 'error', code: error.code, ...(detail === undefined ? {} : { detail }), ...noted(actedAsOf(error)) };
};

const replayed: Headers[number] = ['idempotency-replayed', 'true'];

const replayError = (outcome: Extract<StoredOutcome, { kind: 'error' }>, began: string, request: Answered) => {
  const first = outcome.detail ?? 'The facade failed.';
  const detail = `${first} This is what came of the first request under this key, at ${began}; it was not sent again. Look whether it was carried out; to repeat it, take a new key.`;
  const { headers, ...answer } = toFailedAnswer(new AppError(outcome.code, { detail }), request);
  return { ...answer, headers: [...headers, replayed], ...noted(outcome.actedAs) };
};

/** Restores the first answer. @throws AppError IDEMPOTENCY_UNREPLAYABLE if its body was not stored. */
export const replay = ({ beganMillis }: IdempotencyRecord, outcome: StoredOutcome, request: Answered): NativeAnswer => {
  const began = new Date(beganMillis).toISOString();
  if (outcome.kind === 'error') return replayError(outcome, began, request);
  if (outcome.kind === 'head')
    throw new AppError('IDEMPOTENCY_UNREPLAYABLE', {
      detail: `The first request under this key, at ${began}, was answered with ${outcome.status}, and the body of the answer was not kept. It was not sent again.`,
      headers: actingAsFields(outcome.actedAs),
    });
  const { status, headers, body } = outcome;
  const bytes = body?.coding === 'zstd' ? new Uint8Array(zlib.zstdDecompressSync(body.bytes)) : body?.bytes;
  return { status, headers: [...headers, replayed], body: bytes, ...noted(outcome.actedAs) };
};
