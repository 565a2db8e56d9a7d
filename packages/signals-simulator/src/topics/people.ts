/** Users, roles and groups, as far as they are read. */
import { groupResource } from '../documents/group-document.ts';
import { userResource } from '../documents/user-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { type Call, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import type { Json } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Role } from '../tenant/people.ts';

/** @throws 400 for `me` and other words, 404 for an unknown number. */
export const userOf = (call: Call): User => {
  const id = param(call, 'userId');
  if (!/^\d+$/.test(id)) throw badRequest('A user id is a number.');
  const user = call.tenant.people.users.get(id);
  if (user === undefined) throw notFound(`User ${id} is not found.`);
  return user;
};

const matches = (user: User, text: string) =>
  [user.userName, user.email, user.firstName, user.lastName].some((value) => value.toLowerCase().includes(text));

const listUsers = (call: Call) => {
  const page = readPage(call, { maxLimit: 1000 });
  const text = (call.query.get('q') ?? '').toLowerCase();
  const enabled = call.query.get('enabled');
  if (enabled !== null && enabled !== 'true' && enabled !== 'false') throw badRequest('enabled must be true or false.');
  const found = [...call.tenant.people.users.values()].filter(
    (user) => matches(user, text) && (enabled === null || user.isEnabled === (enabled === 'true')),
  );
  const { items, hasMore } = slicePage(found, page);
  return ok(pagedDocument(call, page, { items: items.map((user) => userResource(call.base, user)), hasMore }));
};

const readUser = (call: Call) => {
  const user = userOf(call);
  return ok({ links: selfLinks(call), data: userResource(call.base, user) });
};

/** Privileges are an object that names the granted ones only (client-shapes S30). */
const roleResource = ({ base, tenant }: Call, role: Role): Json => ({
  type: 'role',
  id: role.id,
  links: { self: `${base}/roles/${role.id}` },
  attributes: {
    id: role.id,
    name: role.name,
    description: role.description,
    privileges: Object.fromEntries(role.privileges.map((name) => [name, true])),
    counts: {
      groups: 0,
      users: [...tenant.people.users.values()].filter(({ roleIds }) => roleIds.includes(role.id)).length,
    },
    flags: {},
  },
});

const listRoles = (call: Call) =>
  ok({
    links: selfLinks(call),
    data: [...call.tenant.people.roles.values()].map((role) => roleResource(call, role)),
  });

const readRole = (call: Call) => {
  const role = call.tenant.people.roles.get(param(call, 'roleId'));
  if (role === undefined) throw notFound('Role is not found.');
  return ok({ links: selfLinks(call), data: roleResource(call, role) });
};

const listGroups = (call: Call) =>
  ok({
    links: selfLinks(call),
    data: [...call.tenant.people.groups.values()].map((group) => groupResource(call.base, group)),
  });

export const peopleRoutes: Routes = {
  'GET /users': listUsers,
  'GET /users/{userId}': readUser,
  'GET /roles': listRoles,
  'GET /roles/{roleId}': readRole,
  'GET /groups': listGroups,
};
