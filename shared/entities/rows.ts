/** Rows of tables as the tenant gives them, and in the flat form of these routes. */
import * as z from 'zod';
import type { TenantAnswer } from '../tenant-calls/ask-tenant.ts';
import { isAbsent } from '../tenant-calls/tenant-refusal.ts';
import { type Column, nameOf, toFlat } from './columns.ts';
import { unknownEntity } from './entity-id.ts';
import type { RowResource } from './row-document.ts';
import type { Table } from './tables.ts';

const Content = z.record(z.string(), z.unknown());
export const NativeRow = z.looseObject({
  id: z.string().min(1),
  attributes: z.looseObject({
    cells: z.array(z.looseObject({ key: z.string(), content: Content.nullish() })).nullish(),
    columns: z.record(z.string(), z.looseObject({ content: Content.nullish() })).nullish(),
    parentRowId: z.string().nullish(),
    name: z.string().nullish(),
    status: z.string().nullish(),
  }),
});
type NativeRow = z.output<typeof NativeRow>;

const cellsOf = ({
  attributes: { cells, columns },
}: NativeRow): readonly (readonly [string, z.output<typeof Content>])[] =>
  cells
    ? cells.flatMap(({ key, content }) => (content ? [[key, content] as const] : []))
    : Object.entries(columns ?? {}).flatMap(([key, { content }]) => (content ? [[key, content] as const] : []));

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

export const toRow = (table: Table, columns: readonly Column[], row: NativeRow): RowResource => {
  const { parentRowId, name, status } = row.attributes;
  const cells = cellsOf(row).flatMap(([key, content]) => {
    const column = columns.find((one) => one.key === key);
    const value = toFlat(column ?? { type: '' }, content);
    return isEmpty(value) ? [] : [[column ? nameOf(columns, column) : key, value] as const];
  });
  return {
    type: 'table-row',
    id: row.id,
    attributes: {
      cells: Object.fromEntries(cells),
      ...(parentRowId === undefined ? {} : { parentRowId }),
      ...(table.hasColumnMap ? { ...(name ? { name } : {}), ...(status ? { state: status } : {}) } : {}),
    },
  };
};

export const refuseAbsent = (answer: TenantAnswer, what: string): void => {
  if (isAbsent(answer)) throw unknownEntity(what);
};
