/** Admin-defined tables (`grid`) under `/adt`. */
import type { Routes } from '../http/call.ts';
import { createRowHandlers } from './row-table.ts';

const rows = createRowHandlers({ entityType: 'grid', rowType: 'adtRow', tableParam: 'eid', rowParam: 'rowid' });

export const adtRoutes: Routes = {
  'GET /adt/{eid}': rows.list,
  'POST /adt/{eid}': rows.append,
  'PATCH /adt/{eid}': rows.batch,
  'GET /adt/{eid}/_column': rows.readColumns,
  'PATCH /adt/{eid}/_column': rows.hideColumns,
  'GET /adt/{eid}/{rowid}': rows.readRow,
  'PATCH /adt/{eid}/{rowid}': rows.changeRow,
  'DELETE /adt/{eid}/{rowid}': rows.removeRow,
};
