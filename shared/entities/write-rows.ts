/** New rows of a table, changes of rows and deletions, for all types of tables. */
import * as z from 'zod';
import { AppError, asOutcome, type ErrorFault } from '../errors/app-error.ts';
import { isPassingRefusal } from '../exchange/refusals.ts';
import { faultAt, refuseFaults } from '../inventory/faults.ts';
import type { Tenant, TenantAnswer } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { readAnswer, unexpectedAnswer } from '../tenant-calls/tenant-refusal.ts';
import { type Cells, type Column, findColumn, toContent } from './columns.ts';
import type { NewRows, Reason, RowChange, RowResource } from './row-document.ts';
import { NativeRow, refuseAbsent, toRow } from './rows.ts';
import { pathWith, readColumns, type Table, tableOf } from './tables.ts';
import { digestAfter, type Pause, type VersionGiven, writeVersioned } from './versions.ts';

const WrittenRows = z.looseObject({
  data: z.union([z.array(NativeRow), NativeRow.transform((row) => [row])]),
});

type Sent = { readonly key: string; readonly content: unknown };

/** @param place of the cells in the attributes of the body. */
const readyCells = (
  columns: readonly Column[],
  cells: Cells,
  place: readonly string[],
): { readonly sent: readonly Sent[]; readonly faults: readonly ErrorFault[] } => {
  const given = Object.entries(cells).map(([name, value]) => ({ name, value, found: findColumn(columns, name) }));
  const results = given.map(({ name, value, found }, index) => {
    const isRepeated = given.some(
      (other, before) =>
        before < index && 'column' in found && 'column' in other.found && other.found.column === found.column,
    );
    const written = isRepeated
      ? { problem: 'is given by its title and by its key' }
      : 'problem' in found
        ? found
        : toContent(found.column, value);
    if ('problem' in written) return { faults: [faultAt([...place, name], written.problem)], sent: [] };
    return { faults: [], sent: 'column' in found ? [{ key: found.column.key, content: written.content }] : [] };
  });
  return { sent: results.flatMap(({ sent }) => sent), faults: results.flatMap(({ faults }) => faults) };
};

/** Samples take a quantity as a value, other tables as what is shown. */
const forSamples = (content: unknown): unknown => {
  const given = content as { readonly display?: unknown; readonly value?: unknown } | null;
  return given && given.value === undefined && given.display !== undefined ? { value: given.display } : content;
};

/** Writes without a look-up that fails free the idempotency key. */
type Writing = { readonly table: Table; readonly columns: readonly Column[] };

const open = async (tenant: Tenant, eid: string, part: string | undefined): Promise<Writing> => {
  const table = await tableOf(tenant, eid, part);
  return { table, columns: await readColumns(tenant, table) };
};

type Item = {
  readonly action: 'create' | 'update' | 'delete';
  readonly id?: string;
  readonly cells?: readonly Sent[];
  readonly parentRowId?: string | undefined;
};

const toNative = ({ rowType, hasColumnMap }: Table, { action, id, cells, parentRowId }: Item, withAction: boolean) => ({
  type: rowType,
  ...(id === undefined ? {} : { id }),
  attributes: {
    ...(withAction ? { action } : {}),
    ...(parentRowId === undefined ? {} : { parentRowId }),
    ...(cells && !hasColumnMap ? { cells } : {}),
    ...(cells && hasColumnMap
      ? { columns: Object.fromEntries(cells.map(({ key, content }) => [key, { content: forSamples(content) }])) }
      : {}),
  },
});

const metaOf = ({ reasonId, comment }: Reason): object =>
  reasonId === undefined ? {} : { meta: { reasonId, ...(comment === undefined ? {} : { comment }) } };

/** A definite refusal stays with the idempotency key. */
const refuse = (answer: TenantAnswer): AppError => {
  const refusal = unexpectedAnswer(answer);
  return isPassingRefusal(answer.status) ? refusal : asOutcome(refusal);
};

export type WriteParts = { readonly version: VersionGiven; readonly pause: Pause };

const send = (tenant: Tenant, { table }: Writing, items: readonly Item[], reason: Reason, parts: WriteParts) =>
  writeVersioned(tenant, table.eid, parts.version, parts.pause, (digest) => {
    const query = { ...table.query, digest };
    const [only] = items;
    if (only?.action === 'create' && items.length === 1 && table.addPath !== undefined)
      return tenant.ask({
        ...{ method: 'POST', path: pathWith(table.addPath, query), isMain: true },
        document: { data: toNative(table, only, false), ...metaOf(reason) },
      });
    if (only?.action === 'delete' && reason.reasonId === undefined && table.rowPath && only.id !== undefined)
      return tenant.ask({ method: 'DELETE', path: pathWith(table.rowPath(only.id), query), isMain: true });
    return tenant.ask({
      ...{ method: 'PATCH', path: pathWith(table.rowsPath, query), isMain: true },
      document: { data: items.map((item) => toNative(table, item, true)), ...metaOf(reason) },
    });
  });

export type Written<Rows> = { readonly rows: Rows; readonly digest: string | undefined };

const writtenRows = async (tenant: Tenant, { table, columns }: Writing, answer: TenantAnswer) => {
  if (answer.status < 200 || answer.status > 299) throw refuse(answer);
  const { data } = readAnswer(answer, WrittenRows);
  return {
    rows: data.map((row) => toRow(table, columns, row)),
    digest: await digestAfter(tenant, table.eid, answer.document),
  };
};

const refuseAct = (refusal: string | undefined): void => {
  if (refusal !== undefined) throw new AppError('TABLE_REFUSED', { detail: refusal, sent: false });
};

/** @throws AppError REQUEST_INVALID with every fault before anything is written; and as `writeVersioned` does. */
export const addRows = async (
  tenant: Tenant,
  eid: string,
  part: string | undefined,
  { rows, ...reason }: NewRows,
  parts: WriteParts,
): Promise<Written<readonly RowResource[]>> => {
  const { writing, items } = await lookAgain(tenant, async (looking) => {
    const opened = await open(looking, eid, part);
    refuseAct(opened.table.refusals.add);
    const ready = rows.map(({ cells }, index) => readyCells(opened.columns, cells, ['rows', String(index), 'cells']));
    const stray = rows.flatMap(({ parentRowId }, index) =>
      parentRowId === undefined || opened.table.type === 'hierarchicalGrid'
        ? []
        : [faultAt(['rows', String(index), 'parentRowId'], 'is for hierarchical tables')],
    );
    refuseFaults([...ready.flatMap(({ faults }) => faults), ...stray]);
    const made = ready.map(
      ({ sent }, index): Item => ({ action: 'create', cells: sent, parentRowId: rows[index]?.parentRowId }),
    );
    return { writing: opened, items: made };
  });
  const answer = await send(tenant, writing, items, reason, parts);
  const written = await writtenRows(tenant, writing, answer);
  // New rows are the last ones, also in an answer with the whole table.
  return { ...written, rows: written.rows.slice(-rows.length) };
};

const sameRow = (id: string, other: string): boolean => id.replaceAll('-', '') === other.replaceAll('-', '');

/** As `addRows`. Cells that are not named stay as they are. */
export const changeRow = async (
  tenant: Tenant,
  place: { readonly eid: string; readonly part: string | undefined; readonly rowId: string },
  { cells, ...reason }: RowChange,
  parts: WriteParts,
): Promise<Written<RowResource>> => {
  const { eid, part, rowId } = place;
  const { writing, item } = await lookAgain(tenant, async (looking) => {
    const opened = await open(looking, eid, part);
    const { sent, faults } = readyCells(opened.columns, cells, ['cells']);
    refuseFaults(faults);
    const change: Item = { action: 'update', id: rowId, cells: sent };
    return { writing: opened, item: change };
  });
  const answer = await send(tenant, writing, [item], reason, parts);
  refuseAbsent(answer, `row ${rowId} in ${eid}`);
  const { rows, digest } = await writtenRows(tenant, writing, answer);
  const row = rows.find(({ id }) => sameRow(id, rowId));
  if (row) return { rows: row, digest };
  throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The tenant has changed the row, and does not show it.' });
};

/** As `addRows`. In a hierarchical table, the rows below go too. */
export const deleteRow = async (
  tenant: Tenant,
  place: { readonly eid: string; readonly part: string | undefined; readonly rowId: string },
  reason: Reason,
  parts: WriteParts,
): Promise<void> => {
  const { eid, part, rowId } = place;
  const table = await tableOf(tenant, eid, part);
  refuseAct(table.refusals.delete);
  const answer = await send(tenant, { table, columns: [] }, [{ action: 'delete', id: rowId }], reason, parts);
  refuseAbsent(answer, `row ${rowId} in ${eid}`);
  if (answer.status < 200 || answer.status > 299) throw refuse(answer);
};
