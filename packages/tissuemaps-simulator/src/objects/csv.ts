/** CSV as the server writes it: CRLF, and quotes only where they are needed. */
export type Cell = string | number | boolean | undefined;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A boolean is written as Python does. A missing number is `nan`. */
const cellText = (cell: Cell): string => {
  if (cell === undefined) return 'nan';
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  return typeof cell === 'number' ? String(cell) : quoted(cell);
};

export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;
