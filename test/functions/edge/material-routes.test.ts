/** /v1/materials against the simulated tenant. The numbers are those of the acceptance checks of the routes. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isSingleLine } from '../../../shared/http/single-line.ts';
import { createTestCache } from '../../shared/cache/support.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { sized } from '../../support/test-size.ts';

const compounds = '5f1e000000005f1e00000001';
const asset = 'asset:5f1e10000000000000000001';
type Item = {
  id: string;
  attributes: { name: string; createdAt: string; structure?: unknown; structureError?: string };
};

const pathsOf = (arrivals: readonly { method: string; path: string }[]): string[] =>
  arrivals.map(({ method, path }) => `${method} ${decodeURIComponent(path.replace('/api/rest/v1.0', ''))}`);

describe('check 2: what the tenant would refuse is refused without a call', () => {
  it.each([
    ['page[limit]=101', 'page[limit]'],
    ['page[limit]=0', 'page[limit]'],
    ['page[offset]=5001', 'page[offset]'],
    ['page[offset]=-1', 'page[offset]'],
    ['timeField=editedAt', 'timeField'],
    ['from=yesterday', 'from'],
    ['from=2026-06-02T00:00:00Z&until=2026-06-01T00:00:00Z', 'until'],
    ['sort=colour', 'sort'],
    ['structure=mol', 'structure'],
  ])('%s', async (query, parameter) => {
    const { simulator, get } = await createLaboratory();
    const reply = await get(`/v1/materials/${compounds}/batches?${query}`);
    expect([reply.status, reply.document.errors[0].source]).toEqual([400, { parameter }]);
    expect(simulator.arrivals).toEqual([]);
  });

  it.each(['a%0Ab', '%00', '.', '%E2%80%A8', 'a'.repeat(201)])('a library named %s', async (name) => {
    const { simulator, get } = await createLaboratory();
    // A URL parser would take `.` for a step.
    const reply = await get(`/v1/materials/${name === '.' ? '%2E%2E%00' : name}/assets`);
    expect(reply.status).toBe(400);
    expect(simulator.arrivals).toEqual([]);
  });
});

describe('check 3: calls', () => {
  it('are one for each hundred items without structures, and no item is missing or twice', async () => {
    const { simulator, get } = await createLaboratory(84);
    const items: Item[] = [];
    let url: string | undefined = `/v1/materials/${compounds}/batches`;
    while (url !== undefined) {
      const { status, document } = await get(url);
      expect([status, document.meta]).toEqual([200, { total: 252, isTruncated: false, upstreamCalls: 1 }]);
      items.push(...document.data);
      url = document.links.next;
    }
    expect(simulator.arrivals).toHaveLength(Math.ceil(252 / 100));
    expect(new Set(items.map(({ id }) => id)).size).toBe(252);
    const times = items.map(({ attributes }) => attributes.createdAt);
    expect(times).toEqual(times.toSorted());
  });

  it('with structures are reported as they were sent', async () => {
    const { simulator, get } = await createLaboratory();
    const { document } = await get(`/v1/materials/Compounds/assets?structure=smiles`);
    expect(document.meta).toEqual({ total: 5, isTruncated: false, upstreamCalls: simulator.arrivals.length });
    // The libraries, the search, and each asset.
    expect(simulator.arrivals).toHaveLength(7);
    for (const { attributes } of nonEmpty<Item>(document.data))
      expect(attributes.structure).toMatch(/^[A-Za-z0-9()=]+$/);
  });

  it('for structures are left out where the library has none', async () => {
    const { simulator, get } = await createLaboratory();
    const { document } = await get('/v1/materials/Cell%20Lines/assets?structure=smiles&page[limit]=3');
    expect(document.data.map(({ attributes }: Item) => attributes.structure)).toEqual([null, null, null]);
    expect(simulator.arrivals).toHaveLength(2);
  });

  it('for the batches of an asset are one, structures included', async () => {
    const { simulator, get } = await createLaboratory();
    const { document } = await get(`/v1/materials/Compounds/assets/0001/batches?structure=smiles`);
    expect(document.data.map(({ attributes }: Item) => attributes.name)).toEqual([
      '0001-0001',
      '0001-0002',
      '0001-0003',
    ]);
    for (const { attributes } of nonEmpty<Item>(document.data))
      expect(attributes.structure).toEqual(expect.any(String));
    expect(pathsOf(simulator.arrivals)).toEqual([
      'GET /materials/libraries',
      'GET /materials/Compounds/assets/0001/batches?page[offset]=0&page[limit]=100&structureFormat=smiles',
    ]);
  });
});

describe('check 6: a structure that cannot be read', () => {
  it('is null with a reason, and the page stands', async () => {
    const { get, fail } = await createLaboratory();
    await fail({ kind: 'status', operation: 'GET /materials/{eid}', status: 500, times: 1 });
    const { status, document } = await get(`/v1/materials/${compounds}/assets?structure=smiles`);
    const failed = document.data.filter(({ attributes }: Item) => attributes.structureError !== undefined);
    expect([status, document.data.length, failed.length]).toEqual([200, 5, 1]);
    expect(failed[0].attributes).toMatchObject({
      structure: null,
      structureError: expect.stringContaining('The tenant answered with 500'),
    });
  });
});

describe('a failure that meets every call', () => {
  it.each([
    ['TOO_MANY_REQUESTS', 429],
    ['CREDENTIAL_UNAVAILABLE', 503],
    ['USER_TOKEN_NEEDED', 403],
    ['QUOTA_UNAVAILABLE', 503],
    ['UPSTREAM_UNREACHABLE', 503],
    ['UPSTREAM_LATE', 504],
  ] as const)('such as %s ends a page with structures, and asks no more', async (code, expected) => {
    let asked = 0;
    const { get } = await createLaboratory(50, {
      quota: {
        admit: async () => {
          asked += 1;
          if (asked > 2) throw new AppError(code);
        },
      },
    });
    const { status, document } = await get(`/v1/materials/${compounds}/assets?structure=smiles`);
    expect([status, document.errors[0].code]).toEqual([expected, code]);
    // The libraries, the search, and the structures under way at once.
    expect(asked).toBeLessThanOrEqual(2 + 8);
  });
});

describe('a page', () => {
  it('holds what was created in a time, and nothing else', async () => {
    const { get, simulator } = await createLaboratory(20);
    const all = (await get(`/v1/materials/${compounds}/batches`)).document.data as Item[];
    const [from, until] = [all[15], all[35]].map((item) => item?.attributes.createdAt ?? '') as [string, string];
    const wanted = all.filter(({ attributes: { createdAt } }) => createdAt >= from && createdAt <= until);
    const { document } = await get(
      `/v1/materials/${compounds}/batches?timeField=createdAt&from=${from}&until=${until}&sort=-createdAt`,
    );
    expect(new Set(document.data.map(({ id }: Item) => id))).toEqual(new Set(wanted.map(({ id }) => id)));
    expect(wanted.length).toBeLessThan(all.length);
    const times = document.data.map(({ attributes }: Item) => attributes.createdAt);
    expect(times).toEqual(times.toSorted().reverse());
    expect(simulator.arrivals).toHaveLength(2);
  });

  it('of an asset in a time is searched for', async () => {
    const { get, simulator } = await createLaboratory();
    const url = (id: string) => `/v1/materials/${compounds}/assets/${id}/batches?from=2020-01-01T00:00:00Z&sort=name`;
    for (const id of ['0001', asset, asset.replace('asset:', '')]) {
      const { document } = await get(url(id));
      expect(document.data.map(({ attributes }: Item) => attributes.name)).toEqual([
        '0001-0001',
        '0001-0002',
        '0001-0003',
      ]);
      expect(document.meta.total).toBe(3);
    }
    const empty = await get(`/v1/materials/${compounds}/assets/0001/batches?until=2020-01-01T00:00:00Z`);
    expect(empty.document.data).toEqual([]);
    expect(pathsOf(simulator.arrivals).filter((path) => path.includes('/search'))).toHaveLength(4);
  });

  it('says so where offsets reach only a part', async () => {
    const { get } = await createLaboratory(1_701);
    const { document } = await get(`/v1/materials/${compounds}/batches?page[offset]=5000`);
    expect(document.meta).toMatchObject({ total: 5_103, isTruncated: true });
    expect([document.data.length, document.links]).toEqual([100, {}]);
  });

  it('that is small says so, too', async () => {
    const { get } = await createLaboratory(1_674);
    const { document } = await get(`/v1/materials/${compounds}/batches?page[offset]=4980&page[limit]=30`);
    expect(document.meta).toMatchObject({ total: 5_022, isTruncated: true });
    expect([document.data.length, document.links]).toEqual([30, {}]);
  });

  it('has the fields of hits and of whole materials in one form', async () => {
    const { get } = await createLaboratory();
    const listed = (await get(`/v1/materials/Compounds/assets/0001/batches`)).document.data[0];
    const searched = (await get(`/v1/materials/Compounds/assets/0001/batches?sort=name`)).document.data[0];
    const single = (await get(`/v1/materials/Compounds/batches/0001-0001`)).document.data;
    expect(listed).toEqual(single);
    expect(searched.attributes.fields.Supplier).toBe(single.attributes.fields.Supplier);
    expect({ ...searched.attributes, fields: 0 }).toEqual({ ...single.attributes, fields: 0 });
    expect(single).toMatchObject({
      type: 'batch',
      links: { self: `https://facade.example.com/api/rest/v1.0/materials/${encodeURIComponent(single.id)}` },
    });
  });
});

describe('what is not there', () => {
  it.each([
    ['5f1e00000000000000000009/assets', 'no library'],
    ['Nowhere/batches', 'no library'],
    ['Compounds/batches/9999-0001', 'no batch'],
    ['Compounds/assets/9999/batches', 'no asset'],
    ['Compounds/assets/9999/batches?sort=name', 'no asset'],
    ['Compounds/assets/5f1e10000000000000999999/batches', 'no asset'],
    ['Cell%20Lines/assets/5f1e10000000000000000001/batches', 'no asset'],
    ['%22%7D%5D%7D/assets', 'no library'],
  ])('%s is a 404', async (path, text) => {
    const { get } = await createLaboratory();
    const { status, document } = await get(`/v1/materials/${path}`);
    expect([status, document.errors[0].code]).toEqual([404, 'MATERIAL_UNKNOWN']);
    expect(document.errors[0].detail).toContain(text);
  });
});

describe('an id', () => {
  it.each(['5F1E000000005F1E00000001', 'assetType:5F1E000000005F1E00000001', 'ASSETTYPE:5f1e000000005f1e00000001'])(
    'of a library may be written %s',
    async (library) => {
      const { get, simulator } = await createLaboratory();
      const { document } = await get(`/v1/materials/${library}/assets`);
      expect(document.meta).toEqual({ total: 5, isTruncated: false, upstreamCalls: 1 });
      const { status } = await get(`/v1/materials/${library}/batches/0001-0001`);
      expect([status, simulator.arrivals.length]).toEqual([200, 3]);
    },
  );

  it.each([asset.toUpperCase(), asset.replace('asset:', '').toUpperCase()])(
    'of an asset may be written %s',
    async (id) => {
      const { get } = await createLaboratory();
      for (const query of ['', '?sort=name']) {
        const { status, document } = await get(`/v1/materials/${compounds}/assets/${id}/batches${query}`);
        expect([status, document.data.length]).toEqual([200, 3]);
      }
    },
  );
});

describe('an asset with the material id `id`', () => {
  it.each(['id', asset])('has its own batches, asked for as %s', async (name) => {
    const { get, simulator } = await createLaboratory();
    const library = simulator.tenant.materials.byName('Compounds');
    const [first] = library?.assets ?? [];
    if (!library || !first) throw new Error('The library has no asset.');
    library.byName.delete(first.name);
    Object.assign(first, { name: 'id' });
    library.byName.set('id', first);
    const { status, document } = await get(`/v1/materials/Compounds/assets/${name}/batches?structure=smiles`);
    expect([status, document.data.map(({ attributes }: Item) => attributes.name)]).toEqual([
      200,
      ['0001-0001', '0001-0002', '0001-0003'],
    ]);
  });
});

describe('what the cache remembers', () => {
  it.each(['Molecules', compounds])('refuses nothing in the library %s, which was renamed', async (library) => {
    const { get, simulator } = await createLaboratory(5, { cache: createTestCache().cache });
    const path = `/v1/materials/${library}/batches/0001-0001`;
    await get(`/v1/materials/${compounds}/batches/0001-0002`);
    Object.assign(simulator.tenant.materials.byName('Compounds') ?? {}, { name: 'Molecules' });
    expect((await get(path)).status).toBe(200);
    const asked = simulator.arrivals.length;
    // The libraries are remembered again, and a refusal by them is made by fresh ones.
    expect((await get(path)).status).toBe(200);
    expect(simulator.arrivals).toHaveLength(asked);
    expect((await get('/v1/materials/Compounds/batches')).status).toBe(404);
    expect(simulator.arrivals).toHaveLength(asked + 1);
  });
});

describe('a tenant that fails', () => {
  it.each([
    ['status', 403, 422, 'TENANT_REFUSED'],
    ['status', 500, 502, 'TENANT_FAILED'],
    ['html', 502, 502, 'UPSTREAM_UNREADABLE'],
  ])('with %s %i is a %i', async (kind, given, status, code) => {
    const { get, fail } = await createLaboratory();
    await fail({ kind, status: given });
    const reply = await get(`/v1/materials/${compounds}/batches`);
    expect([reply.status, reply.document.errors[0].code]).toEqual([status, code]);
  });

  it('with a document of another form is a 502', async () => {
    const { get, simulator } = await createLaboratory();
    simulator.tenant.materials.libraries.forEach((library) => {
      Object.assign(library, { name: undefined });
    });
    const reply = await get('/v1/materials/Compounds/batches/0001-0001');
    expect([reply.status, reply.document.errors[0].code]).toEqual([502, 'UPSTREAM_UNREADABLE']);
  });
});

describe('X-Acting-As', () => {
  it('is on answers and on failures', async () => {
    const { get } = await createLaboratory();
    for (const path of [
      `${compounds}/batches`,
      'Compounds/assets/0001/batches',
      'Compounds/batches/0001-0001',
      'No/batches',
    ]) {
      const { headers } = await get(`/v1/materials/${path}`);
      expect([path, headers['x-acting-as']]).toEqual([path, 'service']);
    }
  });
});

describe('rights', () => {
  it('are those of the caller for each call', async () => {
    const { get } = await createLaboratory();
    expect((await get(`/v1/materials/${compounds}/assets`, { as: 'reader' })).status).toBe(200);
    expect((await get(`/v1/materials/${compounds}/assets`, { as: 'stranger' })).status).toBe(401);
  });
});

describe('any text as the name of a library', () => {
  it('is the name that the tenant gets, or is refused where it is no single line', async () => {
    const { get, simulator } = await createLaboratory();
    const library = simulator.tenant.materials.byName('Compounds') ?? {};
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), async (text) => {
        if (!text.isWellFormed()) return;
        const name = `x${text}`;
        Object.assign(library, { name });
        const { status } = await get(`/v1/materials/${encodeURIComponent(name)}/batches/0001-0001`);
        expect(status).toBe(isSingleLine(name) ? 200 : 400);
      }),
      { numRuns: sized(30, 10) },
    );
  });
});
