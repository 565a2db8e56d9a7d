/** Changing users: create, patch, disable and hand over, enable again; pictures, licences, system groups. */
import { groupResource } from '../documents/group-document.ts';
import { userResource } from '../documents/user-document.ts';
import { badRequest, conflict } from '../errors.ts';
import { bodyJson, type Call, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, emptyOk, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import { bytesContent } from '../tenant/content.ts';
import type { User } from '../tenant/model.ts';
import { countries } from './countries.ts';
import { pngBytes } from './images.ts';
import { userOf } from './people.ts';

const required = ['country', 'emailAddress', 'firstName', 'lastName', 'organization'] as const;

const readRoles = (call: Call, given: Json | undefined): string[] =>
  arrayOf(given).map((role) => {
    const id = String(at(role, 'id') ?? '');
    if (!call.tenant.people.roles.has(id)) throw badRequest(`Role ${id} is unknown.`);
    return id;
  });

const checkCountry = (country: string | undefined) => {
  if (country !== undefined && !countries.includes(country))
    throw badRequest(`country "${country}" is unknown; write it in English, such as USA.`);
};

export const addUser = (
  call: Call,
  given: Omit<User, 'id' | 'createdAtMillis' | 'lastLoginAtMillis' | 'isEnabled'>,
): User => {
  const { people, clock } = call.tenant;
  const user: User = {
    ...given,
    id: people.nextUserId(),
    isEnabled: true,
    createdAtMillis: clock.nowMillis(),
    lastLoginAtMillis: undefined,
  };
  people.users.set(user.id, user);
  return user;
};

const create = (call: Call) => {
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const texts = Object.fromEntries(required.map((name) => [name, textOf(at(attributes, name))]));
  const missing = required.find((name) => (texts[name] ?? '') === '');
  if (missing !== undefined) throw badRequest(`${missing} is required.`);
  checkCountry(texts.country);
  const email = texts.emailAddress ?? '';
  if ([...call.tenant.people.users.values()].some((user) => user.email === email))
    throw conflict(`A user with the address ${email} exists.`);
  const user = addUser(call, {
    userName: textOf(at(attributes, 'userName')) ?? email,
    email,
    firstName: texts.firstName ?? '',
    lastName: texts.lastName ?? '',
    country: texts.country ?? '',
    organization: texts.organization ?? '',
    alias: textOf(at(attributes, 'alias')) ?? '',
    roleIds: readRoles(call, at(attributes, 'roles')),
  });
  return created({ links: selfLinks(call), data: userResource(call.base, user) });
};

const texts = ['firstName', 'lastName', 'country', 'organization', 'alias'] as const;

const patch = (call: Call) => {
  const user = userOf(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  if (!isObject(attributes)) throw badRequest('data.attributes is required.');
  const { licenses, ...others } = attributes;
  if (licenses !== undefined && Object.keys(others).length > 0)
    throw badRequest('Change attributes or licences, not both.');
  checkCountry(textOf(others.country));
  for (const name of texts) user[name] = textOf(others[name]) ?? user[name];
  if (others.roles !== undefined) user.roleIds = readRoles(call, others.roles);
  return ok({ links: selfLinks(call), data: userResource(call.base, user) });
};

/** Disables a user; with `assignResourceTo` the user's resources go to another user. */
const disable = (call: Call) => {
  const user = userOf(call);
  const heirId = call.query.get('assignResourceTo');
  if (heirId !== null && !call.tenant.people.users.has(heirId)) throw badRequest(`User ${heirId} is unknown.`);
  user.isEnabled = false;
  if (heirId !== null)
    for (const entity of call.tenant.entities.all()) if (entity.ownerId === user.id) entity.ownerId = heirId;
  return noContent;
};

const reactivate = (call: Call) => {
  const user = userOf(call);
  user.isEnabled = true;
  return ok({ links: selfLinks(call), data: userResource(call.base, user) });
};

const systemGroups = (call: Call) => {
  const user = userOf(call);
  const groups = [...call.tenant.people.groups.values()].filter(
    ({ isSystem, memberIds }) => isSystem && memberIds.has(user.id),
  );
  return ok({ links: selfLinks(call), data: groups.map((group) => groupResource(call.base, group)) });
};

const licences = (call: Call) =>
  ok({
    links: selfLinks(call),
    data: ['Signals Notebook', 'Signals Inventa'].map((name, index) => ({
      type: 'license',
      id: String(index + 1),
      attributes: { id: String(index + 1), name, total: 50, used: call.tenant.people.users.size },
    })),
  });

const picture = (call: Call) => {
  const user = userOf(call);
  // A user without a picture has an empty one (client-shapes S9); here those who are disabled.
  if (!user.isEnabled) return emptyOk;
  return { status: 200, content: bytesContent('image/png', pngBytes(48, 48, Number(user.id))) };
};

export const userWriteRoutes: Routes = {
  'POST /users': create,
  'PATCH /users/{userId}': patch,
  'DELETE /users/{userId}': disable,
  'PATCH /users/{userId}/reactivate': reactivate,
  'GET /users/{userId}/systemGroups': systemGroups,
  'GET /users/{userId}/picture': picture,
  'GET /users/licenses': licences,
};
