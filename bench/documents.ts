/** Writes the tables of bench/results into the documents that show them: `npm run bench:documents`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result } from './question.ts';
import { printTable } from './support/print-table.ts';

/** `docs/<name>.md` shows tables of `bench/results/<name>.json`. */
const documentNames = ['faults', 'cost', 'scaling'] as const;
export type DocumentName = (typeof documentNames)[number];

const documentFile = (name: DocumentName): string => fileURLToPath(new URL(`../docs/${name}.md`, import.meta.url));
const resultFile = (name: DocumentName): string => fileURLToPath(new URL(`./results/${name}.json`, import.meta.url));

const begin = (table: string): string => `<!-- table: ${table} -->\n`;
const end = '<!-- end of table -->';

/** Whether a full run has left figures. */
export const hasResult = (name: DocumentName): boolean => existsSync(resultFile(name));
export const readResult = (name: DocumentName): Result => JSON.parse(readFileSync(resultFile(name), 'utf8'));
export const readDocument = (name: DocumentName): string => readFileSync(documentFile(name), 'utf8');

/** The document with each table as it is in the result. @throws Error when it has no place for one. */
export const withTables = (text: string, { tables }: Result): string =>
  tables.reduce((document, table) => {
    const from = document.indexOf(begin(table.name));
    const to = document.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`The document has no place for the table ${table.name}.`);
    return `${document.slice(0, from)}${begin(table.name)}\n${printTable(table)}\n\n${document.slice(to)}`;
  }, text);

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of documentNames.filter(hasResult))
    writeFileSync(documentFile(name), withTables(readDocument(name), readResult(name)));
