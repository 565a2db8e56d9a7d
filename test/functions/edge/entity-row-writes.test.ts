/** Versions, idempotency keys and scopes of writes to /v1/entities/{eid}/rows, against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { demoSpecials } from '../../../packages/signals-simulator/src/demo/special.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { add, added, change, retry, rowsOf } from '../../support/table-rows.ts';

describe('versions', () => {
  it('are needed, and one way to name them', async () => {
    const { ask, post } = await createLaboratory();
    const one = `/v1/entities/${demoIds.grid}/rows/r1`;
    const missing = await Promise.all([
      post(rowsOf(demoIds.grid), added({ Colour: 'x' })),
      ask('PATCH', one, { document: change({ Colour: 'x' }) }),
      ask('DELETE', one),
    ]);
    expect(missing.map(({ status, document }) => [status, document.errors[0].code])).toEqual(
      missing.map(() => [428, 'VERSION_MISSING']),
    );
    const both = await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }), { headers: { 'if-match': '"1"' } });
    expect([both.status, both.document.errors[0].source]).toEqual([400, { parameter: 'onConflict' }]);
    const any = await post(rowsOf(demoIds.grid), added({ Colour: 'x' }), { headers: { 'if-match': '*' } });
    expect([any.status, any.document.errors[0].source]).toEqual([400, { header: 'If-Match' }]);
  });

  it.each([428, 409])(
    'that are outdated are refused with 412, and nothing is written, where the tenant says %i',
    async (said) => {
      const laboratory = await createLaboratory();
      const { ask, get, post, simulator } = laboratory;
      const { headers } = await get(rowsOf(demoIds.grid));
      const fresh = { 'if-match': String(headers.etag) };
      const first = await post(rowsOf(demoIds.grid), added({ Colour: 'first' }), { headers: fresh });
      expect(first.status).toBe(201);
      const rows = simulator.tenant.tables.get(demoIds.grid)?.rows.length;
      if (said === 409) await laboratory.fail({ kind: 'status', operation: 'POST /adt/{eid}', status: 409, times: 1 });
      const late = await post(rowsOf(demoIds.grid), added({ Colour: 'late' }), { headers: fresh });
      expect([late.status, late.document.errors[0].code]).toEqual([412, 'ENTITY_CHANGED']);
      expect(simulator.tenant.tables.get(demoIds.grid)?.rows.length).toBe(rows);
      const again = await ask('PATCH', `/v1/entities/${demoIds.grid}/rows/${first.document.data[0].id}`, {
        document: change({ Colour: 'second' }),
        headers: { 'if-match': String(first.headers.etag) },
      });
      expect(again.status).toBe(200);
    },
  );

  it('are never passed over: no call of these routes forces', async () => {
    const laboratory = await createLaboratory();
    await add(laboratory, demoIds.grid, { Colour: 'x' });
    expect(laboratory.simulator.arrivals.filter(({ path }) => /force/.test(path))).toEqual([]);
    expect(laboratory.simulator.arrivals.filter(({ path }) => /digest=/.test(path))).toHaveLength(1);
  });

  it('are given up on after eight tries, and the caller learns that nothing was written', async () => {
    const { fail, post, simulator } = await createLaboratory();
    await fail({ kind: 'status', operation: 'POST /adt/{eid}', status: 428, times: 100 });
    const { status, document } = await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }));
    expect([status, document.errors[0].code]).toEqual([409, 'ENTITY_CONTENDED']);
    expect(simulator.arrivals.filter(({ method }) => method === 'POST')).toHaveLength(8);
  });
});

describe('a write', () => {
  it('is carried out once under an idempotency key', async () => {
    const { post, simulator } = await createLaboratory();
    const body = added({ Colour: 'once' });
    const first = await post(rowsOf(demoIds.grid, retry), body, { key: 'k1' });
    const second = await post(rowsOf(demoIds.grid, retry), body, { key: 'k1' });
    expect([first.status, second.status, second.document]).toEqual([201, 201, first.document]);
    expect(simulator.arrivals.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [demoIds.grid, '', 'adt', { Colour: 'x' }],
    [demoSpecials.materialsTable, '', 'materials', { Amount: 2 }],
    [demoSpecials.hierarchy, 'part=steps&', 'hierarchical-tables', { Amount: 2 }],
    [demoSpecials.variations, '', 'adt', { Amount: 2 }],
  ])('of the service account to %s is not replayed to who must be a person', async (eid, part, scope, cells) => {
    const { post, registry, simulator } = await createLaboratory();
    const url = rowsOf(eid, `${part}${retry}`);
    expect((await post(url, added(cells), { key: 'k' })).headers['x-acting-as']).toBe('service');
    const writes = () => simulator.arrivals.filter(({ method }) => method !== 'GET').length;
    const before = writes();
    await registry.save(
      {
        ...{ id: 'app', scopes: ['*:*'], state: 'active' },
        ...{ actsAs: ['service', 'bearer'], userAttributed: [`${scope}:write`] },
      },
      hashKey('app-now'),
    );
    const again = await post(url, added(cells), { as: 'app-now', key: 'k' });
    expect([again.status, again.document.errors?.[0].code, writes()]).toEqual([403, 'USER_TOKEN_NEEDED', before]);
  });

  it('is not replayed to a consumer that has lost the scope of the native operation', async () => {
    const { post, registry } = await createLaboratory();
    const rows = rowsOf(demoIds.grid, retry);
    expect((await post(rows, added({ Colour: 'x' }), { key: 'k' })).status).toBe(201);
    await registry.save({ id: 'app', scopes: ['entities:*'], state: 'active' }, hashKey('app-now'));
    const again = await post(rows, added({ Colour: 'x' }), { as: 'app-now', key: 'k' });
    expect([again.status, again.document.errors?.[0].code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('needs the scope of the native operation too', async () => {
    const { ask, get, post, registry } = await createLaboratory();
    await registry.save(
      { id: 'limited', scopes: ['entities:*', 'adt:read', 'adt:write'], state: 'active' },
      hashKey('limited'),
    );
    const body = added({ Structure: 'C' });
    const refused = await post(rowsOf(demoSpecials.materialsTable, retry), body, { as: 'limited' });
    expect([refused.status, refused.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    const row = (await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }), { as: 'limited' })).document.data[0];
    const gone = await ask('DELETE', `/v1/entities/${demoIds.grid}/rows/${row.id}?${retry}`, { as: 'limited' });
    expect([gone.status, gone.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    expect((await get(rowsOf(demoIds.grid))).document.data.map(({ id }: { id: string }) => id)).toContain(row.id);
  });

  it('carries the reason for the change where one is given', async () => {
    const laboratory = await createLaboratory();
    const { ask, simulator } = laboratory;
    const row = await add(laboratory, demoIds.grid, { Colour: 'x' });
    const one = `/v1/entities/${demoIds.grid}/rows/${row.id}?${retry}`;
    await ask('PATCH', one, { document: change({ Colour: 'y' }, { reasonId: '7', comment: 'a typo' }) });
    await ask('DELETE', `${one}&reasonId=7`);
    const sent = simulator.arrivals.filter(({ method }) => method === 'PATCH');
    expect(sent).toHaveLength(2);
    expect(simulator.tenant.tables.get(demoIds.grid)?.rows.some(({ id }) => id === row.id)).toBe(false);
  });
});
