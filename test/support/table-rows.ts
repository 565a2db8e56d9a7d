/** Rows of tables as callers write them. */
import { expect } from 'vitest';
import type { Fault, Laboratory } from './laboratory.ts';

export const retry = 'onConflict=retry';
export const rowsOf = (eid: string, query = '') => `/v1/entities/${eid}/rows${query === '' ? '' : `?${query}`}`;
export const newRows = (...rows: readonly object[]) => ({ data: { type: 'table-rows', attributes: { rows } } });
export const added = (cells: object) => newRows({ cells });
export const change = (cells: object, more: object = {}) => ({
  data: { type: 'table-row', attributes: { cells, ...more } },
});
export const faultsOf = ({ errors }: { errors: readonly Fault[] }) =>
  errors.map(({ source, detail }) => [source?.pointer, detail]);

export const add = async ({ post }: Laboratory, eid: string, cells: object, query = retry) => {
  const { status, document } = await post(rowsOf(eid, query), added(cells));
  expect([status, document.errors]).toEqual([201, undefined]);
  return document.data[0] as { readonly id: string; readonly attributes: { readonly cells: object } };
};
