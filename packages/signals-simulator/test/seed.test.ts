/** A test states its own tenant, and gets the present one as a document. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type SeedDocument, startSimulator } from '../src/index.ts';
import { demoKey } from '../src/options.ts';
import type { Simulator } from '../src/simulator.ts';
import { createTarget, newEntity, type Target } from './conformance/target.ts';
import { readmeDocument } from './readme.ts';

let simulator: Simulator;
let target: Target;
beforeAll(async () => {
  simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, compounds: 5 });
  target = createTarget(simulator.url, demoKey);
});
afterAll(() => simulator.close());

const post = async (document: unknown) => {
  const answer = await fetch(`${simulator.url}/_control/seed`, { method: 'POST', body: JSON.stringify(document) });
  // biome-ignore lint/suspicious/noExplicitAny: the assertions look into it
  return { status: answer.status, json: (await answer.json()) as any };
};
const reset = () => fetch(`${simulator.url}/_control/reset`, { method: 'POST' });
beforeEach(() => reset());

const notebook = { id: 'journal:00000000-0000-4000-b000-000000000001', type: 'journal', name: 'Mine' };
const experiment = {
  id: 'experiment:00000000-0000-4000-b000-000000000002',
  type: 'experiment',
  name: 'First',
  parentId: notebook.id,
  state: 'closed',
  fields: { Yield: 12.5, Note: 'cold' },
};

describe('POST /_control/seed', () => {
  it('makes exactly the tenant of the example in the README', async () => {
    expect((await post(readmeDocument)).status).toBe(200);
    const names = (await target.get('/entities')).json.data.map(
      ({ attributes }: { attributes: { name: string } }) => attributes.name,
    );
    expect(names.toSorted()).toEqual(['Crystallisation', 'Process']);
    expect((await target.get('/profiles/me')).json.data.attributes.firstName).toBe('Mara');
    const asset = (await target.get('/materials/Solvents/assets/id/S-0001')).json.data;
    expect(asset.attributes.name).toBe('S-0001');
    expect((await target.get('/notifications')).json.data).toHaveLength(1);
  });

  it('gives entities their defaults: the first user, the present time, fields by name', async () => {
    await post({ entities: [notebook, experiment] });
    const { attributes, relationships } = (await target.get(`/entities/${experiment.id}`)).json.data;
    expect(attributes).toMatchObject({
      name: 'First',
      state: 'closed',
      fields: { Yield: { value: 12.5 }, Note: { value: 'cold' } },
    });
    expect(relationships.createdBy.data.id).toBe('100');
    expect(relationships.ancestors.data[0].id).toBe(notebook.id);
  });

  it('takes children before their parent, and finds those that are under the trash', async () => {
    await post({ entities: [experiment, { ...notebook, isTrashed: true }] });
    expect((await target.get('/entities?includeTypes=experiment')).json.data).toEqual([]);
    const trashed = await target.get('/entities?includeTypes=experiment&includeOptions=trashedAncestor');
    expect(trashed.json.data).toHaveLength(1);
  });

  it.each([
    [{ entity: [] }, 'entity is unknown. Did you mean entities?'],
    [{ entities: [{ ...notebook, naem: 'x' }] }, 'entities[0].naem is unknown. Did you mean name?'],
    [{ entities: [{ type: 'journal' }] }, 'entities[0] needs a name.'],
    [{ entities: [experiment] }, `has the parent ${notebook.id}, which is no entity`],
    [{ entities: [notebook, notebook] }, 'entities[1] has the id'],
    [{ entities: [{ ...notebook, createdBy: '999' }] }, 'entities[0].createdBy 999 is no user.'],
    [{ entities: [{ ...notebook, createdAt: 'soon' }] }, 'entities[0].createdAt must be an ISO time.'],
    [{ entities: [{ type: 'asset', name: 'A', library: 'Nothing' }] }, 'library "Nothing" is no library.'],
    [{ users: [] }, 'users needs at least one user.'],
    [{ users: [{ id: '1', firstName: 'A' }] }, 'users[0] needs a lastName.'],
    [{ keys: { k: '999' } }, 'keys.k acts for 999, who is no user.'],
    [{ libraries: [{ name: 'L', assetFields: [{ name: 'x', dataType: 'COLOUR' }] }] }, 'assetFields[0].dataType'],
    [{ notifications: [{ type: 'close' }] }, 'notifications[0] needs a entityId.'],
    [{ more: { tables: [] } }, 'more.tables does not have the form of an export.'],
    [{ more: { chairs: 1 } }, 'more.chairs is unknown'],
    [{ format: 'other' }, 'format must be'],
  ])('refuses %j and keeps the tenant', async (document, detail) => {
    const before = simulator.tenant;
    const { status, json } = await post(document);
    expect([status, json.errors[0].detail]).toEqual([400, expect.stringContaining(detail)]);
    expect(simulator.tenant).toBe(before);
  });

  it('clears arrivals, and a reset brings the tenant of the start back', async () => {
    await target.get('/version');
    await post({ entities: [notebook] });
    expect(simulator.arrivals).toEqual([]);
    await reset();
    expect((await target.get(`/entities/${notebook.id}`)).status).toBe(404);
  });

  it('is an option of a start too, to which a reset returns', async () => {
    const document: SeedDocument = { entities: [notebook] };
    const own = await startSimulator({ document });
    onTestFinished(() => own.close());
    const mine = createTarget(own.url, demoKey);
    await mine.post('/entities?force=true', newEntity('experiment', { name: 'Later' }, { parent: notebook.id }));
    await fetch(`${own.url}/_control/reset`, { method: 'POST' });
    expect(own.tenant.entities.size()).toBe(1);
  });
});
