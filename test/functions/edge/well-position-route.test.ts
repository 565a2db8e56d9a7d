/** GET /v1/inventory/well-position, by the number of its acceptance check. */
import { describe, expect, it } from 'vitest';
import { createLaboratory } from '../../support/laboratory.ts';

describe('check 5: positions', () => {
  it.each([
    ['label=A1', { row: 0, column: 0 }],
    ['label=H12&columns=12', { row: 7, column: 11, index: 95 }],
    ['label=AA1', { row: 26, column: 0 }],
    ['label=AV48&columns=48', { row: 47, column: 47, index: 2_303 }],
    ['row=1&column=2', { row: 1, column: 2 }],
    ['index=14&columns=12', { row: 1, column: 2, index: 14 }],
  ])('%s', async (query, attributes) => {
    const { get, simulator } = await createLaboratory();
    const { status, document } = await get(`/v1/inventory/well-position?${query}`);
    expect([status, document.data.attributes]).toEqual([200, attributes]);
    expect(simulator.arrivals).toEqual([]);
  });

  it.each(['label=A0', 'label=1A', 'label=', 'label=a1', 'label=A01', 'label=A49', 'label=AW1', 'label=A1%0A', ''])(
    'refuses "%s"',
    async (query) => {
      const { get } = await createLaboratory();
      expect((await get(`/v1/inventory/well-position?${query}`)).status).toBe(400);
    },
  );

  it.each([
    'row=1',
    'index=3',
    'label=A1&row=0&column=0',
    'label=C9&columns=8',
    'index=2303&columns=1',
    'row=48&column=0',
  ])('refuses %s, which is no position', async (query) => {
    const { get } = await createLaboratory();
    expect((await get(`/v1/inventory/well-position?${query}`)).status).toBe(400);
  });
});
