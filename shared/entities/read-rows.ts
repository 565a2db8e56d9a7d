/** Pages of the rows of a table. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { readAnswer } from '../tenant-calls/tenant-refusal.ts';
import type { Column } from './columns.ts';
import type { RowResource } from './row-document.ts';
import { NativeRow, refuseAbsent, toRow } from './rows.ts';
import { pathWith, readColumns, tableOf } from './tables.ts';
import { digestIn } from './versions.ts';

const NativeRows = z.looseObject({ data: z.array(NativeRow) });

export type RowPage = {
  readonly rows: readonly RowResource[];
  readonly columns: readonly Column[];
  readonly digest: string | undefined;
  readonly total: number;
  /** Of the page behind this one; undefined = there is none. */
  readonly nextCursor: string | undefined;
};

/** `<place>~<id>` of the last row of a page. */
const startAfter = (rows: readonly { readonly id: string }[], cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [, place = '', id = ''] = /^(\d{1,9})~(.+)$/.exec(cursor) ?? [];
  if (rows[Number(place)]?.id === id) return Number(place) + 1;
  const found = rows.findIndex((row) => row.id === id);
  if (found >= 0) return found + 1;
  throw new AppError('REQUEST_INVALID', {
    detail: 'page[cursor]: its row is no longer in the table. Begin with the first page.',
    source: { parameter: 'page[cursor]' },
  });
};

/** The tenant gives a table as a whole: the pages are the facade's, and the cache has the table. */
export const readRows = async (
  tenant: Tenant,
  eid: string,
  part: string | undefined,
  page: { readonly cursor: string | undefined; readonly limit: number },
): Promise<RowPage> => {
  const table = await tableOf(tenant, eid, part);
  const answer = await tenant.ask({ method: 'GET', path: pathWith(table.rowsPath, table.query) });
  refuseAbsent(answer, part === undefined ? eid : `part ${part} of ${eid}`);
  const { data } = readAnswer(answer, NativeRows);
  const columns = await readColumns(tenant, table);
  const start = startAfter(data, page.cursor);
  const end = start + page.limit;
  const last = data[end - 1];
  return {
    rows: data.slice(start, end).map((row) => toRow(table, columns, row)),
    columns,
    digest: digestIn(answer.document, eid),
    total: data.length,
    nextCursor: last && end < data.length ? `${end - 1}~${last.id}` : undefined,
  };
};
