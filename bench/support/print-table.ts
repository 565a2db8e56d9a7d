/** A table as lines of text that are valid Markdown too. */
import type { Column, Table } from '../question.ts';

const textOf = (value: string | number | undefined, { digits = 0 }: Column): string =>
  typeof value === 'number'
    ? value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : (value ?? '');

export const printTable = ({ title, columns, rows }: Table): string => {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => textOf(row[column.key], column))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  /** Text stands left, numbers right. */
  const isText = columns.map(({ key }) => rows.every((row) => typeof row[key] === 'string'));
  const lines = cells.map((line) => {
    const padded = line.map((cell, index) =>
      isText[index] ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
    );
    return `| ${padded.join(' | ')} |`;
  });
  const rule = widths.map((width, index) => (isText[index] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [`${title}\n`, lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n');
};
