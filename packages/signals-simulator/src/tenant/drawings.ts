/** Chemical drawings: the reaction's parts and the stoichiometry grids beside them. */

import type { Json } from '../json.ts';
import type { FieldDefinition } from './model.ts';

export const gridNames = ['reactants', 'products', 'solvents', 'conditions'] as const;
export type GridName = (typeof gridNames)[number];

export interface StoichiometryRow {
  readonly id: string;
  readonly smiles: string | undefined;
  /** Rows added beside the drawing may be removed; drawn ones not. */
  readonly isCustom: boolean;
  readonly values: Map<string, Json>;
}

export interface Drawing {
  readonly grids: Readonly<Record<GridName, StoichiometryRow[]>>;
  readonly reaction: Map<string, { readonly id: string; readonly smiles: string }[]>;
  readonly columns: Map<GridName, FieldDefinition[]>;
  /** Uploaded reactions refuse updates of their grids. */
  readonly isLocked: boolean;
}

const column = (name: string, type: FieldDefinition['type'], units?: readonly string[]): FieldDefinition => ({
  id: name.toLowerCase().replaceAll(' ', '_'),
  name,
  type,
  ...(units === undefined ? {} : { units }),
});

const molecules = () => [
  column('Name', 'text'),
  column('MW', 'unit', ['g/mol']),
  column('Mass', 'unit', ['g', 'mg', 'kg']),
  column('Moles', 'unit', ['mol', 'mmol']),
  column('Equivalents', 'number'),
];

export const createDrawing = (isLocked = false): Drawing => ({
  grids: { reactants: [], products: [], solvents: [], conditions: [] },
  reaction: new Map(),
  columns: new Map<GridName, FieldDefinition[]>([
    ['reactants', molecules()],
    ['products', [...molecules(), column('Yield', 'unit', ['%'])]],
    ['solvents', [column('Name', 'text'), column('Volume', 'unit', ['ml', 'l', 'ul']), column('Ratio', 'number')]],
    [
      'conditions',
      [
        column('Name', 'text'),
        column('Temperature', 'unit', ['degC', 'K']),
        column('Pressure', 'unit', ['bar', 'kPa']),
      ],
    ],
  ]),
  isLocked,
});
