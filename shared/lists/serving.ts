/** What lists and sources have in common when the tenant asks: the secret header outwards, the call, the reading of its answer. */
import { createHash } from 'node:crypto';
import type { Envelope } from '../credentials/envelope.ts';
import { AppError } from '../errors/app-error.ts';
import { parseShallow } from '../json/nesting.ts';
import type { CopyStore, CsvFiles, Definition } from './definition.ts';
import type { ReadThrough } from './read-through.ts';
import { sealedFor } from './sealed-for.ts';
import type { RecordAnswer, RecordCall, SystemOfRecord } from './system-of-record.ts';
import { originOf } from './url-template.ts';

export type ServingParts = {
  readonly system: SystemOfRecord;
  readonly envelope: Pick<Envelope, 'open'>;
  readonly copies: CopyStore;
  readonly csvFiles: CsvFiles;
  readonly readThrough: ReadThrough;
};

/** A definition that is made anew, or asks for something else, finds no copies of the one before. */
export const copyKey = (definition: Definition, ...of: readonly unknown[]): string => {
  const { kind, name, createdAtMillis, fields, key } = definition;
  const facts = JSON.stringify([createdAtMillis, fields, key, ...of]);
  return `${kind}/${name}/${createHash('sha256').update(facts).digest('base64url')}`;
};

const mostLevels = 32;

export const unreadable = (detail: string, cause?: unknown): AppError =>
  new AppError('RECORDS_UNREADABLE', { detail, ...(cause === undefined ? {} : { cause }) });

/** @throws AppError RECORDS_UNREADABLE. */
export const readJsonAnswer = ({ body }: RecordAnswer): unknown => {
  try {
    return parseShallow(body, mostLevels);
  } catch {
    // The error of the parser holds a part of the answer, and would be logged.
    throw unreadable('The system of record did not answer with JSON.');
  }
};

export const isSuccess = ({ status }: RecordAnswer): boolean => status >= 200 && status < 300;

export const failed = ({ status }: RecordAnswer, more = ''): AppError =>
  new AppError('SOURCE_FAILED', { detail: `The system of record answered ${status}.${more}` });

type Caller = Pick<ServingParts, 'system' | 'envelope'>;

/** Calls the system of record of a definition, with its header where it has one. */
export const callFor =
  ({ system, envelope }: Caller) =>
  async ({ kind, name, header }: Definition, call: Omit<RecordCall, 'header'>): Promise<RecordAnswer> => {
    if (!header || originOf(call.url) !== header.origin) return system.call(call);
    const value = await envelope.open(sealedFor(kind, name, header.origin), header.sealed);
    return system.call({ ...call, header: { name: header.name, value } });
  };
