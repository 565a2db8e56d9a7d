/** Reads logs line by line: NDJSON, or CSV with a header. A file whose name ends in .gz is unpacked on the way. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LoggedRequest } from '../../shared/what-if/logged-request.ts';
import { readEntry } from '../../shared/what-if/read-entry.ts';

export type LogCounts = {
  lines: number;
  /** Lines about something else, such as the start of a function. */
  foreign: number;
  /** Lines that could not be read, without a last one that is cut off. */
  unreadable: number;
  /** `FILE:LINE` of the first few of them. */
  readonly firstUnreadable: string[];
  /** Files whose last line is cut off. */
  readonly cutOff: string[];
};

export const newLogCounts = (): LogCounts => ({ lines: 0, foreign: 0, unreadable: 0, firstUnreadable: [], cutOff: [] });

const mostNamed = 5;
/** A longer row is no row: a quote is missing. */
const mostRowCharacters = 1_048_576;

const isWhole = (row: string): boolean => (row.match(/"/g)?.length ?? 0) % 2 === 0;

/** The fields of one row (RFC 4180). With a comma before the first one, no field is matched by nothing, also where it is empty. */
const toFields = (row: string): string[] =>
  [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** An export of a log group to S3 puts the time before each line (CloudWatch Logs user guide, exporting to Amazon S3). */
const exportedTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+/;

/** A line that is no document, such as `START RequestId: ...`, is about something else. */
const toDocument = (line: string): unknown => {
  const text = line.replace(exportedTime, '');
  return text === line || text.startsWith('{') ? parseJson(text) : { message: text };
};

/** A parser of lines; undefined = a header, or a part of a row. The first line decides about the form. */
const createParser = () => {
  let header: string[] | undefined;
  let isCsv: boolean | undefined;
  let begun = '';
  return (line: string): { readonly value: unknown } | undefined => {
    isCsv ??= !/^\s*[{[]/.test(line) && !exportedTime.test(line);
    if (!isCsv) return { value: toDocument(line) };
    const row = begun === '' ? line : `${begun}\n${line}`;
    begun = isWhole(row) || row.length > mostRowCharacters ? '' : row;
    if (begun !== '') return undefined;
    const fields = toFields(row);
    if (!header) {
      header = fields;
      return undefined;
    }
    if (fields.length !== header.length) return { value: undefined };
    return { value: Object.fromEntries(header.map((name, index) => [name, fields[index]])) };
  };
};

const open = (file: string): Readable => {
  if (file === '-') return process.stdin;
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes;
  const unpacked = createGunzip();
  bytes.once('error', (error) => unpacked.destroy(error));
  return bytes.pipe(unpacked);
};

/** A file that ends within a compressed block is cut off, like one that ends within a line. */
const isCutOff = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';

async function* linesOf(file: string, counts: LogCounts): AsyncGenerator<string> {
  const input = open(file);
  let failure: unknown;
  input.once('error', (error) => {
    failure = error;
  });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (failure) break;
    yield line;
  }
  if (failure && !isCutOff(failure)) throw failure;
  if (failure) counts.cutOff.push(file);
}

/**
 * The requests of a file, in its order. Memory does not grow with its length.
 * @param counts is added to.
 * @throws Error of the file system.
 */
export async function* readLog(file: string, counts: LogCounts): AsyncGenerator<LoggedRequest> {
  const parse = createParser();
  let lineNumber = 0;
  let pending: number | undefined;
  const countPending = (): void => {
    if (pending === undefined) return;
    counts.unreadable += 1;
    if (counts.firstUnreadable.length < mostNamed) counts.firstUnreadable.push(`${file}:${pending}`);
    pending = undefined;
  };
  for await (const line of linesOf(file, counts)) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    countPending();
    counts.lines += 1;
    const parsed = parse(line);
    if (!parsed) continue;
    const reading = readEntry(parsed.value);
    if (reading === 'unreadable') pending = lineNumber;
    else if (reading === 'foreign') counts.foreign += 1;
    else yield* reading;
  }
  if (pending !== undefined && !counts.cutOff.includes(file)) counts.cutOff.push(file);
}
