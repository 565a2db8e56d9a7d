/** PATCH /v1/entities/{eid}, /v1/templates and /v1/scim against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { createLaboratory, type Fault } from '../../support/laboratory.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const retry = 'onConflict=retry';
const one = `/v1/entities/${demoIds.experiment}`;
const change = (properties: unknown) => ({ data: { type: 'entity', attributes: { properties } } });
const pointersOf = ({ errors }: { errors: readonly Fault[] }) => errors.map(({ source }) => source?.pointer);

describe('an experiment', () => {
  it('gets new properties, and keeps the others', async () => {
    const { ask, get } = await createLaboratory();
    const native = async () => (await get(`${one}/attachments`)).status;
    expect(await native()).toBe(200);
    const first = await ask('PATCH', `${one}?${retry}`, { document: change({ Description: 'one', Name: 'Run 8' }) });
    expect([first.status, first.document.data.attributes.properties]).toMatchObject([
      200,
      { Name: 'Run 8', Description: 'one' },
    ]);
    const second = await ask('PATCH', one, {
      document: change({ Description: null }),
      headers: { 'if-match': String(first.headers.etag) },
    });
    expect([second.status, second.document.data.attributes.properties]).toMatchObject([
      200,
      { Name: 'Run 8', Description: '' },
    ]);
    const late = await ask('PATCH', one, {
      document: change({ Name: 'x' }),
      headers: { 'if-match': String(first.headers.etag) },
    });
    expect([late.status, late.document.errors[0].code]).toEqual([412, 'ENTITY_CHANGED']);
    const missing = await ask('PATCH', one, { document: change({ Name: 'x' }) });
    expect([missing.status, missing.document.errors[0].code]).toEqual([428, 'VERSION_MISSING']);
  });

  it('takes a value of each of its properties', async () => {
    const { ask, simulator } = await createLaboratory();
    const fields = nonEmpty(simulator.tenant.entities.get(demoIds.experiment)?.fields ?? []);
    const sampleValue = ({ type, options = [] }: (typeof fields)[number]['definition']): unknown => {
      if (type === 'multiSelect') return options.slice(0, 2);
      if (type === 'multiLink') return [demoIds.grid];
      if (type === 'link') return demoIds.grid;
      if (type === 'number' || type === 'integer') return 3;
      if (type === 'boolean') return true;
      if (type === 'datetime') return '2026-06-01T08:00:00.000Z';
      return options[0] ?? 'text';
    };
    const editable = fields.filter(({ definition }) => definition.canEdit !== false && definition.type !== 'unit');
    const properties = Object.fromEntries(editable.map(({ definition }) => [definition.name, sampleValue(definition)]));
    const { status, document } = await ask('PATCH', `${one}?${retry}`, { document: change(properties) });
    expect([status, document.errors]).toEqual([200, undefined]);
  });

  it('has all faults named at once, and nothing is written', async () => {
    const { ask, simulator } = await createLaboratory();
    const { status, document } = await ask('PATCH', `${one}?${retry}`, {
      document: change({ Name: '', 'no/such': 'x', Nowhere: 1, Description: 'fine' }),
    });
    const at = (name: string) => `/data/attributes/properties/${name}`;
    expect([status, pointersOf(document)]).toEqual([400, [at('Name'), at('no~1such'), at('Nowhere')]]);
    expect(simulator.arrivals.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each([null, 1, 'x', [], {}, { Name: {} }, { Name: [1] }, { Name: [null] }, { '': 'x' }])(
    'does not take %j for its properties',
    async (properties) => {
      const { ask, simulator } = await createLaboratory();
      const { status } = await ask('PATCH', `${one}?${retry}`, { document: change(properties) });
      expect([status, simulator.arrivals]).toEqual([400, []]);
    },
  );

  it('takes the form of the tenant by PUT, with its digest', async () => {
    const { ask, simulator } = await createLaboratory();
    const digest = () => simulator.tenant.entities.get(demoIds.experiment)?.digest;
    const document = { data: [{ attributes: { name: 'Description', value: 'by PUT' } }] };
    const done = await ask('PUT', `${one}/properties?digest=${digest()}`, { document });
    expect([done.status, simulator.tenant.entities.get(demoIds.experiment)?.description]).toEqual([200, 'by PUT']);
    const stale = await ask('PUT', `${one}/properties?digest=1`, { document });
    expect(stale.status).toBe(428);
  });
});

describe('templates', () => {
  it('are listed by type in pages, and have fields', async () => {
    const { get } = await createLaboratory();
    const found: string[] = [];
    let next: string | undefined = '/v1/templates?page[limit]=2';
    while (next !== undefined) {
      const { document }: { document: { data: { id: string }[]; links: { next?: string } } } = await get(next);
      found.push(...document.data.map(({ id }) => id));
      next = document.links.next;
    }
    expect(found).toEqual(
      expect.arrayContaining([demoIds.experimentTemplate, demoIds.gridTemplate, demoIds.sampleTemplate]),
    );
    expect(new Set(found).size).toBe(found.length);
    const experiments = await get('/v1/templates?type=experiment');
    const kinds = experiments.document.data.map(({ attributes }: { attributes: { kind: string } }) => attributes.kind);
    expect(new Set(kinds)).toEqual(new Set(['experiment']));
    const fields = await get(`/v1/templates/${demoIds.experimentTemplate}/fields`);
    expect([fields.status, fields.document.data[0].attributes.name]).toEqual([200, expect.any(String)]);
    const unknown = await get('/v1/templates/experiment:00000000-0000-4000-a000-000000000999/fields');
    expect([unknown.status, unknown.document.errors[0].code]).toEqual([404, 'ENTITY_UNKNOWN']);
    expect((await get('/v1/templates?type=nothing')).status).toBe(400);
  });
});

describe('SCIM', () => {
  it('is the document of the tenant, with its parameters, its scopes and its writes', async () => {
    const { ask, get } = await createLaboratory();
    const page = await get('/v1/scim/Users?count=2&startIndex=2');
    expect([page.status, page.document.itemsPerPage, page.document.startIndex]).toEqual([200, 2, 2]);
    const [user] = page.document.Resources;
    const found = await get(`/v1/scim/Users?filter=${encodeURIComponent(`userName eq "${user.userName}"`)}`);
    expect(found.document.Resources.map(({ id }: { id: string }) => id)).toEqual([user.id]);
    expect((await get(`/v1/scim/Users/${user.id}`)).document.userName).toBe(user.userName);
    for (const name of ['ServiceProviderConfig', 'ResourceTypes', 'Schemas', 'Groups'])
      expect([name, (await get(`/v1/scim/${name}`)).status]).toEqual([name, 200]);
    const headers = { 'content-type': 'application/scim+json' };
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Made by SCIM' };
    const made = await ask('POST', '/v1/scim/Groups', { document: group, headers });
    expect([made.status, made.document.displayName]).toEqual([201, 'Made by SCIM']);
    const refused = await ask('POST', '/v1/scim/Groups', { document: group, headers, as: 'reader' });
    expect([refused.status, refused.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    expect((await ask('DELETE', `/v1/scim/Groups/${made.document.id}`)).status).toBe(204);
  });
});
