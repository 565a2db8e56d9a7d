/**
 * The rows of a catalogue as text, one line for each, so that a start reads one short string instead of hundreds of objects with texts for
 * documents. No value contains a blank, and no name of a query parameter a comma.
 */
import type { Operation } from './operation.ts';

const columns = ['method', 'path', 'group', 'kind', 'scope', 'cache', 'entity', 'digest', 'answer'] as const;
const absent = '-';

export const writeOperations = (operations: readonly Operation[]): string =>
  operations
    .map((operation) => [...columns.map((column) => operation[column] ?? absent), operation.query.join()].join(' '))
    .join('\n');

/** Each line must come from `writeOperations`. */
export const readOperations = (lines: string): readonly Operation[] =>
  lines.split('\n').map((line) => {
    const values = line.split(' ');
    const query = values[columns.length] || undefined;
    const facts = columns.map((column, index) => [column, values[index] === absent ? undefined : values[index]]);
    return { ...Object.fromEntries(facts), query: query?.split(',') ?? [] } as Operation;
  });
