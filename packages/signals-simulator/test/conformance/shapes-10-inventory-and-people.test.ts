/** client-shapes, sections 10 to 12: inventory, attributes, people. */
import { expect } from 'vitest';
import { demoInventory } from '../../src/demo/inventory.ts';
import { facts, itWrites, uuidForm } from './target.ts';

facts('client-shapes 10 to 12. inventory, attributes, people', (fixture) => {
  itWrites('(S14) a type has its fields as definitions, those of the system first', async () => {
    const { json } = await fixture.target.get('/inventory/types?entityType=container');
    expect(json.links.first).toContain('/inventory/types');
    const [vial] = json.data;
    expect(vial.attributes).toMatchObject({
      entityType: 'container',
      inUse: true,
      digest: expect.stringMatching(uuidForm),
    });
    const fields = new Map(vial.attributes.fields.map((field: { id: string }) => [field.id, field]));
    expect([...fields.keys()].slice(0, 4)).toEqual([
      'PE_INV_SYSTEM_Barcode',
      'PE_INV_SYSTEM_Amount',
      'PE_INV_SYSTEM_Status',
      'PE_INV_SYSTEM_Responsible_Person',
    ]);
    expect(fields.get('PE_INV_SYSTEM_Barcode')).toMatchObject({ definition: { key: 'Barcode', type: 'text' } });
    expect(fields.get('f1')).toMatchObject({
      definition: { title: 'Cap Colour', isRequired: true, options: ['Red', 'Blue'] },
    });
    const security = fields.get('f7') as { definition: { attributeListEid: string } };
    const attribute = await fixture.target.get(`/attributes/${security.definition.attributeListEid}`);
    expect(attribute.json.data.attributes.name).toBe('Inventory Security');
  });

  itWrites('section 10: a container has its place, its contents and what was typed', async () => {
    const { attributes } = (await fixture.target.get(`/inventory/containers/${demoInventory.container}`)).json.data;
    expect(attributes).toMatchObject({
      typeName: 'Vial',
      state: 'PRESENT',
      location: { id: demoInventory.grid },
      owner: { picture: {} },
      amount: expect.any(Number),
      contents: [{ entityId: expect.stringMatching(/^batch:/), entityType: 'batch' }],
    });
    expect(attributes.ancestors.map(({ id }: { id: string }) => id)).toEqual([
      demoInventory.grid,
      demoInventory.room,
      demoInventory.building,
    ]);
    const colour = attributes.fields.find(({ id }: { id: string }) => id === 'f1');
    expect(colour).toMatchObject({ definition: { title: 'Cap Colour' }, content: { user: 'Red', isRawValue: false } });
  });

  itWrites('section 11: the list of attributes has rows of the type entity', async () => {
    const { json } = await fixture.target.get('/attributes');
    expect(Object.keys(json)).toEqual(['data']);
    expect(json.data[0]).toMatchObject({
      type: 'entity',
      attributes: { eid: 'attribute:1', type: 'attribute', digest: expect.any(String), fields: {} },
    });
  });

  itWrites('(S28) an attribute has its options as texts', async () => {
    const { data } = (await fixture.target.get('/attributes/attribute:1')).json;
    expect(data).toMatchObject({
      type: 'attribute',
      attributes: { id: 'attribute:1', type: 'choice', options: ['Aurora', 'Borealis', 'Cascade', 'Delta'] },
    });
  });

  itWrites('(S11) options have keys and values, and answer to a new value after an update', async () => {
    const path = '/attributes/attribute:2/options';
    const { json } = await fixture.target.get(path);
    expect(Object.keys(json.links)).toEqual(expect.arrayContaining(['self', 'first']));
    expect(json.data[0]).toMatchObject({
      type: 'option',
      id: 'Chemistry',
      attributes: { key: 'Chemistry', value: 'Chemistry' },
    });
    const act = async (id: string | undefined, action: string, value?: string) =>
      (
        await fixture.target.patch(path, {
          data: [{ ...(id ? { id } : {}), type: 'option', attributes: { action, value } }],
        })
      ).json.data.map((option: { id: string }) => option.id);
    expect(await act(undefined, 'create', 'Toxicology')).toContain('Toxicology');
    expect(await act('Toxicology', 'update', 'Safety')).toContain('Safety');
    expect(await act('Safety', 'delete')).not.toContain('Safety');
    expect((await fixture.target.post(path, {})).status).toBe(404);
  });

  itWrites('(S35) a description alone is kept, and leaves the options as they are', async () => {
    const before = (await fixture.target.get('/attributes/attribute:3')).json.data.attributes.options;
    const body = { data: { type: 'attribute', attributes: { description: 'Where it stands' } } };
    const changed = await fixture.target.patch('/attributes/attribute:3', body);
    expect([changed.status, changed.json.data.attributes.description]).toEqual([200, 'Where it stands']);
    expect(changed.json.data.attributes.options).toEqual(before);
    const attributes = { name: 'Empty', type: 'choice', description: 'none yet', options: [] };
    expect((await fixture.target.post('/attributes', { data: { type: 'attribute', attributes } })).status).toBe(201);
  });

  itWrites('(S8) a profile has tenant, roles and licences', async () => {
    const { data } = (await fixture.target.get('/profiles/me')).json;
    expect(data).toMatchObject({
      type: 'profile',
      attributes: { userId: '100', tenant: expect.any(String), alert: {} },
    });
    expect(data.attributes.roles).toEqual([{ id: '1', name: 'System Admin' }]);
    expect(Object.keys(data.attributes.licenses[0])).toEqual([
      'id',
      'name',
      'expiresAt',
      'valid',
      'hasServiceExpired',
      'hasUserFound',
      'hasUserActivated',
    ]);
  });

  const person = {
    country: 'USA',
    emailAddress: 'new@example.com',
    firstName: 'New',
    lastName: 'Person',
    organization: 'Example',
    roles: null,
  };

  itWrites('(S9) a user has no time of a login before the first, and roles as relationships', async () => {
    const made = await fixture.target.post('/users', { data: { type: 'user', attributes: person } });
    expect(made.status).toBe(201);
    expect('lastLoginAt' in made.json.data.attributes).toBe(false);
    expect(made.json.data.relationships.roles.data).toEqual([]);
    for (const answer of [await fixture.target.get('/users/101'), await fixture.target.get('/users?q=keller')]) {
      const user = Array.isArray(answer.json.data) ? answer.json.data[0] : answer.json.data;
      expect(user.relationships.roles.data[0]).toMatchObject({ type: 'role', id: '2' });
      expect(user.attributes.lastLoginAt).toMatch(/Z$/);
    }
    const picture = await fixture.target.get('/users/111/picture');
    expect([picture.status, picture.bytes.byteLength]).toEqual([200, 0]);
  });

  itWrites('(S10) a group has one form on list, read, create and among system groups', async () => {
    const form = {
      id: expect.any(String),
      eid: expect.stringMatching(/^group:\d+$/),
      type: 'group',
      isSystem: expect.any(Boolean),
      name: expect.any(String),
      description: expect.any(String),
      createdAt: expect.any(String),
      editedAt: expect.any(String),
      digest: expect.stringMatching(/^\d{8}$/),
    };
    const body = { data: { attributes: { name: 'Fresh', description: 'd', isSystem: true } } };
    const made = await fixture.target.post('/groups', body);
    expect(made.json.data.attributes).toMatchObject({ ...form, isSystem: true });
    const [listed] = (await fixture.target.get('/groups')).json.data;
    const [system] = (await fixture.target.get('/users/101/systemGroups')).json.data;
    for (const { attributes } of [listed, system, (await fixture.target.get('/groups/1')).json.data])
      expect(attributes).toEqual(form);
    const member = { data: { attributes: { userId: '101' } } };
    const added = await fixture.target.post(`/groups/${made.json.data.id}/members?force=true`, member);
    expect([added.status, added.json.data[0].type]).toEqual([201, 'user']);
    expect((await fixture.target.patch('/groups/1', { data: { attributes: {} } })).status).toBe(400);
  });

  itWrites('(S30) a role names the privileges that it grants', async () => {
    for (const path of ['/roles/1', '/roles']) {
      const { data } = (await fixture.target.get(path)).json;
      const { attributes } = Array.isArray(data) ? data[0] : data;
      expect(attributes.privileges).toMatchObject({ canShare: true, canConfigure: true });
      expect(attributes.counts).toEqual({ groups: expect.any(Number), users: 1 });
    }
    const standard = (await fixture.target.get('/roles/3')).json.data.attributes.privileges;
    expect('canConfigure' in standard).toBe(false);
  });
});
