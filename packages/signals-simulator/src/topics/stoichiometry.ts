/** The stoichiometry of drawings: four grids with flat rows, their columns, and writes (client-shapes, section 3). */
import { writeStructure } from '../chemistry/structure-file.ts';
import { includedEntity, visibleChildren } from '../documents/entity-document.ts';
import { badRequest, forbidden, notFound } from '../errors.ts';
import { bodyJson, type Call, entityOf, type Handler, optionalBodyJson, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, emptyOk, exported, noContent, ok, type Reply } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, textOf } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import { createDrawing, type Drawing, type GridName, gridNames, type StoichiometryRow } from '../tenant/drawings.ts';
import type { Entity, FieldDefinition } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { open, openToWrite } from './drawing-access.ts';
import { checkValue, parseQuantity, type ValueMode } from './field-values.ts';
import {
  addStructure,
  createPaired,
  hashOf,
  inchiOf,
  putPaired,
  putReaction,
  readPosition,
  readReaction,
  structureResource,
} from './reactions.ts';
import { valueMode } from './row-table.ts';
import { recalculate } from './stoichiometry-sums.ts';

const columnsOf = (drawing: Drawing, grid: GridName): FieldDefinition[] => drawing.columns.get(grid) ?? [];

const gridOf = (drawing: Drawing, row: StoichiometryRow): GridName =>
  gridNames.find((name) => drawing.grids[name].includes(row)) ?? 'reactants';

/** `normalized`: every cell an object. Else text with its unit, and booleans as they are. */
const cellOf = (definition: FieldDefinition, value: Json, mode: ValueMode): Json => {
  if (mode !== 'normalized') return definition.type === 'boolean' ? value : String(value);
  if (definition.type === 'number') return { display: String(value), value: Number(value) };
  if (definition.type !== 'unit') return { value };
  const { number, unit } = parseQuantity(definition, value);
  return { display: `${number} ${unit}`.trim(), value: number, units: unit };
};

/** Cells that `fields[stoichiometry]` names; the bare `fields` of clients names grids, and all of them are given anyway. */
const isWanted = (call: Call): ((definition: FieldDefinition) => boolean) => {
  const wanted = call.query
    .get('fields[stoichiometry]')
    ?.split(',')
    .map((name) => name.trim());
  const namesCells = wanted?.some((name) => name !== '' && !(gridNames as readonly string[]).includes(name)) === true;
  return ({ id, name }) => !namesCells || wanted?.includes(id) === true || wanted?.includes(name) === true;
};

/** Empty cells are left out. */
const cellsOf = (call: Call, drawing: Drawing, row: StoichiometryRow): JsonObject => {
  const mode = valueMode(call);
  const cells = columnsOf(drawing, gridOf(drawing, row))
    .filter(isWanted(call))
    .flatMap((definition) => {
      const value = row.values.get(definition.id);
      const isRequired = ['formula', 'IUPACName'].includes(definition.id);
      if (value === undefined || value === null || (value === '' && !isRequired)) return [];
      return [[definition.id, cellOf(definition, value, mode)] as const];
    });
  const { smiles } = row;
  const structure = smiles === undefined ? {} : { smiles, inchi: inchiOf({ ...row, smiles }), hash: hashOf(smiles) };
  return { row_id: row.id, ...Object.fromEntries(cells), ...structure };
};

const itemTypes: Readonly<Record<GridName, string>> = {
  reactants: 'reactant',
  products: 'product',
  solvents: 'solvent',
  conditions: 'condition',
};

const drawingLink = (call: Call, entity: Entity): Json => ({
  links: { self: `${call.base}/entities/${entity.id}` },
  data: { type: 'entity', id: entity.id },
});

const rowResource = (call: Call, entity: Entity, drawing: Drawing, row: StoichiometryRow): JsonObject => {
  const grid = gridOf(drawing, row);
  return {
    type: itemTypes[grid],
    id: row.id,
    links: { self: `${call.base}/stoichiometry/${entity.id}/${row.id}` },
    attributes: { id: row.id, grid, values: cellsOf(call, drawing, row) },
    relationships: { chemicalDrawing: drawingLink(call, entity) },
  };
};

const gridDocument = (call: Call, grid: GridName): Json => {
  const { entity, drawing } = open(call);
  return {
    links: selfLinks(call),
    data: drawing.grids[grid].map((row) => rowResource(call, entity, drawing, row)),
    included: [includedEntity(call, entity)],
  };
};

const drawingResource = (call: Call, entity: Entity, drawing: Drawing): Json => ({
  type: 'stoichiometry',
  id: entity.id,
  links: { self: `${call.base}/stoichiometry/${entity.id}` },
  attributes: Object.fromEntries(
    gridNames.map((grid) => [grid, drawing.grids[grid].map((row) => cellsOf(call, drawing, row))]),
  ),
});

/** Drawings anywhere below a record (client-shapes S20). */
const drawingsBelow = (call: Call, entity: Entity): Entity[] =>
  visibleChildren(call, entity).flatMap((child) => [
    ...(child.type === 'chemicalDrawing' ? [child] : []),
    ...drawingsBelow(call, child),
  ]);

/** One object for a drawing, a list for a record. */
const all: Handler = (call) => {
  const entity = entityOf(call);
  if (entity.type !== 'chemicalDrawing') {
    if (entity.type !== 'experiment' && entity.type !== 'parasubexp')
      throw notFound(`${entity.id} has no stoichiometry.`);
    const data = drawingsBelow(call, entity).map((child) =>
      drawingResource(call, child, call.tenant.drawings.get(child.id) ?? createDrawing()),
    );
    return ok({ links: selfLinks(call), data });
  }
  const { drawing } = open(call);
  return ok({
    links: selfLinks(call),
    data: drawingResource(call, entity, drawing),
    included: [includedEntity(call, entity)],
  });
};

const rowOf = (call: Call, drawing: Drawing): StoichiometryRow => {
  const row = gridNames.flatMap((grid) => drawing.grids[grid]).find(({ id }) => id === param(call, 'rowid'));
  if (row === undefined) throw notFound(`Row ${param(call, 'rowid')} is not found.`);
  return row;
};

/** Members that a caller may send back and that no column holds. */
const notCells: ReadonlySet<string> = new Set(['row_id', 'smiles', 'inchi', 'hash']);

/** In `data.attributes.values`, in `values`, or beside each other in `data.attributes`. */
const givenValues = (body: Json): JsonObject => {
  const values = at(body, 'data', 'attributes', 'values') ?? at(body, 'values') ?? at(body, 'data', 'attributes');
  if (!isObject(values)) throw badRequest('data.attributes.values is required.');
  return values;
};

/** A cell is text with number and unit, a plain value, or an object with one of both. Answers the keys. */
const writeValues = (
  definitions: readonly FieldDefinition[],
  row: StoichiometryRow,
  given: JsonObject,
): Set<string> => {
  const values = new Map<string, Json>();
  for (const [name, content] of Object.entries(given)) {
    if (notCells.has(name)) continue;
    const definition = definitions.find(({ id, name: title }) => id === name || title === name);
    if (definition === undefined) throw badRequest(`The grid has no column "${name}".`);
    if (definition.canEdit === false) throw badRequest(`Column "${name}" is not editable.`);
    const value = isObject(content) ? (at(content, 'value') ?? at(content, 'display') ?? null) : (content ?? null);
    values.set(
      definition.id,
      checkValue(definition, definition.type === 'boolean' ? value === true || value === 'true' : value),
    );
  }
  for (const [key, value] of values) row.values.set(key, value);
  return new Set(values.keys());
};

const showRow = (call: Call, entity: Entity, drawing: Drawing, row: StoichiometryRow): Json => ({
  links: selfLinks(call),
  data: rowResource(call, entity, drawing, row),
  included: [includedEntity(call, entity)],
});

const addRow =
  (grid: GridName): Handler =>
  (call) => {
    const { entity, drawing } = openToWrite(call);
    const row: StoichiometryRow = {
      id: call.tenant.random.uuid(),
      smiles: undefined,
      isCustom: true,
      values: new Map<string, Json>(grid === 'solvents' ? [['ratio', 1]] : []),
    };
    const keys = writeValues(columnsOf(drawing, grid), row, givenValues(bodyJson(call)));
    drawing.grids[grid].push(row);
    recalculate(drawing, row, keys);
    changed(call.tenant, entity, call.user.id, 'update', grid);
    return created(showRow(call, entity, drawing, row));
  };

const patchRow: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const row = rowOf(call, drawing);
  const keys = writeValues(columnsOf(drawing, gridOf(drawing, row)), row, givenValues(bodyJson(call)));
  recalculate(drawing, row, keys);
  changed(call.tenant, entity, call.user.id, 'update', 'stoichiometry');
  return ok(showRow(call, entity, drawing, row));
};

const removeRow: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const row = rowOf(call, drawing);
  if (!row.isCustom) throw forbidden('A drawn row goes with its structure only.');
  const rows = drawing.grids[gridOf(drawing, row)];
  rows.splice(rows.indexOf(row), 1);
  recalculate(drawing);
  changed(call.tenant, entity, call.user.id, 'update', 'stoichiometry');
  return noContent;
};

/** 200 without a body for a row that has no structure. */
const rowStructure = (call: Call): Reply => {
  const { smiles, id } = rowOf(call, open(call).drawing);
  const format = call.query.get('format') ?? 'cdxml';
  if (smiles === undefined) return emptyOk;
  const file = writeStructure(smiles, format);
  if (file === undefined) throw badRequest(`Format "${format}" is not possible.`);
  return exported(textContent(file.mediaType, file.text), `structure-${id}.${file.extension}`);
};

const readGrid = (call: Call): GridName => {
  const grid = gridNames.find((name) => name === param(call, 'grid'));
  if (grid === undefined) throw notFound(`Grid ${param(call, 'grid')} is not found.`);
  return grid;
};

const columnResource = ({ id, name, type, measure, canEdit }: FieldDefinition): Json => ({
  key: id,
  title: name,
  type,
  ...(measure === undefined ? {} : { measure }),
  ...(canEdit === false ? { readOnly: true } : {}),
  hidden: false,
});

/** Keyed by the name of the grid (client-shapes S21). */
const columnsDocument = (call: Call, entity: Entity, drawing: Drawing, grid: GridName): Json => ({
  links: selfLinks(call),
  data: {
    type: 'columnDefinitions',
    id: entity.id,
    links: { self: `${call.base}/stoichiometry/${entity.id}/columns/${grid}` },
    attributes: { id: entity.id, [grid]: columnsOf(drawing, grid).map(columnResource) },
  },
  included: [includedEntity(call, entity)],
});

/** Adds or renames text columns of the user; others stay as they are. */
const patchColumns: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const grid = readGrid(call);
  const columns = [...columnsOf(drawing, grid)];
  const attributes = at(optionalBodyJson(call), 'data', 'attributes');
  for (const item of arrayOf(at(attributes, grid) ?? at(attributes, 'columns'))) {
    const title = textOf(at(item, 'title')) ?? '';
    const key = textOf(at(item, 'key'));
    const place = columns.findIndex(({ id }) => id === key);
    if (key !== undefined && (place < 0 || !key.startsWith('user_')))
      throw badRequest('Only columns of the user can be changed.');
    const column: FieldDefinition = { id: key ?? `user_${call.tenant.nextNumber()}`, name: title, type: 'text' };
    if (place < 0) columns.push(column);
    else columns[place] = column;
  }
  drawing.columns.set(grid, columns);
  changed(call.tenant, entity, call.user.id, 'update', 'columns');
  return ok(columnsDocument(call, entity, drawing, grid));
};

export const stoichiometryRoutes: Routes = {
  'GET /stoichiometry/{eid}': all,
  'GET /stoichiometry/{eid}/{rowid}': (call) => {
    const { entity, drawing } = open(call);
    return ok(showRow(call, entity, drawing, rowOf(call, drawing)));
  },
  'PATCH /stoichiometry/{eid}/{rowid}': patchRow,
  'DELETE /stoichiometry/{eid}/{rowid}': removeRow,
  'GET /stoichiometry/{eid}/{rowid}/structure': rowStructure,
  'HEAD /stoichiometry/{eid}/{rowid}/structure': rowStructure,
  'GET /stoichiometry/{eid}/reactants': (call) => ok(gridDocument(call, 'reactants')),
  'POST /stoichiometry/{eid}/reactants': addRow('reactants'),
  'GET /stoichiometry/{eid}/products': (call) => ok(gridDocument(call, 'products')),
  'POST /stoichiometry/{eid}/products': addRow('products'),
  'GET /stoichiometry/{eid}/solvents': (call) => ok(gridDocument(call, 'solvents')),
  'POST /stoichiometry/{eid}/solvents': addRow('solvents'),
  'GET /stoichiometry/{eid}/conditions': (call) => ok(gridDocument(call, 'conditions')),
  'POST /stoichiometry/{eid}/conditions': addRow('conditions'),
  'GET /stoichiometry/{eid}/columns/{grid}': (call) => {
    const { entity, drawing } = open(call);
    return ok(columnsDocument(call, entity, drawing, readGrid(call)));
  },
  'PATCH /stoichiometry/{eid}/columns/{grid}': patchColumns,
  'GET /chemicaldrawings/{eid}/reaction/{position}': (call) => {
    const { entity, drawing } = open(call);
    const position = readPosition(call);
    return ok({
      links: selfLinks(call),
      data: (drawing.reaction.get(position) ?? []).map((structure) =>
        structureResource(call, entity.id, position, structure),
      ),
    });
  },
  'POST /chemicaldrawings/{eid}/reaction/{position}': addStructure,
  'GET /chemicaldrawings/{eid}/reaction': readReaction,
  'PUT /chemicaldrawings/{eid}/reaction': putReaction,
  'POST /chemistry/pairedSequence': createPaired,
  'PUT /chemistry/{eid}/pairedSequence': putPaired,
};
