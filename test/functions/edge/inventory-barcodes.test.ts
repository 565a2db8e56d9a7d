/** /v1/inventory against the simulated tenant: one barcode is one item. The number is that of the acceptance check of the routes. */
import { describe, expect, it } from 'vitest';
import { demoInventory } from '../../../packages/signals-simulator/src/demo/inventory.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  container,
  containers,
  creationsIn,
  location,
  locations,
  withBarcode,
} from '../../support/inventory-bodies.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { sized } from '../../support/test-size.ts';

describe('check 7: one barcode', () => {
  it('twice makes one container, and the second creation learns which', async () => {
    const laboratory = await createLaboratory();
    const first = await laboratory.post(containers, container());
    const second = await laboratory.post(containers, container());
    const address = `https://facade.example.com/api/rest/v1.0/inventory/containers/${first.document.data.id}`;
    expect([first.status, first.headers.location]).toEqual([201, address]);
    expect([second.status, second.headers.location]).toEqual([409, address]);
    expect(second.document.errors[0]).toMatchObject({ code: 'INVENTORY_EXISTS', links: { about: address } });
    expect(withBarcode(laboratory, 'V-1')).toHaveLength(1);
  });

  it.each([409, 456])('is a 409 where the tenant says %i', async (status) => {
    const { post, fail } = await createLaboratory();
    await fail({ kind: 'status', operation: 'POST /inventory/containers', status });
    const { status: answered, document } = await post(containers, container({ barcode: 'C00001' }));
    expect([answered, document.errors[0].code]).toEqual([409, 'INVENTORY_EXISTS']);
    expect(document.errors[0].links.about).toContain(demoInventory.container);
  });

  it('of a location is a 409 for a caller that may not search, too', async () => {
    const { post } = await createLaboratory();
    const creator = { as: 'creator' };
    expect((await post(locations, location(), creator)).status).toBe(201);
    const { status, document } = await post(locations, location(), creator);
    expect([status, document.errors[0].links.about]).toEqual([409, undefined]);
  });

  it('1,000 times at once makes one container', async () => {
    const laboratory = await createLaboratory();
    const times = sized(1_000, 100);
    const replies = await Promise.all(Array.from({ length: times }, () => laboratory.post(containers, container())));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(times - 1);
    expect(withBarcode(laboratory, 'V-1')).toHaveLength(1);
  });

  it('under one idempotency key gets the first answer again', async () => {
    const laboratory = await createLaboratory();
    const replies = [
      await laboratory.post(containers, container(), { key: 'k' }),
      await laboratory.post(containers, container(), { key: 'k' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(replies[1]?.document).toEqual(replies[0]?.document);
    expect(creationsIn(laboratory)).toHaveLength(1);
  });

  it.each(['GET /inventory/types', 'GET /inventory/locations/{locationId}'])(
    'under one idempotency key is carried out after its %s has failed',
    async (operation) => {
      const laboratory = await createLaboratory();
      await laboratory.fail({ kind: 'status', operation, status: 500, times: 1 });
      const first = await laboratory.post(containers, container(), { key: 'k' });
      const second = await laboratory.post(containers, container(), { key: 'k' });
      expect([first.status, second.status]).toEqual([502, 201]);
      expect(creationsIn(laboratory)).toHaveLength(1);
    },
  );

  it('under one idempotency key is carried out after its creation was not sent', async () => {
    let isBroken = true;
    const laboratory = await createLaboratory(5, {
      quota: {
        admit: async ({ request }) => {
          if (request.method === 'POST' && isBroken) throw new AppError('QUOTA_UNAVAILABLE');
        },
      },
    });
    const first = await laboratory.post(containers, container(), { key: 'k' });
    isBroken = false;
    const second = await laboratory.post(containers, container(), { key: 'k' });
    expect([first.status, second.status]).toEqual([503, 201]);
  });

  it('is a 429 where the quota refuses to look which item has it', async () => {
    const laboratory = await createLaboratory(5, {
      quota: {
        admit: async ({ request }) => {
          if (request.path.endsWith('/search')) throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 7 });
        },
      },
    });
    const { status, headers } = await laboratory.post(containers, container({ barcode: 'C00001' }));
    expect([status, headers['retry-after']]).toEqual([429, '7']);
  });

  it.each(['UPSTREAM_LATE', 'UPSTREAM_UNREACHABLE'] as const)(
    'is a 409 where the look-up ends with %s',
    async (code) => {
      const laboratory = await createLaboratory(5, {
        quota: {
          admit: async ({ request }) => {
            if (request.path.endsWith('/search')) throw new AppError(code);
          },
        },
      });
      const { status, headers } = await laboratory.post(containers, container({ barcode: 'C00001' }));
      expect([status, headers.location]).toEqual([409, undefined]);
    },
  );

  it('of a location, or its name, is a 409', async () => {
    const { post } = await createLaboratory();
    const first = await post(locations, location());
    const barcode = await post(locations, location({ name: 'Plate 2026-2' }));
    const name = await post(locations, location({ barcode: 'P-2' }));
    expect([first.status, barcode.status, name.status]).toEqual([201, 409, 409]);
    expect(barcode.headers.location).toBe(first.headers.location);
    expect(name.document.errors[0].detail).toContain('458');
  });
});
