/** Tables of materials inside an experiment. */

import { materialResource } from '../documents/material-document.ts';
import { notFound } from '../errors.ts';
import { type Call, checkDigest, checkEditable, entityOfType, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created } from '../http/reply.ts';
import { at, textOf } from '../json.ts';
import { materialFieldId } from '../tenant/materials.ts';
import { changed } from '../tenant/tenant.ts';
import { addAsset } from './material-create.ts';
import { createRowHandlers, tableOf } from './row-table.ts';

const keep = () => undefined;

const rows = createRowHandlers({
  entityType: 'materialsTable',
  rowType: 'materialsTableRow',
  tableParam: 'materialsTableId',
  rowParam: 'rowId',
  /** Exchange with the library. The sources do not say which values move, so none do (invented). */
  actions: { updateFromMaterials: keep, updateToMaterials: keep },
});

/** Registers the row as a new asset of the first chemical library; the column `Structure` gives its structure (invented). */
const register = (call: Call) => {
  const entity = entityOfType(call, 'materialsTableId', 'materialsTable');
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  const table = tableOf(call, entity);
  const row = table.rows.find(({ id }) => id === param(call, 'rowId'));
  const library =
    [...call.tenant.materials.libraries.values()].find(({ name }) => name === entity.name) ??
    call.tenant.materials.byName('Compounds');
  if (row === undefined || library === undefined) throw notFound('The row is not found.');
  const column = table.columns.find(({ title }) => title === 'Structure');
  const smiles = column === undefined ? undefined : textOf(at(row.cells.get(column.key), 'value'));
  const fields =
    smiles === undefined
      ? []
      : [{ id: materialFieldId('a2'), value: { data: smiles, contentType: 'chemical/x-daylight-smiles' } }];
  const asset = addAsset(call, library, { fields }, undefined);
  changed(call.tenant, entity, call.user.id, 'update', 'registered');
  return created({ links: selfLinks(call), data: materialResource(call, asset) });
};

export const materialsTableRoutes: Routes = {
  'GET /materialsTable/{materialsTableId}': rows.list,
  'POST /materialsTable/{materialsTableId}': rows.append,
  'PATCH /materialsTable/{materialsTableId}': rows.batch,
  'GET /materialsTable/{materialsTableId}/{rowId}': rows.readRow,
  'PATCH /materialsTable/{materialsTableId}/{rowId}': rows.changeRow,
  'DELETE /materialsTable/{materialsTableId}/{rowId}': rows.removeRow,
  'POST /materialsTable/{materialsTableId}/{rowId}/register': register,
  'GET /materialsTable/{materialsTableId}/_column': rows.readColumns,
  'PATCH /materialsTable/{materialsTableId}/_column': rows.hideColumns,
};
