/** Where a new item stands in the grid of its location. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { faultAt, refuseFaults } from './faults.ts';
import type { PlaceGiven } from './new-item.ts';
import { toWell, type Well } from './well-position.ts';

const Location = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      isGrid: z.boolean().nullish(),
      rows: z.number().nullish(),
      columns: z.number().nullish(),
    }),
  }),
});

const wellInBody = ({ position, row, column }: PlaceGiven): Well | undefined => {
  if (position !== undefined) return toWell(position);
  return row === undefined || column === undefined ? undefined : { row, column };
};

const noSuchLocation: ReadonlySet<number> = new Set([404, 410, 437, 442]);

/** X is the column and Y the row: no source says so outright, and the examples of the tenant agree. */
type Coordinates = { readonly coordinateX: number; readonly coordinateY: number };

type Grid = z.output<typeof Location>['data']['attributes'];

/** @param member that names the location. */
const readGrid = async (tenant: Tenant, member: string, locationId: string): Promise<Grid> => {
  const answer = await tenant.ask({ method: 'GET', path: `/inventory/locations/${encodeURIComponent(locationId)}` });
  if (noSuchLocation.has(answer.status)) refuseFaults([faultAt([member], 'is no location that the tenant shows you')]);
  return readAnswer(answer, Location).data.attributes;
};

/**
 * Reads the grid, which the cache usually answers. @param member that names the location. @returns nothing for an item without a position.
 * @throws AppError REQUEST_INVALID for a position outside the grid, UPSTREAM_UNREADABLE for a grid without a size.
 */
export const readyPlace = async (
  tenant: Tenant,
  given: PlaceGiven,
  member: 'locationId' | 'parentId',
  locationId: string | undefined,
): Promise<Coordinates | undefined> => {
  const well = wellInBody(given);
  if (!well || locationId === undefined) return undefined;
  const path = [given.position === undefined ? 'row' : 'position'];
  return lookAgain(tenant, async (looking) => {
    const { isGrid, rows, columns } = await readGrid(looking, member, locationId);
    if (isGrid !== true) refuseFaults([faultAt(path, 'the location is no grid')]);
    if (typeof rows !== 'number' || typeof columns !== 'number')
      throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The tenant does not say how large the grid is.' });
    if (well.row >= rows || well.column >= columns)
      refuseFaults([faultAt(path, `the grid has ${rows} rows and ${columns} columns`)]);
    return { coordinateX: well.column, coordinateY: well.row };
  });
};
