/** The stoichiometry grids of a drawing: reactants, products, solvents, conditions, and their columns. */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, forbidden, notFound } from '../errors.ts';
import { bodyJson, type Call, type Handler, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, textOf } from '../json.ts';
import { type Drawing, type GridName, gridNames, type StoichiometryRow } from '../tenant/drawings.ts';
import type { Entity, FieldDefinition } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { open, openToWrite } from './drawing-access.ts';
import { checkValue, renderField, type ValueMode } from './field-values.ts';
import {
  addStructure,
  createPaired,
  putPaired,
  putReaction,
  readPosition,
  readReaction,
  structureReply,
  structureResource,
} from './reactions.ts';
import { valueMode } from './row-table.ts';

const columnsOf = (drawing: Drawing, grid: GridName): FieldDefinition[] => drawing.columns.get(grid) ?? [];

const gridOf = (drawing: Drawing, row: StoichiometryRow): GridName =>
  gridNames.find((name) => drawing.grids[name].includes(row)) ?? 'reactants';

const rowResource = (call: Call, drawing: Drawing, row: StoichiometryRow, mode: ValueMode): JsonObject => {
  const wanted = call.query.get('fields[stoichiometry]')?.split(',');
  const cells = columnsOf(drawing, gridOf(drawing, row)).filter(
    ({ id, name }) => wanted === undefined || wanted.includes(id) || wanted.includes(name),
  );
  return {
    type: 'stoichiometryRow',
    id: row.id,
    attributes: {
      rowId: row.id,
      grid: gridOf(drawing, row),
      isCustom: row.isCustom,
      ...Object.fromEntries(
        cells.map((definition) => [
          definition.id,
          renderField({ definition, value: row.values.get(definition.id) }, mode),
        ]),
      ),
    },
  };
};

const gridDocument = (call: Call, grid: GridName): Json => {
  const { entity, drawing } = open(call);
  return {
    links: selfLinks(call),
    data: drawing.grids[grid].map((row) => rowResource(call, drawing, row, valueMode(call))),
    included: [includedEntity(call, entity)],
  };
};

const all: Handler = (call) => {
  const { entity, drawing } = open(call);
  const grids = gridNames.map((grid) => [
    grid,
    drawing.grids[grid].map((row) => rowResource(call, drawing, row, valueMode(call))),
  ]);
  return ok({
    links: selfLinks(call),
    data: {
      type: 'stoichiometry',
      id: entity.id,
      attributes: {
        ...Object.fromEntries(grids),
        summary: { rows: gridNames.reduce((sum, grid) => sum + drawing.grids[grid].length, 0) },
      },
    },
    included: [includedEntity(call, entity)],
  });
};

const rowOf = (call: Call, drawing: Drawing): StoichiometryRow => {
  const row = gridNames.flatMap((grid) => drawing.grids[grid]).find(({ id }) => id === param(call, 'rowid'));
  if (row === undefined) throw notFound(`Row ${param(call, 'rowid')} is not found.`);
  return row;
};

const writeValues = (definitions: readonly FieldDefinition[], row: StoichiometryRow, attributes: unknown) => {
  if (!isObject(attributes)) throw badRequest('data.attributes is required.');
  for (const [name, given] of Object.entries(attributes)) {
    const definition = definitions.find(({ id, name: title }) => id === name || title === name);
    if (definition === undefined) throw badRequest(`The grid has no column "${name}".`);
    row.values.set(
      definition.id,
      checkValue(definition, at(given, 'value') ?? at(given, 'display') ?? (isObject(given) ? null : (given ?? null))),
    );
  }
};

const showRow = (call: Call, entity: Entity, drawing: Drawing, row: StoichiometryRow): Json => ({
  links: selfLinks(call),
  data: rowResource(call, drawing, row, valueMode(call)),
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
      values: new Map(),
    };
    writeValues(columnsOf(drawing, grid), row, at(bodyJson(call), 'data', 'attributes') ?? {});
    drawing.grids[grid].push(row);
    changed(call.tenant, entity, call.user.id, 'update', grid);
    return created(showRow(call, entity, drawing, row));
  };

const patchRow: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const row = rowOf(call, drawing);
  writeValues(columnsOf(drawing, gridOf(drawing, row)), row, at(bodyJson(call), 'data', 'attributes'));
  changed(call.tenant, entity, call.user.id, 'update', 'stoichiometry');
  return ok(showRow(call, entity, drawing, row));
};

const removeRow: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const row = rowOf(call, drawing);
  if (!row.isCustom) throw forbidden('A drawn row goes with its structure only.');
  const rows = drawing.grids[gridOf(drawing, row)];
  rows.splice(rows.indexOf(row), 1);
  changed(call.tenant, entity, call.user.id, 'update', 'stoichiometry');
  return noContent;
};

const rowStructure: Handler = (call) => {
  const { drawing } = open(call);
  return structureReply(rowOf(call, drawing).smiles, call.query.get('format') ?? 'cdxml', 'structure');
};

const readGrid = (call: Call): GridName => {
  const grid = gridNames.find((name) => name === param(call, 'grid'));
  if (grid === undefined) throw notFound(`Grid ${param(call, 'grid')} is not found.`);
  return grid;
};

const columnsDocument = (call: Call, entity: Entity, drawing: Drawing, grid: GridName): Json => ({
  links: selfLinks(call),
  data: {
    type: 'columnDefinitions',
    id: `${entity.id}/${grid}`,
    attributes: { columns: columnsOf(drawing, grid).map(({ id, name, type }) => ({ key: id, title: name, type })) },
  },
  included: [includedEntity(call, entity)],
});

/** Adds or renames text columns of the user; others stay as they are. */
const patchColumns: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const grid = readGrid(call);
  const columns = [...columnsOf(drawing, grid)];
  for (const item of arrayOf(at(bodyJson(call), 'data', 'attributes', 'columns'))) {
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
    const { drawing } = open(call);
    const position = readPosition(call);
    return ok({
      links: selfLinks(call),
      data: (drawing.reaction.get(position) ?? []).map((structure) => structureResource(position, structure)),
    });
  },
  'POST /chemicaldrawings/{eid}/reaction/{position}': addStructure,
  'GET /chemicaldrawings/{eid}/reaction': readReaction,
  'PUT /chemicaldrawings/{eid}/reaction': putReaction,
  'POST /chemistry/pairedSequence': createPaired,
  'PUT /chemistry/{eid}/pairedSequence': putPaired,
};
