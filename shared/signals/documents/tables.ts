/** Tables, drawings with their grids, plates and parallel experiments (client-shapes 2 to 4, 7 and 8). */
import * as z from 'zod';
import { Content, eid, id, resource, text } from './parts.ts';

const columnTypes = [
  'number',
  'integer',
  'datetime',
  'text',
  'list',
  'multiSelect',
  'attributeList',
  'autotextList',
  'boolean',
  'unit',
  'link',
  'externalLink',
  'user',
  'ontologyList',
  'formula',
  'html',
  'structure',
] as const;

export const Column = z.looseObject({
  key: id,
  title: text,
  type: z.enum(columnTypes),
  measure: text.optional(),
  defaultUnit: text.optional(),
  readOnly: z.boolean().optional(),
  multiSelect: z.boolean().optional(),
  options: z.array(z.unknown()).optional(),
});

const columns = z.array(Column).optional();
/** The columns of a grid of a drawing are keyed by its name. */
const GridColumns = z
  .looseObject({ id: eid, reactants: columns, products: columns, solvents: columns, conditions: columns })
  .refine(
    (value) => value.reactants ?? value.products ?? value.solvents ?? value.conditions,
    'must have the columns of a grid',
  );

/** Every cell has a value: an empty one is left out. */
const Cell = z.looseObject({
  key: id,
  type: id,
  name: text,
  content: z.looseObject({ value: z.unknown().refine((value) => value !== undefined, 'must hold a value') }),
});

const TableRow = z.looseObject({ id, cells: z.array(Cell) });

/** `row_id` beside one member for each cell. */
const FlatRow = z.looseObject({
  row_id: id,
  smiles: text.optional(),
  inchi: text.optional(),
  hash: text.optional(),
});

const StoichiometryRow = z.looseObject({
  id,
  grid: z.enum(['reactants', 'products', 'solvents', 'conditions']),
  values: FlatRow,
});

const Grids = z.strictObject({
  reactants: z.array(FlatRow),
  products: z.array(FlatRow),
  solvents: z.array(FlatRow),
  conditions: z.array(FlatRow),
});

const Structure = z.looseObject({
  type: z.enum(['reactant', 'reagent', 'product']),
  id: z.string().regex(/^\d+$/),
  inchi: text.optional(),
  cdxml: text.optional(),
});

const PlateRow = z.looseObject({
  id: z.uuid(),
  type: z.literal('plateRow'),
  cells: z.array(z.looseObject({ key: z.uuid(), type: z.string().regex(/^[A-Z_]+$/), name: text, content: Content })),
});

const PlateAttributes = z.looseObject({ id, eid, name: text, numberOfRows: z.number(), numberOfColumns: z.number() });

const SummaryRow = z.looseObject({ id, columns: z.array(z.looseObject({ key: id })) });

const SummaryReport = z.looseObject({
  bulkUpdateId: z.number().int(),
  subexpSummaryId: eid,
  jobType: id,
  state: z.enum(['IN_PROGRESS', 'SCHEDULED']),
  jobStatus: z.enum(['READY', 'SUCCESS', 'FAILED']),
});

export const tableTypes = {
  adtRow: resource('adtRow', TableRow),
  columnDefinitions: resource('columnDefinitions', z.looseObject({ columns: z.array(Column) })),
  gridColumns: resource('columnDefinitions', GridColumns),
  stoichiometry: resource('stoichiometry', Grids),
  reactant: resource('reactant', StoichiometryRow),
  product: resource('product', StoichiometryRow),
  solvent: resource('solvent', StoichiometryRow),
  condition: resource('condition', StoichiometryRow),
  reactionReactant: resource('reactionReactant', Structure),
  reactionReagent: resource('reactionReagent', Structure),
  reactionProduct: resource('reactionProduct', Structure),
  plateRow: resource('plateRow', PlateRow),
  plate: resource('plate', PlateAttributes),
  subexpSummaryRow: resource('subexpSummaryRow', SummaryRow),
  subexpSummaryBulkUpdateReport: resource('subexpSummaryBulkUpdateReport', SummaryReport),
} as const;
