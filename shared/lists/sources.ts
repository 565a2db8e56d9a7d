/** Data sources: records that the tenant reads, creates and updates in a system of record. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { toPointer } from '../routes/faults.ts';
import type { SourceDefinition } from './definition.ts';
import type { Background, Served } from './read-through.ts';
import { type Checked, checkRecord, isRecord, type RecordFault, type SourceRecord, stepsOf } from './record.ts';
import { callFor, copyKey, failed, isSuccess, readJsonAnswer, type ServingParts, unreadable } from './serving.ts';
import type { RecordAnswer, RecordCall } from './system-of-record.ts';
import { fillUrl, type Placeholders } from './url-template.ts';

/** Signals waits for a record for 20 s. The start of a function and the stores need some of it. */
const mostMillis = 12_000;
const mostBytes = 1_048_576;

const mostFaults = 20;
const mayBeDone = 'Read the record before you write it again: the write may have been carried out.';

export type WriteKind = 'create' | 'update';

const invalid = (faults: readonly { readonly detail: string; readonly source?: { readonly pointer: string } }[]) =>
  new AppError('REQUEST_INVALID', { ...faults[0], faults: faults.slice(0, mostFaults) });

const asFault = ({ path, detail }: RecordFault) => ({
  detail: `${path}: ${detail}.`,
  source: { pointer: toPointer(stepsOf(path)) },
});

/** @throws AppError REQUEST_INVALID. */
const urlOf = (template: string, values: Placeholders): string => {
  const url = fillUrl(template, values);
  if (url !== undefined) return url;
  throw invalid([{ detail: 'The key, the user name or the alias cannot stand in an address.' }]);
};

/** @throws AppError RECORDS_UNREADABLE. */
const readRecord = (answer: RecordAnswer, { fields }: SourceDefinition): SourceRecord => {
  const document = readJsonAnswer(answer);
  if (!isRecord(document)) throw unreadable('The system of record did not answer with an object.');
  const { record, faults } = checkRecord(document, fields);
  const [first] = faults;
  if (first) throw unreadable(`The record is not as declared. ${first.path}: ${first.detail}.`);
  return record;
};

/** What a system of record echoes of a write that it has carried out. An empty answer is no echo. */
const readEcho = (answer: RecordAnswer, source: SourceDefinition, sent: Buffer): string => {
  if (answer.body.byteLength === 0) return sent.toString();
  try {
    return JSON.stringify(readRecord(answer, source));
  } catch (cause) {
    throw unreadable(`The write was carried out, and its answer cannot be used. ${mayBeDone}`, cause);
  }
};

/** @throws AppError REQUEST_INVALID that names every fault. */
const checkBody = (body: unknown, { fields }: SourceDefinition): Checked => {
  if (!isRecord(body)) throw invalid([{ detail: 'The body must be an object: the record.', source: { pointer: '' } }]);
  const checked = checkRecord(body, fields);
  const unknown = checked.unknown.map((path) => ({ path, detail: 'is no field of this source' }));
  const faults = [...checked.faults, ...unknown];
  if (faults.length > 0) throw invalid(faults.map(asFault));
  return checked;
};

/** A create may leave the key to the system of record. */
const fieldsOf = (source: SourceDefinition, kind: WriteKind): SourceDefinition => ({
  ...source,
  fields: source.fields.map((field) =>
    field.name === source.key ? { ...field, isRequired: kind === 'update' } : field,
  ),
});

/** After these, a write that was sent may have been carried out. */
const uncertain: readonly ErrorCode[] = ['SOURCE_LATE', 'SOURCE_FAILED', 'RECORDS_UNREADABLE'];

/** A write whose outcome is not known is told apart from one that was never sent. */
const asWriteFailure = (error: unknown): unknown => {
  if (!(error instanceof AppError) || error.facts.sent === false) return error;
  if (!uncertain.includes(error.code)) return error;
  return new AppError('RECORD_UNCERTAIN', { detail: `${error.facts.detail ?? ''} ${mayBeDone}`.trim(), cause: error });
};

export type WriteOf = {
  readonly kind: WriteKind;
  readonly body: unknown;
  readonly people: Omit<Placeholders, 'id'>;
  /** The key in the path, where there is one: it must be the one of the record. */
  readonly id?: string | undefined;
};

/** Runs a write, and may record it. A failure passes unchanged. @param key of the record; undefined = the system of record gives it one. */
export type Recorded = <T>(key: string | undefined, run: () => Promise<T>) => Promise<T>;

export const createSources = ({ copies, readThrough, ...caller }: ServingParts) => {
  const call = callFor(caller);

  const ask = async (source: SourceDefinition, url: string): Promise<string> => {
    const answer = await call(source, { method: 'GET', url, mostBytes, mostMillis });
    if (answer.status === 404 || answer.status === 410)
      throw new AppError('RECORD_UNKNOWN', { detail: 'The system of record has no record with this key.' });
    if (!isSuccess(answer)) throw failed(answer);
    return JSON.stringify(readRecord(answer, source));
  };

  const send = async (source: SourceDefinition, request: Omit<RecordCall, 'mostBytes' | 'mostMillis' | 'header'>) => {
    const answer = await call(source, { ...request, mostBytes, mostMillis }).catch((error: unknown) => {
      throw asWriteFailure(error);
    });
    if (isSuccess(answer)) return answer;
    if (answer.status < 500 && answer.status >= 400 && answer.status !== 429)
      throw new AppError('RECORD_REFUSED', { detail: `The system of record answered ${answer.status}.` });
    throw failed(answer, ` ${mayBeDone}`);
  };

  return {
    /** The record as it is now, as JSON. */
    ask: (source: SourceDefinition, values: Placeholders): Promise<string> =>
      ask(source, urlOf(source.urls.read, values)),

    /** @throws AppError RECORD_UNKNOWN; and what the system of record throws, where there is no copy that may be served. */
    async serve(source: SourceDefinition, values: Placeholders, background: Background): Promise<Served> {
      const url = urlOf(source.urls.read, values);
      return readThrough(copyKey(source, url), source, () => ask(source, url), background);
    },

    /**
     * Sends a record once. A write that is not as declared is not sent, and not recorded. @returns the record as the system of record answers it, as JSON.
     * @throws AppError REQUEST_INVALID, RECORD_REFUSED, RECORD_UNCERTAIN, SOURCE_FAILED, RECORDS_UNREADABLE, and what `recorded` throws.
     */
    async write(source: SourceDefinition, { kind, body, people, id }: WriteOf, recorded: Recorded): Promise<string> {
      const template = source.urls[kind];
      if (template === undefined)
        throw new AppError('RECORD_REFUSED', { detail: `This source does not ${kind} records.` });
      const { record, values } = checkBody(body, fieldsOf(source, kind));
      const key = values.get(source.key) ?? undefined;
      if (id !== undefined && String(key) !== id)
        throw invalid([asFault({ path: source.key, detail: 'must be the key in the path' })]);
      // Its address would be the one of all records.
      if (kind === 'update' && key === '') throw invalid([asFault({ path: source.key, detail: 'must not be empty' })]);
      const known = { ...people, ...(key === undefined ? {} : { id: String(key) }) };
      const url = urlOf(template, known);
      const sent = Buffer.from(JSON.stringify(record));
      try {
        return await recorded(key === undefined ? undefined : String(key), async () => {
          const answer = await send(source, { method: kind === 'create' ? 'POST' : 'PUT', url, body: sent });
          return readEcho(answer, source, sent);
        });
      } finally {
        const readUrl = key === undefined ? undefined : fillUrl(source.urls.read, known);
        // What was read before is no longer so. A copy that stays is not served for longer than it may be.
        if (readUrl !== undefined) await copies.remove(copyKey(source, readUrl)).catch(() => {});
      }
    },
  };
};
export type Sources = ReturnType<typeof createSources>;
