/** Requests below the base path of the tenant, which API Gateway sends to `entities` where the tenant has no such operation. */
import { expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { createLaboratory } from '../../support/laboratory.ts';

const native = (path: string) => `${signalsBasePath}${path}`;

it('are answered as the routes of /v1', async () => {
  const { ask, get, simulator } = await createLaboratory();
  const rows = `/entities/${demoIds.grid}/rows`;
  const page = await get(native(rows));
  expect([page.status, page.document.data]).toEqual([200, (await get(`/v1${rows}`)).document.data]);
  expect((await get(native('/templates'))).status).toBe(200);
  expect((await get(native(`/entities/${demoIds.experiment}/attachments`))).status).toBe(200);
  const document = { data: { type: 'entity', attributes: { properties: { Description: 'by alias' } } } };
  expect((await ask('PATCH', native(`/entities/${demoIds.experiment}?onConflict=retry`), { document })).status).toBe(
    200,
  );
  const list = { data: [{ attributes: { name: 'Description', value: 'by PUT' } }] };
  const put = await ask('PUT', native(`/entities/${demoIds.experiment}/properties?force=true`), { document: list });
  expect([put.status, simulator.tenant.entities.get(demoIds.experiment)?.description]).toEqual([200, 'by PUT']);
});

it('whose path no route has are a 404, and one with another method a 405', async () => {
  const { ask, get } = await createLaboratory();
  expect((await get(native('/nothing'))).status).toBe(404);
  const other = await ask('PUT', native(`/entities/${demoIds.grid}/rows`));
  expect([other.status, other.headers.allow]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
});
