import { describe, expect, it } from 'vitest';
import { readyPlace } from '../../../shared/inventory/place.ts';
import { answeringTenant } from '../../support/answering-tenant.ts';

const placeIn = (attributes: object) =>
  readyPlace(
    answeringTenant(() => ({ data: { attributes } })),
    { position: 'B3' },
    'locationId',
    'l1',
  );

describe('a place', () => {
  it('is column and row of the grid', async () => {
    expect(await placeIn({ isGrid: true, rows: 2, columns: 3 })).toEqual({ coordinateX: 2, coordinateY: 1 });
  });

  it.each([{ isGrid: true }, { isGrid: true, rows: 2 }, { isGrid: true, rows: null, columns: 3 }])(
    'is not judged by a grid without a size: %j',
    async (attributes) => {
      await expect(placeIn(attributes)).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
    },
  );
});
