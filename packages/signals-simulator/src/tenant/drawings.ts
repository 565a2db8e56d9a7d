/** Chemical drawings: the reaction's parts and the stoichiometry grids beside them. */
import type { Json } from '../json.ts';
import type { FieldDefinition } from './model.ts';

export const gridNames = ['reactants', 'products', 'solvents', 'conditions'] as const;
export type GridName = (typeof gridNames)[number];

export interface StoichiometryRow {
  /** That of the drawn structure, a number, or a uuid. */
  readonly id: string;
  readonly smiles: string | undefined;
  /** As the caller gave it; made from the SMILES otherwise. */
  readonly inchi?: string;
  /** Rows added beside the drawing may be removed; drawn ones not. */
  readonly isCustom: boolean;
  readonly values: Map<string, Json>;
}

export interface Structure {
  readonly id: string;
  readonly smiles: string;
  readonly inchi?: string;
}

export interface Drawing {
  readonly grids: Readonly<Record<GridName, StoichiometryRow[]>>;
  /** Structures by side of the reaction: `reactants`, `reagents`, `products`. */
  readonly reaction: Map<string, readonly Structure[]>;
  readonly columns: Map<GridName, FieldDefinition[]>;
  /** Uploaded reactions refuse updates of their grids. */
  readonly isLocked: boolean;
}

type Kind = readonly [type: FieldDefinition['type'], measure?: string, units?: readonly string[]];

const mass: Kind = ['unit', 'mass', ['g', 'mg', 'kg', 'ug']];
const molarMass: Kind = ['unit', 'molarMass', ['g/mol']];
const amount: Kind = ['unit', 'amountOfSubstance', ['mol', 'mmol', 'umol']];
const volume: Kind = ['unit', 'volume', ['mL', 'L', 'uL', 'ml', 'l', 'ul']];
const density: Kind = ['unit', 'density', ['g/mL', 'kg/L']];
const share: Kind = ['unit', 'percentage', ['%']];

/** The keys of client-shapes, section 3, in its order; the first unit is the one that a bare number has. */
const keys: Readonly<Record<GridName, Readonly<Record<string, Kind>>>> = {
  reactants: {
    rxnid: ['html'],
    name: ['text'],
    cas: ['text'],
    formula: ['html'],
    mf: molarMass,
    mw: molarMass,
    em: ['number'],
    limit: ['boolean'],
    eq: ['number'],
    sm: mass,
    moles: amount,
    loading: ['unit', 'loading', ['mmol/g']],
    molarity: ['unit', 'molarity', ['M', 'mM']],
    volume,
    density,
    wt: share,
    supplier: ['text'],
    lot: ['text'],
    IUPACName: ['text'],
    barcode: ['text'],
    materialId: ['link'],
    containerId: ['link'],
  },
  products: {
    rxnid: ['html'],
    productId: ['text'],
    name: ['text'],
    formula: ['html'],
    mf: molarMass,
    mw: molarMass,
    em: ['number'],
    theoMass: mass,
    actualMass: mass,
    purity: share,
    density,
    yield: share,
    theoMol: amount,
    actualMol: amount,
    conversion: share,
    IUPACName: ['text'],
    barcode: ['text'],
    materialId: ['link'],
    containerId: ['link'],
  },
  solvents: { solvent: ['text'], ratio: ['number'], volume },
  conditions: {
    pressure: ['unit', 'pressure', ['atm', 'bar', 'kPa', 'Torr']],
    temperature: ['unit', 'temperature', ['°C', 'K', '°F']],
    duration: ['unit', 'time', ['min', 's', 'h', 'd']],
  },
};

/** Only the tenant writes these. */
const computed: ReadonlySet<string> = new Set([
  'rxnid',
  'productId',
  'formula',
  'mf',
  'mw',
  'em',
  'theoMass',
  'theoMol',
]);

const columnsOf = (grid: GridName): FieldDefinition[] =>
  Object.entries(keys[grid]).map(([name, [type, measure, units]]) => ({
    id: name,
    name,
    type,
    ...(measure === undefined ? {} : { measure }),
    ...(units === undefined ? {} : { units }),
    ...(computed.has(name) ? { canEdit: false } : {}),
  }));

export const createDrawing = (isLocked = false): Drawing => ({
  grids: { reactants: [], products: [], solvents: [], conditions: [] },
  reaction: new Map(),
  columns: new Map(gridNames.map((grid) => [grid, columnsOf(grid)])),
  isLocked,
});

/** Whether anything was drawn with the API. */
export const hasParts = (drawing: Drawing | undefined): boolean =>
  [...(drawing?.reaction.values() ?? [])].some((structures) => structures.length > 0);
