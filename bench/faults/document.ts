/** Writes the tables of bench/results/faults.json into docs/faults.md: `npm run bench:faults-document`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result } from '../question.ts';
import { printTable } from '../support/print-table.ts';

const documentFile = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));
const resultFile = fileURLToPath(new URL('../results/faults.json', import.meta.url));

const begin = (name: string): string => `<!-- table: ${name} -->\n`;
const end = '<!-- end of table -->';

/** Whether a full run has left figures. */
export const hasResult = (): boolean => existsSync(resultFile);
export const readResult = (): Result => JSON.parse(readFileSync(resultFile, 'utf8'));
export const readDocument = (): string => readFileSync(documentFile, 'utf8');

/** The document with each table as it is in the result. @throws Error when it has no place for one. */
export const withTables = (text: string, { tables }: Result): string =>
  tables.reduce((document, table) => {
    const from = document.indexOf(begin(table.name));
    const to = document.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`docs/faults.md has no place for the table ${table.name}.`);
    return `${document.slice(0, from)}${begin(table.name)}\n${printTable(table)}\n\n${document.slice(to)}`;
  }, text);

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(documentFile, withTables(readDocument(), readResult()));
