/** Positions in a grid: `B3` is row 1, column 2, both from zero. */
import * as z from 'zod';
import { wholeNumber } from '../http/whole-number.ts';

/** Of a plate of the tenant, in rows and in columns. */
const largestPlate = 48;
const lettersInAlphabet = 26;
const firstLetter = 'A'.charCodeAt(0);

export type Well = { readonly row: number; readonly column: number };

const isOnPlate = ({ row, column }: Well): boolean => row < largestPlate && column < largestPlate;

/** `A` is 1, `Z` 26, `AA` 27. */
const numberOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * lettersInAlphabet + letter.charCodeAt(0) - firstLetter + 1, 0);

const lettersOf = (row: number): string => {
  const letter = String.fromCharCode(firstLetter + (row % lettersInAlphabet));
  return row < lettersInAlphabet ? letter : lettersOf(Math.floor(row / lettersInAlphabet) - 1) + letter;
};

/** Undefined for what is no label from `A1` to `AV48`. */
export const toWell = (label: string): Well | undefined => {
  const found = /^([A-Z]{1,2})([1-9]\d?)$/.exec(label);
  if (!found) return undefined;
  const well = { row: numberOf(found[1] as string) - 1, column: Number(found[2]) - 1 };
  return isOnPlate(well) ? well : undefined;
};

/** Undefined beyond the largest plate, where the tenant has no labels. */
export const toLabel = (well: Well): string | undefined =>
  isOnPlate(well) ? `${lettersOf(well.row)}${well.column + 1}` : undefined;

export const Label = z.string().refine((label) => toWell(label) !== undefined, 'must be a position from A1 to AV48');

export const WellQuery = z.strictObject({
  label: Label.optional().describe('Such as B3.'),
  row: wholeNumber(0, largestPlate - 1)
    .optional()
    .describe('From zero; with `column`.'),
  column: wholeNumber(0, largestPlate - 1)
    .optional()
    .describe('From zero; with `row`.'),
  index: wholeNumber(0, largestPlate ** 2 - 1)
    .optional()
    .describe('From zero, row by row; with `columns`.'),
  columns: wholeNumber(1, largestPlate).optional().describe('Columns of the plate, without which there is no index.'),
});
type WellQuery = z.output<typeof WellQuery>;

type Fault = { readonly detail: string; readonly parameter: string };

const wellInQuery = ({ label, row, column, index, columns }: WellQuery): Well | undefined => {
  if (label !== undefined) return toWell(label);
  if (row !== undefined && column !== undefined) return { row, column };
  if (index === undefined || columns === undefined) return undefined;
  return { row: Math.floor(index / columns), column: index % columns };
};

/** The well that a query names in one of the three ways, or what is wrong with it. */
export const findWell = (query: WellQuery): (Well & { readonly label: string; readonly index?: number }) | Fault => {
  const ways = [query.label, query.row ?? query.column, query.index].filter((way) => way !== undefined);
  const well = ways.length === 1 ? wellInQuery(query) : undefined;
  if (!well)
    return { parameter: 'label', detail: 'Name the well by label, by row and column, or by index and columns.' };
  const { columns } = query;
  if (columns !== undefined && well.column >= columns)
    return { parameter: 'columns', detail: `The well is in column ${well.column}, and the plate has ${columns}.` };
  const label = toLabel(well);
  if (label === undefined) return { parameter: 'index', detail: 'The well is beyond AV48.' };
  return { ...well, label, ...(columns === undefined ? {} : { index: well.row * columns + well.column }) };
};
