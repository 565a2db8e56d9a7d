import { expect } from 'vitest';
import { nonEmpty } from '../../../../test/support/non-empty.ts';
import { facts, itWrites } from './target.ts';

const scim = { headers: { 'content-type': 'application/scim+json' } };
const person = {
  country: 'USA',
  emailAddress: 'mia@example.com',
  firstName: 'Mia',
  lastName: 'Lund',
  organization: 'Example Research',
  roles: [{ id: '3', name: 'Standard User' }],
};

facts('19. users, groups, SCIM', (fixture) => {
  const createUser = (attributes: object) => fixture.target.post('/users', { data: { type: 'user', attributes } });

  itWrites('creates a user from country, address, names and organisation with 201', async () => {
    expect((await createUser(person)).status).toBe(201);
    for (const name of ['country', 'emailAddress', 'firstName', 'lastName', 'organization'])
      expect((await createUser({ ...person, [name]: undefined })).status).toBe(400);
  });

  itWrites('takes countries by their English names', async () => {
    expect((await createUser({ ...person, emailAddress: 'a@example.com', country: 'Schweiz' })).status).toBe(400);
  });

  itWrites('disables with DELETE, hands resources over, and enables again', async () => {
    const owned = async (id: string) =>
      (
        await fixture.target.post('/entities/search', {
          query: { $match: { field: 'owner', value: id, mode: 'keyword' } },
        })
      ).json.meta.total;
    const before = await owned('101');
    const mine = await owned('106');
    expect((await fixture.target.remove('/users/106?assignResourceTo=101')).status).toBe(204);
    expect((await fixture.target.get('/users/106')).json.data.attributes.isEnabled).toBe(false);
    expect([await owned('106'), await owned('101')]).toEqual([0, before + mine]);
    expect((await fixture.target.patch('/users/106/reactivate', {})).json.data.attributes.isEnabled).toBe(true);
  });

  itWrites('changes attributes or licences, not both', async () => {
    const patch = (attributes: object) => fixture.target.patch('/users/104', { data: { attributes } });
    expect((await patch({ firstName: 'E', licenses: [] })).status).toBe(400);
    expect((await patch({ firstName: 'E' })).json.data.attributes.firstName).toBe('E');
  });

  itWrites('lists roles with their numbers', async () => {
    const { data } = (await fixture.target.get('/roles')).json;
    expect(
      data.slice(0, 3).map(({ id, attributes }: { id: string; attributes: { name: string } }) => [id, attributes.name]),
    ).toEqual([
      ['1', 'System Admin'],
      ['2', 'Config Admin'],
      ['3', 'Standard User'],
    ]);
  });

  itWrites("changes a group with 201 under the group's digest, a decimal number", async () => {
    const group = (await fixture.target.get('/groups/1')).json.data;
    expect(group.attributes.digest).toMatch(/^\d{8}$/);
    const patch = (digest: string) =>
      fixture.target.patch(`/groups/1?digest=${digest}`, { data: { attributes: { description: 'new' } } });
    expect((await patch(group.attributes.digest)).status).toBe(201);
    expect((await patch(group.attributes.digest)).status).toBe(428);
    expect(
      (await fixture.target.post('/groups/1/members?force=true', { data: { attributes: { userId: '107' } } })).status,
    ).toBe(201);
    expect((await fixture.target.remove('/groups/1/members/107')).status).toBe(204);
  });

  itWrites('speaks application/scim+json under /scim, errors included', async () => {
    const list = await fixture.target.get('/scim/v2/Users');
    expect(list.headers.get('content-type')).toBe('application/scim+json');
    const missing = await fixture.target.get('/scim/v2/Users/user-9999');
    expect([missing.status, missing.json.status, missing.json.schemas[0]]).toEqual([
      404,
      '404',
      'urn:ietf:params:scim:api:messages:2.0:Error',
    ]);
  });

  itWrites('filters, sorts and pages by startIndex and count', async () => {
    const find = async (query: string) => (await fixture.target.get(`/scim/v2/Users?${query}`)).json;
    const one = await find(`filter=${encodeURIComponent('userName eq "bruno.keller@example.com"')}`);
    expect(one.Resources.map(({ id }: { id: string }) => id)).toEqual(['user-101']);
    expect(
      (await find(`filter=${encodeURIComponent('name.familyName sw "no" and active eq true')}`)).totalResults,
    ).toBe(1);
    const page = await find('sortBy=userName&startIndex=3&count=2');
    expect([page.startIndex, page.Resources.length]).toEqual([3, 2]);
    expect((await find('attributes=userName')).Resources[0]).toEqual({
      schemas: expect.anything(),
      id: expect.anything(),
      userName: expect.anything(),
    });
  });

  itWrites('reads a deleted user as 404, revives it by POST, and refuses one that is there with 409', async () => {
    const body = { schemas: [], userName: 'noor@example.com', name: { givenName: 'Noor', familyName: 'Said' } };
    const made = await fixture.target.post('/scim/v2/Users', body, scim);
    expect([made.status, (await fixture.target.post('/scim/v2/Users', body, scim)).status]).toEqual([201, 409]);
    const path = `/scim/v2/Users/${made.json.id}`;
    expect((await fixture.target.remove(path)).status).toBe(204);
    expect((await fixture.target.get(path)).status).toBe(404);
    expect((await fixture.target.post('/scim/v2/Users', body, scim)).json.id).toBe(made.json.id);
  });

  itWrites('applies PATCH operations to users and groups', async () => {
    const patch = (path: string, Operations: object[]) => fixture.target.patch(path, { schemas: [], Operations }, scim);
    expect(
      (await patch('/scim/v2/Users/user-103', [{ op: 'replace', path: 'active', value: false }])).json.active,
    ).toBe(false);
    const added = await patch('/scim/v2/Groups/group-2', [
      { op: 'add', path: 'members', value: [{ value: 'user-101' }] },
    ]);
    expect(added.json.members.map(({ value }: { value: string }) => value)).toContain('user-101');
    const removed = await patch('/scim/v2/Groups/group-2', [{ op: 'remove', path: 'members[value eq "user-101"]' }]);
    expect(removed.json.members.map(({ value }: { value: string }) => value)).not.toContain('user-101');
  });

  itWrites('works off a bulk request, each part with its own status', async () => {
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'bulk@example.com' } },
      { method: 'DELETE', path: '/Users/user-9999' },
    ];
    const { json } = await fixture.target.post('/scim/v2/Bulk', { schemas: [], Operations }, scim);
    expect(json.Operations.map(({ status }: { status: string }) => status)).toEqual(['201', '404']);
  });

  itWrites('repeats notebook operations for contract partners under /cro', async () => {
    const { id } = (await fixture.target.get('/entities?includeTypes=experiment&page[limit]=1')).json.data[0];
    const [own, partner] = [
      await fixture.target.get(`/entities/${id}`),
      await fixture.target.get(`/cro/entities/${id}`),
    ];
    expect(partner.json.data).toEqual(own.json.data);
  });

  itWrites('searches history of the last month, and the audit log', async () => {
    await fixture.target.post('/entities', { data: { type: 'journal', attributes: { name: 'Audited' } } });
    const history = await fixture.target.post('/history/search', {});
    expect(history.json.data[0].attributes.action).toBe('create');
    const audit = await fixture.target.post('/audit/search', {
      filters: [
        { name: 'method', operator: 'equals', value: 'POST' },
        { name: 'path', operator: 'startWith', value: '/entities' },
      ],
    });
    expect(
      nonEmpty<{ attributes: { method: string } }>(audit.json.data).every(
        ({ attributes }: { attributes: { method: string } }) => attributes.method === 'POST',
      ),
    ).toBe(true);
    expect(audit.json.meta.total).toBeGreaterThan(0);
  });
});
