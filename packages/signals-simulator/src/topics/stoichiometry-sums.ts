/** What the tenant computes in the grids of a drawing: numbers of rows, formulas, masses, amounts, yields. */
import { exactMassOf, formulaOf, massOf, parseSmiles } from '../chemistry/molecule.ts';
import { roman } from '../chemistry/reaction-file.ts';
import type { Json } from '../json.ts';
import type { Drawing, GridName, StoichiometryRow } from '../tenant/drawings.ts';
import type { FieldDefinition } from '../tenant/model.ts';
import { parseQuantity, unitFactor } from './field-values.ts';

const columnOf = (drawing: Drawing, grid: GridName, key: string): FieldDefinition | undefined =>
  drawing.columns.get(grid)?.find(({ id }) => id === key);

const rounded = (value: number) => Number(value.toPrecision(6));

/** The value in the first unit of its column; `undefined` when the cell is empty or holds no number. */
const numberIn = (drawing: Drawing, grid: GridName, row: StoichiometryRow, key: string): number | undefined => {
  const [definition, value] = [columnOf(drawing, grid, key), row.values.get(key)];
  if (definition === undefined || value === undefined || value === '' || value === null) return undefined;
  if (definition.type !== 'unit') return Number(value);
  const { number, unit } = parseQuantity(definition, value);
  return number * unitFactor(unit);
};

/** Keeps the unit in which a person typed the cell before. */
const setNumber = (drawing: Drawing, grid: GridName, row: StoichiometryRow, key: string, value: number): void => {
  const definition = columnOf(drawing, grid, key);
  if (definition === undefined || !Number.isFinite(value)) return;
  if (definition.type !== 'unit') {
    row.values.set(key, rounded(value));
    return;
  }
  const known = row.values.get(key);
  const unit =
    known === undefined || known === '' ? (definition.units?.[0] ?? '') : parseQuantity(definition, known).unit;
  row.values.set(key, `${rounded(value / unitFactor(unit))} ${unit}`);
};

/** A drawn row knows its structure: formula with `<sub>`, masses, one equivalent. */
export const drawnValues = (smiles: string, isProduct: boolean): Map<string, Json> => {
  const molecule = parseSmiles(smiles) ?? { atoms: [], bonds: [] };
  const [formula, mass] = [formulaOf(molecule), massOf(molecule)];
  return new Map<string, Json>([
    ['name', formula],
    ['formula', formula.replace(/\d+/g, '<sub>$&</sub>')],
    ['mf', `${mass} g/mol`],
    ['mw', `${mass} g/mol`],
    ['em', exactMassOf(molecule)],
    ['IUPACName', formula],
    ...(isProduct ? [] : [['eq', 1] as const]),
  ]);
};

/** Rows without a structure have the cells that every client reads, empty. */
const fillRequired = (row: StoichiometryRow) => {
  for (const key of ['formula', 'IUPACName']) if (!row.values.has(key)) row.values.set(key, '');
  for (const key of ['mf', 'mw']) if (!row.values.has(key)) row.values.set(key, '0 g/mol');
  if (!row.values.has('em')) row.values.set('em', 0);
};

/** Rows are counted through reactants, then products; exactly one drawn reactant limits. */
const number = ({ grids }: Drawing): void => {
  for (const [index, row] of [...grids.reactants, ...grids.products].entries()) {
    row.values.set('rxnid', roman(index + 1));
    fillRequired(row);
  }
  for (const [index, row] of grids.products.entries()) row.values.set('productId', `P${index + 1}`);
  const limiting = grids.reactants.find(({ values }) => values.get('limit') === true) ?? grids.reactants[0];
  for (const row of grids.reactants) row.values.set('limit', row === limiting);
};

/** Moles of one equivalent, from the row that was changed or the limiting one. */
const molesOfOne = (drawing: Drawing, changed: StoichiometryRow | undefined): number | undefined => {
  const { reactants } = drawing.grids;
  const source =
    changed !== undefined && reactants.includes(changed)
      ? changed
      : reactants.find(({ values }) => values.get('limit') === true);
  if (source === undefined) return undefined;
  const moles = numberIn(drawing, 'reactants', source, 'moles');
  const equivalents = numberIn(drawing, 'reactants', source, 'eq') ?? 1;
  return moles === undefined || equivalents === 0 ? undefined : moles / equivalents;
};

/** A mass gives the moles of its row, moles give the mass. */
const balanceRow = (drawing: Drawing, row: StoichiometryRow, keys: ReadonlySet<string>) => {
  const mw = numberIn(drawing, 'reactants', row, 'mw') ?? 0;
  const [mass, moles] = [numberIn(drawing, 'reactants', row, 'sm'), numberIn(drawing, 'reactants', row, 'moles')];
  if (mw <= 0) return;
  if (keys.has('sm') && mass !== undefined) setNumber(drawing, 'reactants', row, 'moles', mass / mw);
  else if (keys.has('moles') && moles !== undefined) setNumber(drawing, 'reactants', row, 'sm', moles * mw);
};

const spread = (drawing: Drawing, one: number, changed: StoichiometryRow | undefined) => {
  for (const row of drawing.grids.reactants) {
    const mw = numberIn(drawing, 'reactants', row, 'mw') ?? 0;
    const moles = one * (numberIn(drawing, 'reactants', row, 'eq') ?? 1);
    if (mw <= 0) continue;
    setNumber(drawing, 'reactants', row, 'moles', moles);
    if (row !== changed || !row.values.has('sm')) setNumber(drawing, 'reactants', row, 'sm', moles * mw);
  }
  for (const row of drawing.grids.products) {
    const mw = numberIn(drawing, 'products', row, 'mw') ?? 0;
    setNumber(drawing, 'products', row, 'theoMol', one);
    setNumber(drawing, 'products', row, 'theoMass', one * mw);
    const actual = numberIn(drawing, 'products', row, 'actualMass');
    if (actual === undefined || mw <= 0) continue;
    setNumber(drawing, 'products', row, 'actualMol', actual / mw);
    if (one > 0) setNumber(drawing, 'products', row, 'yield', (100 * actual) / mw / one);
  }
};

/**
 * After every change. A mass or an amount that a person types leads: the moles and the masses of the other rows follow it
 * (client-shapes S3). New equivalents change the row that has them; those of the limiting row change the others.
 */
export const recalculate = (
  drawing: Drawing,
  changed?: StoichiometryRow,
  keys: ReadonlySet<string> = new Set(),
): void => {
  if (changed !== undefined && keys.has('limit') && changed.values.get('limit') === true)
    for (const row of drawing.grids.reactants) row.values.set('limit', row === changed);
  number(drawing);
  const leads = changed !== undefined && (keys.has('sm') || keys.has('moles')) ? changed : undefined;
  if (leads !== undefined) balanceRow(drawing, leads, keys);
  const one = molesOfOne(drawing, leads);
  if (one !== undefined) spread(drawing, one, leads);
};
