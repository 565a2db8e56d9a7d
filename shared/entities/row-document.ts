/** Rows of tables in the documents of /v1/entities/{eid}/rows. */
import * as z from 'zod';
import { CellValue } from './columns.ts';

const ColumnAttributes = z.strictObject({
  key: z.string(),
  title: z.string(),
  name: z
    .string()
    .describe('The name of its cells in a row: the title, or the key where another column has the title.'),
  type: z.string().describe('Such as text, number, unit or multiSelect.'),
  isReadOnly: z.boolean(),
  options: z.array(z.string()).optional(),
  defaultUnit: z.string().optional(),
});

export const RowResource = z
  .strictObject({
    type: z.literal('table-row'),
    id: z.string().describe('Id of the row; in a table of samples, the one of the sample.'),
    attributes: z.strictObject({
      cells: z
        .record(z.string(), z.unknown())
        .describe(
          'Values by the names of the columns. Empty cells are left out. Numbers are numbers, quantities text.',
        ),
      parentRowId: z.string().nullable().optional().describe('In a hierarchical table.'),
      name: z.string().optional().describe('Of the sample.'),
      state: z.string().optional().describe('Of the sample.'),
    }),
  })
  .meta({ id: 'TableRow' });
export type RowResource = z.output<typeof RowResource>;

const upstreamCalls = z
  .number()
  .int()
  .describe('Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted.');
const digest = z.string().optional().describe('Version of the table, which is also the ETag.');

export const RowsDocument = z
  .strictObject({
    data: z.array(RowResource),
    meta: z.strictObject({
      digest,
      columns: z.array(ColumnAttributes),
      total: z.number().int().describe('Rows of all pages.'),
      upstreamCalls,
    }),
    links: z.strictObject({ next: z.string().optional() }),
  })
  .meta({ id: 'TableRowsDocument' });

export const AddedRowsDocument = z
  .strictObject({ data: z.array(RowResource), meta: z.strictObject({ digest, upstreamCalls }) })
  .meta({ id: 'AddedTableRowsDocument' });

export const RowDocument = z
  .strictObject({ data: RowResource, meta: z.strictObject({ digest, upstreamCalls }) })
  .meta({ id: 'TableRowDocument' });

const cells = z
  .record(z.string().min(1).max(200), CellValue)
  .refine((all) => Object.keys(all).length <= 300, 'must have at most 300 members')
  .describe(
    'Values by the names or the keys of the columns. Numbers, texts, true or false, lists of texts; quantities such as "2.5 g"; links as ids; null empties a cell.',
  );
export const reasonId = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .describe('Where the tenant asks for a reason for changes: its id.');
export const comment = z.string().min(1).max(2_000).optional().describe('With `reasonId`: more about the reason.');

/** Far above what fits into a body. */
const mostRows = 100;

const NewRow = z.strictObject({
  cells,
  parentRowId: z.string().min(1).max(100).optional().describe('In a hierarchical table: the row of the layer above.'),
});
export const NewRows = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('table-rows'),
      attributes: z.strictObject({
        rows: z.array(NewRow).min(1).max(mostRows).describe('Added in this order, all or none.'),
        reasonId,
        comment,
      }),
    }),
  })
  .meta({ id: 'NewTableRows' });
export type NewRows = z.output<typeof NewRows>['data']['attributes'];

export const RowChange = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('table-row'),
      attributes: z.strictObject({
        cells: cells.refine((all) => Object.keys(all).length > 0, 'must name a cell'),
        reasonId,
        comment,
      }),
    }),
  })
  .meta({ id: 'TableRowChange' });
export type RowChange = z.output<typeof RowChange>['data']['attributes'];
export type Reason = { readonly reasonId?: string | undefined; readonly comment?: string | undefined };
