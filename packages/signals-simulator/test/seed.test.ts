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

const mara = { id: '7', firstName: 'Mara', lastName: 'Lind' };
const role = { id: '1', name: 'Admin' };
const group = { id: '5', name: 'Group' };
const close = { id: '3', type: 'close', entityId: notebook.id };
const odd = { id: '1', name: 'F', type: 'odd' };
const even = { ...odd, type: 'text' };
interface Encoded {
  readonly $map: readonly (readonly [string, object])[];
}
const generated = (sizeBytes: number) => ({ mediaType: 'a/b', sizeBytes, generatedFrom: 1 });
const place = {
  typeId: 'x',
  barcode: '',
  description: '',
  digest: '1',
  createdBy: '100',
  createdAtMillis: 0,
  fields: { $map: [] },
  isGrid: false,
  rows: 0,
  columns: 0,
};
/** Two locations, each in the other. */
const locations = (...parents: readonly string[]) => ({
  $map: ['a', 'b'].map((id, index) => [id, { ...place, id, name: id, parentId: parents[index] }]),
});

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
    [{ entities: [{ ...notebook, parentId: notebook.id }] }, 'entities[0] is among its own ancestors.'],
    [{ entities: [experiment, { ...notebook, parentId: experiment.id }] }, 'entities[0] is among its own ancestors.'],
    [{ more: { locations: locations('b', 'a') } }, 'more.locations: a is among its own ancestors.'],
    [{ entities: [{ ...notebook, description: null }] }, 'entities[0].description must not be null.'],
    [{ entities: null }, 'entities must not be null.'],
    [{ users: [{ ...mara, roleIds: ['1', '77'] }] }, 'users[0].roleIds: the user 7 has the unknown role 77.'],
    [{ users: [{ ...mara, roleIds: '1' }] }, 'users[0].roleIds must be an array of texts.'],
    [{ roles: [{ id: '1', name: 'Only' }] }, 'roles: the user 101 has the unknown role 2.'],
    [{ users: [{ ...mara, id: 'mara' }] }, 'users[0].id must be a whole number in digits, not "mara".'],
    [{ users: [mara], groups: [{ id: 'x', name: 'G' }] }, 'groups[0].id must be a whole number'],
    [{ groups: [{ id: '1', name: 'G', memberIds: ['999'] }] }, 'groups[0] has a member 999 who is no user.'],
    [{ notifications: [{ id: 'x', type: 'a', entityId: 'b' }] }, 'notifications[0].id must be a whole number'],
    [{ users: [mara, mara] }, 'users[1] has the id 7, which is taken.'],
    [{ roles: [role, role] }, 'roles[1] has the id 1, which is taken.'],
    [{ groups: [group, group] }, 'groups[1] has the id 5, which is taken.'],
    [{ libraries: [{ name: 'L' }, { name: 'L' }] }, 'libraries[1] has the name L, which is taken.'],
    [{ notifications: [close, { ...close, type: 'create' }] }, 'notifications[1] has the id 3, which is taken.'],
    [{ libraries: [{ name: 'L', digits: 1e9 }] }, 'libraries[0].digits must be a whole number from 0 to 20.'],
    [{ libraries: [{ name: 'L', batchFields: {} }] }, 'libraries[0].batchFields must be an array.'],
    [{ entities: [{ type: 'asset', name: 'A' }] }, 'entities[0] needs a library.'],
    [{ entities: [{ type: 'batch', name: 'B' }] }, 'entities[0] needs the parentId of an asset.'],
    [{ entities: [{ ...notebook, fields: 'none' }] }, 'entities[0].fields must be an object or an array.'],
    [{ entities: [{ ...notebook, fields: [{ definition: {} }] }] }, 'entities[0].fields need definitions'],
    [{ entities: [{ ...notebook, content: {} }] }, 'entities[0].content needs a mediaType.'],
    [{ entities: [{ ...notebook, content: { mediaType: 'a/b\nc', text: '' } }] }, 'content.mediaType is no media type'],
    [{ entities: [{ ...notebook, content: { mediaType: 'a/b' } }] }, 'entities[0].content needs a text'],
    [{ entities: [{ ...notebook, content: generated(-1) }] }, 'entities[0].content.sizeBytes must be a whole number'],
    [{ entities: [notebook, { ...notebook, id: undefined }] }, 'entities[1]: An entity of type journal named'],
    [{ entities: [{ ...notebook, starredBy: ['999'] }] }, 'entities[0].starredBy 999 is no user.'],
    [{ keys: ['100'] }, 'keys must be an object.'],
    [{ keys: { k: { id: '100' } } }, 'keys.k acts for'],
    [{ more: { tables: { $map: [['a', null]] } } }, 'more.tables: $map needs pairs of a key and a value.'],
    [{ more: { history: [null] } }, 'more.history[0] must be an object.'],
    [{ more: { shares: { $map: 1, x: { $map: [] } } } }, 'more.shares does not have the form of an export.'],
    [{ entities: [{ ...notebook, createdAt: '1' }] }, 'entities[0].createdAt must be an ISO time.'],
    [{ entities: [{ ...notebook, id: '' }] }, 'entities[0].id must not be empty.'],
    [{ libraries: [{ name: 'L', id: '' }] }, 'libraries[0].id must not be empty.'],
    [{ entities: [{ ...notebook, content: generated(1e12) }] }, 'entities[0].content.sizeBytes must be a whole number'],
    [{ entities: [{ ...notebook, fields: [{ value: 1 }] }] }, 'entities[0].fields need definitions'],
    [{ entities: [{ ...notebook, fields: [{ definition: odd }] }] }, 'entities[0].fields have the unknown type "odd".'],
    [
      { libraries: [{ name: 'L', assetFields: [{ definition: odd }] }] },
      'libraries[0].assetFields[0] have the unknown',
    ],
    [
      { libraries: [{ name: 'L' }], entities: [{ type: 'batch', name: 'B', library: 'L' }] },
      'entities[0] needs the parentId of an asset.',
    ],
    [{ entities: [{ ...notebook, createdAt: '9999-12-31T23:59:59-23:59' }] }, 'createdAt must be an ISO time.'],
    [{ entities: [{ ...notebook, createdAt: '0000-01-01T00:00:00+23:59' }] }, 'createdAt must be an ISO time.'],
    [
      { entities: [{ ...notebook, fields: [{ definition: even, values: 'x' }] }] },
      'fields have values that are no array',
    ],
    [{ entities: [{ ...notebook, fields: [{ definition: { ...even, options: 1 } }] }] }, 'need options and units'],
    [{ more: { history: [{}] } }, 'more.history: 0 needs entityId, a text.'],
    [{ more: { history: [{ entityId: 'a', action: 'b', userId: 'c', atMillis: 1e300 }] } }, 'needs atMillis, a time.'],
    [{ more: { comments: { $map: [['a', [{}]]] } } }, 'more.comments: a needs id, a text.'],
    [{ more: { tables: { $map: [['a', 1]] } } }, 'more.tables: a must be an object.'],
    [{ more: { shares: { $map: [['a', 'b']] } } }, 'more.shares: a must be an array.'],
  ])('refuses %j and keeps the tenant', async (document, detail) => {
    const before = simulator.tenant;
    const { status, json } = await post(document);
    expect([status, json.errors[0].detail]).toEqual([400, expect.stringContaining(detail)]);
    expect(simulator.tenant).toBe(before);
  });

  it.each([
    ['tables', 'rows', 'list'],
    ['plates', 'layers', 'list'],
    ['drawings', 'grids', 'object'],
    ['drawings', 'columns', 'map'],
    ['attributes', 'options', 'list'],
    ['locations', 'createdAtMillis', 'time'],
    ['containers', 'fields', 'map'],
    ['containers', 'amount', 'number'],
    ['orders', 'digest', 'text'],
    ['suppliers', 'name', 'text'],
    ['inventoryTypes', 'fields', 'list'],
    ['comments', 'text', 'text'],
    ['shares', 'canRead', 'boolean'],
  ])('refuses an export whose %s lack the member %s', async (name, member, kind) => {
    const { more, ...sections } = (await (await fetch(`${simulator.url}/_control/seed`)).json()) as SeedDocument;
    const { $map } = (more?.[name] ?? { $map: [] }) as unknown as Encoded;
    const [key, part] = $map[0] ?? [];
    const { [member]: _left, ...without } = [part].flat()[0] as Readonly<Record<string, unknown>>;
    const changed = { ...more, [name]: { $map: [[key, Array.isArray(part) ? [without] : without]] } };
    const { status, json } = await post({ ...sections, more: changed });
    expect([status, json.errors[0].detail]).toEqual([400, `more.${name}: ${key} needs ${member}, a ${kind}.`]);
  });

  it('exports no entity of a type that is the name of a member of every object', async () => {
    const id = 'constructor:00000000-0000-4000-b000-000000000009';
    await post({ entities: [{ id, type: 'constructor', name: 'C' }] });
    expect((await target.get(`/entities/${id}/export`)).status).toBe(400);
  });

  it('gives the next user, group and notification a number of its own', async () => {
    await post({ users: [mara], groups: [group], entities: [notebook], notifications: [close] });
    const { people, notifications } = simulator.tenant;
    expect([people.nextUserId(), people.nextGroupId()]).toEqual(['101', '6']);
    expect(notifications.record({ type: 'a', entityId: notebook.id, createdBy: '7' }).id).toBe('4');
  });

  it('gives the people of the demo the roles and groups that it states', async () => {
    const roles = ['1', '2', '3', '4'].map((id) => ({ id, name: `Role ${id}` }));
    await post({ roles, groups: [{ ...group, memberIds: ['101'] }] });
    const { people } = simulator.tenant;
    expect([...people.groups.keys()]).toEqual(['5']);
    expect([...people.roles.values()].map(({ name }) => name)).toEqual(roles.map(({ name }) => name));
    expect(people.users.size).toBe(12);
  });

  it('takes batches before their asset, and things before their template, with the fields of these', async () => {
    const template = { id: 'experiment:t', type: 'experiment', name: 'T', isTemplate: true, fields: { Yield: 1 } };
    const asset = { id: 'asset:00000000000000000000000a', type: 'asset', name: 'S-1', library: 'L' };
    const batch = { type: 'batch', name: 'S-1-1', parentId: asset.id, fields: { Lot: 'x' } };
    const instance = { id: 'experiment:i', type: 'experiment', name: 'I', templateId: template.id };
    const fields = (name: string) => [{ name }];
    const library = { name: 'L', assetFields: fields('Grade'), batchFields: fields('Lot') };
    const { status } = await post({ libraries: [library], entities: [batch, instance, asset, template] });
    expect(status).toBe(200);
    const found = await target.get('/materials/L/batches/id/S-1-1');
    expect(found.json.data.attributes.fields.Lot.value).toBe('x');
    expect(simulator.tenant.entities.get(instance.id)?.fields.map(({ definition }) => definition.name)).toEqual([
      'Yield',
    ]);
    const { assetFields, batchFields } = simulator.tenant.materials.byName('L') ?? {};
    expect(batchFields?.[0]?.definition.id).not.toBe(assetFields?.[0]?.definition.id);
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

  it('leaves nothing that listens when a start has a document that is refused', async () => {
    const first = await startSimulator({ document: { entities: [] } });
    const port = Number(new URL(first.url).port);
    await first.close();
    await expect(startSimulator({ port, document: { users: [] } })).rejects.toThrow(/at least one user/);
    const next = await startSimulator({ port, document: { entities: [] } });
    onTestFinished(() => next.close());
    expect(next.url).toContain(`:${port}`);
  });
});
