/** Turns a write and its outcome into audit records: identifiers and names, never a value that may be content. */
import { pipeline, Readable } from 'node:stream';
import { entityOf } from '../catalogue/catalogue.ts';
import type { Operation } from '../catalogue/operation.ts';
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { codingOf } from '../http/content-codings.ts';
import { contentEncodingOf } from '../http/headers.ts';
import { readUpTo } from '../streams/read-up-to.ts';
import { changedNothing } from './certainty.ts';
import { type Change, type Facts, toAsked } from './changes.ts';
import type { AuditIntent, AuditOutcome, AuditRecord } from './record.ts';

/** Whether an operation is recorded. Polling a job changes nothing and happens often, so it is not. */
const belongsIntoLog = ({ scope, kind }: Operation): boolean => scope !== 'read' && kind !== 'async-status';

/** A path that a lenient server may read as another operation is recorded if either is. */
export const isAudited = ({ operation, lookalike }: Pick<Exchange, 'operation' | 'lookalike'>): boolean =>
  belongsIntoLog(operation) || (lookalike !== undefined && belongsIntoLog(lookalike));

/** Longer paths are cut, so that an item stays small. */
const longestPathCharacters = 1_024;
const longestNameCharacters = 256;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const name = (text: string): string => cut(text, longestNameCharacters);

/** Parameter names of the catalogue. Other text before a `=` may be anything. */
const queryNamesOf = ({ operation, request }: Exchange): string[] => [
  ...new Set(request.query.map(([queryName]) => queryName).filter((queryName) => operation.query.includes(queryName))),
];

type NativeFacts = Omit<AuditIntent, 'id' | 'startedMillis' | 'deleteAtSeconds' | 'stage'>;

export const describeWrite = (exchange: Exchange, { kind, id, principal }: Credential): NativeFacts => {
  const { operation, request, upstream, consumer, subject } = exchange;
  const entity = entityOf(exchange);
  const queryNames = queryNamesOf(exchange);
  return {
    kind: 'native',
    requestId: request.requestId,
    consumer: consumer.id,
    ...(subject === undefined ? {} : { subject: name(subject) }),
    credential: { kind, id, principal },
    operation: cut(`${operation.method} ${operation.path}`, longestPathCharacters),
    upstream: upstream.name,
    group: operation.group,
    target: cut(upstream.basePath + request.path, longestPathCharacters),
    ...(queryNames.length > 0 ? { queryNames } : {}),
    ...(entity ? { entity: name(entity) } : {}),
  };
};

/** One act of an administrator. Its subject counts as the entity. */
export type Act = {
  readonly caller: { readonly consumer: { readonly id: string }; readonly subject?: string | undefined };
  readonly requestId: string;
  readonly act: string;
  /** An identifier, never a secret. */
  readonly target: string;
  /** What was asked for, without secrets. */
  readonly asked?: Facts | undefined;
  /** What it has changed, without secrets; read after it has run. */
  readonly changes?: (() => readonly Change[]) | undefined;
  /** Set for a command: the AWS identity that ran it. For a write to a source: the name of the source. */
  readonly actor?: string | undefined;
  /** Absent = `operator` for what has an actor, else `admin`. */
  readonly kind?: 'source';
};

export const describeAct = ({ caller, requestId, act, target, asked, actor, kind }: Act): NativeFacts => ({
  kind: kind ?? (actor === undefined ? 'admin' : 'operator'),
  requestId,
  consumer: caller.consumer.id,
  ...(actor === undefined ? {} : { actor: cut(actor, longestPathCharacters) }),
  ...(caller.subject === undefined ? {} : { subject: name(caller.subject) }),
  operation: name(act),
  target: cut(target, longestPathCharacters),
  ...(target ? { entity: name(target) } : {}),
  ...(asked === undefined ? {} : { asked: toAsked(asked) }),
});

export type Ending = {
  readonly outcome: Exclude<AuditOutcome, 'pending'>;
  readonly status?: number;
  readonly code?: string;
  readonly changes?: Change[];
};

const outcomeOfStatus = (status: number): Ending['outcome'] => {
  if (status < 400) return 'done';
  return status < 500 ? 'refused' : 'failed';
};

export const endingOfStatus = (status: number): Ending => ({ outcome: outcomeOfStatus(status), status });

export const endingOfError = (error: unknown): Ending => ({
  outcome: changedNothing(error) ? 'refused' : 'unknown',
  code: error instanceof AppError ? error.code : 'INTERNAL',
});

/** A creation's answer is small. Larger answers are not searched. */
const mostParsedBytes = 262_144;

/** The text of a small body; undefined if it is large or in an unknown coding. */
const readText = async (body: Uint8Array, contentEncoding: string | undefined): Promise<string | undefined> => {
  const coding = codingOf(contentEncoding);
  if (coding === undefined) return undefined;
  const source = Readable.from([body]);
  const plain = coding === 'identity' ? source : pipeline(source, coding.decode(), () => {});
  return (await readUpTo(plain, mostParsedBytes))?.toString('utf8');
};

/** The id of the created entity, if the answer is a small JSON:API document of one resource. Never throws. */
export const createdEntity = async (
  { createdId }: Exchange['upstream'],
  { status, headers, body }: NativeAnswer,
): Promise<string | undefined> => {
  if (!createdId || status >= 300 || !(body instanceof Uint8Array) || body.byteLength > mostParsedBytes)
    return undefined;
  try {
    const text = await readText(body, contentEncodingOf(headers));
    const id = text && createdId(JSON.parse(text));
    return id ? name(id) : undefined;
  } catch {
    return undefined;
  }
};

/** A function runs no longer (Lambda quotas: 15 minutes), so a write that has not ended by then never will. */
const longestRunMillis = 900_000;

/** The outcome of an entry at an instant. */
export const outcomeOf = (record: AuditRecord, nowMillis: number): AuditOutcome => {
  if (record.stage === 'outcome') return record.outcome;
  return nowMillis < record.startedMillis + longestRunMillis ? 'pending' : 'unknown';
};
