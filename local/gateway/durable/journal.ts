/** Journals of executions: one file of JSON lines for each. A line is on disk before its change is reported. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { JournalRecord } from './records.ts';

export type Journals = {
  /** Appends a record to the journal of an execution, which the first record makes. */
  append(arn: string, record: JournalRecord): void;
  /** Every journal that there is. A last line that a kill has cut was never answered, and is dropped. */
  readAll(): JournalRecord[][];
  remove(arn: string): void;
};

const fileOf = (folder: string, arn: string): string =>
  join(folder, `${createHash('sha256').update(arn).digest('hex').slice(0, 32)}.jsonl`);

const readJournal = (path: string): JournalRecord[] => {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // The next record must not become the end of the torn line.
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JournalRecord.parse(JSON.parse(line)));
};

/** @param folder without it, journals are kept nowhere. */
export const openJournals = (folder: string | undefined): Journals => {
  if (folder === undefined) return { append: () => {}, readAll: () => [], remove: () => {} };
  mkdirSync(folder, { recursive: true });
  return {
    append: (arn, record) => appendFileSync(fileOf(folder, arn), `${JSON.stringify(record)}\n`),
    readAll: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => readJournal(join(folder, name)))
        .filter(([first]) => first?.kind === 'started'),
    remove: (arn) => rmSync(fileOf(folder, arn), { force: true }),
  };
};
