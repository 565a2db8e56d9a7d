/** New containers and locations, as callers describe them. */
import * as z from 'zod';
import { isSingleLine } from '../http/single-line.ts';
import { Label } from './well-position.ts';

const units = ['g', 'ml', 'kg', 'mg', 'l', 'mug', 'ng', 'mul', 'nl', 'kl', 'item'] as const;

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => isSingleLine(text) && text === text.trim(), 'must be one line without blanks around it');
const Id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be an id');
const barcode = line(200).describe('No other item may have it, which makes the creation safe to repeat.');
const description = z.string().max(4_000).optional();
const typeId = Id.describe('Id of the type: `GET /api/rest/v1.0/inventory/types?entityType=container` lists them.');
const fields = z
  .record(
    z.string().min(1).max(200),
    z.union([z.string().max(4_000), z.number(), z.boolean(), z.array(z.string().max(4_000)).max(100)]),
  )
  .refine((all) => Object.keys(all).length <= 200, 'must have at most 200 members')
  .optional()
  .describe('Values by the titles or the ids of the fields of the type. Those that the type requires must be there.');
/** The bound is the facade's own: the tenant documents none. */
const coordinate = z.int().min(0).max(9_999);
const place = {
  position: Label.optional().describe('In a grid, such as B3; in place of `row` and `column`.'),
  row: coordinate.optional().describe('In a grid, from zero.'),
  column: coordinate.optional().describe('In a grid, from zero.'),
};
export type PlaceGiven = {
  readonly position?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: number | undefined;
};

type Problem = { readonly path: string; readonly message: string };
const placeProblems = ({ position, row, column }: PlaceGiven, within: string | undefined): Problem[] => [
  ...(position !== undefined && (row ?? column) !== undefined
    ? [{ path: 'position', message: 'stands in place of row and column' }]
    : []),
  ...((row === undefined) === (column === undefined)
    ? []
    : [{ path: row === undefined ? 'row' : 'column', message: 'is missing' }]),
  ...((position ?? row ?? column) !== undefined && within === undefined
    ? [{ path: position === undefined ? 'row' : 'position', message: 'needs a location that is a grid' }]
    : []),
];

const pair = (one: [string, unknown], other: [string, unknown]): Problem[] => {
  if ((one[1] === undefined) === (other[1] === undefined)) return [];
  return [{ path: (one[1] === undefined ? one : other)[0], message: 'is missing' }];
};

const report = (problems: readonly Problem[], context: z.core.ParsePayload): void => {
  for (const { path, message } of problems)
    context.issues.push({ code: 'custom', input: context.value, path: [path], message });
};

const ContainerAttributes = z
  .strictObject({
    typeId,
    barcode,
    description,
    content: z
      .string()
      .regex(/^(batch|sample|asset):[A-Za-z0-9:_-]{1,200}$/, 'must be the id of a batch, a sample or an asset')
      .optional()
      .describe('What is in it: a batch, a sample, or an asset without batches.'),
    amount: z.number().min(0).max(1e15).optional().describe('With `unit`.'),
    unit: z.enum(units).optional().describe('With `amount`. `mug` and `mul` are micrograms and microlitres.'),
    locationId: Id.optional().describe('Where it is.'),
    ...place,
    fields,
  })
  .check((context) => {
    const { amount, unit, locationId, ...given } = context.value;
    report([...pair(['amount', amount], ['unit', unit]), ...placeProblems(given, locationId)], context);
  });

const LocationAttributes = z
  .strictObject({
    typeId,
    name: line(200).describe('No other location may have it.'),
    barcode,
    description,
    parentId: Id.optional().describe('The location that it is in.'),
    rows: z.int().min(1).max(10_000).optional().describe('Makes it a grid, with `columns`.'),
    columns: z.int().min(1).max(10_000).optional().describe('Makes it a grid, with `rows`.'),
    ...place,
    fields,
  })
  .check((context) => {
    const { rows, columns, parentId, ...given } = context.value;
    report([...pair(['rows', rows], ['columns', columns]), ...placeProblems(given, parentId)], context);
  });

export const NewContainer = z
  .strictObject({
    data: z.strictObject({ type: z.literal('inventory-container'), attributes: ContainerAttributes }),
  })
  .meta({ id: 'NewContainer' });
export const NewLocation = z
  .strictObject({ data: z.strictObject({ type: z.literal('inventory-location'), attributes: LocationAttributes }) })
  .meta({ id: 'NewLocation' });

export type NewContainer = z.output<typeof ContainerAttributes>;
export type NewLocation = z.output<typeof LocationAttributes>;
