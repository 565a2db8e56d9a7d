/** Items of a CSV file (RFC 4180), read by the types of the fields; and items as a CSV file for people. */
import { CsvError, parse } from 'csv-parse/sync';
import { csvRecord } from '../exports/extract/csv-cell.ts';
import type { FieldType } from './field.ts';
import { checkItems, type ItemFault, type ItemRules, type ListItem, mostItems } from './items.ts';

/** One more than the header and the items that a list may have, so that too many are noticed and the rest is not read. */
const mostRecords = mostItems + 2;
const mostRecordCharacters = 1_000_000;

const toValue = (type: FieldType, cell: string): unknown => {
  if (cell === '') return undefined;
  if (type !== 'checkbox') return cell;
  return /^true$/i.test(cell) ? true : /^false$/i.test(cell) ? false : cell;
};

const readRecords = (bytes: Uint8Array): string[][] =>
  parse(Buffer.from(bytes), {
    bom: true,
    skip_empty_lines: true,
    to: mostRecords,
    max_record_size: mostRecordCharacters,
  });

const headerFaults = (header: readonly string[], { fields, key }: ItemRules): ItemFault[] => {
  const known = new Set(fields.map(({ name }) => name));
  const unknown = header.filter((name) => !known.has(name));
  if (unknown.length > 0) return [{ detail: `has a column that is no field: ${unknown.slice(0, 5).join(', ')}` }];
  if (new Set(header).size < header.length) return [{ detail: 'has a column twice' }];
  return header.includes(key) ? [] : [{ detail: `has no column ${key}, the key` }];
};

type Read = { readonly items: readonly ListItem[]; readonly faults: readonly ItemFault[] };

const failed = (detail: string): Read => ({ items: [], faults: [{ detail }] });

/** The first record names the fields. An empty cell is no value. A cell is not trimmed, and keeps its leading zeros in a text. */
export const readCsvItems = (bytes: Uint8Array, rules: ItemRules): Read => {
  let records: string[][];
  try {
    records = readRecords(bytes);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed(`is no CSV file (${error.code})`);
  }
  const [header, ...rows] = records;
  if (!header) return failed('has no header');
  if (rows.length > mostItems) return failed(`has more than ${mostItems} items`);
  const faults = headerFaults(header, rules);
  if (faults.length > 0) return { items: [], faults };
  const types = header.map((name) => rules.fields.find((field) => field.name === name)?.type ?? 'text');
  const items = rows.map((row) =>
    Object.fromEntries(
      header.flatMap((name, column) => {
        const value = toValue(types[column] ?? 'text', row[column] ?? '');
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
  return checkItems(items, rules);
};

/** A column for each field. What a spreadsheet would run as a formula is made a text. */
export const toCsv = (items: readonly ListItem[], { fields }: ItemRules): string => {
  const names = fields.map(({ name }) => name);
  return [csvRecord(names), ...items.map((item) => csvRecord(names.map((name) => item[name])))].join('');
};
