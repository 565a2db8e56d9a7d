/** Applies SCIM writes to users and groups. */
import { badRequest } from '../errors.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, textOf } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Group } from '../tenant/people.ts';
import { schemas } from './resources.ts';

const emailOf = (data: Json): string | undefined => textOf(at(arrayOf(at(data, 'emails'))[0], 'value'));

/** Members present in `data` are set, others stay. */
export const setUser = (user: User, data: Json): void => {
  user.userName = textOf(at(data, 'userName')) ?? user.userName;
  user.firstName = textOf(at(data, 'name', 'givenName')) ?? user.firstName;
  user.lastName = textOf(at(data, 'name', 'familyName')) ?? user.lastName;
  user.email = emailOf(data) ?? user.email;
  const active = at(data, 'active');
  if (active !== undefined) user.isEnabled = active === true || String(active).toLowerCase() === 'true';
  const extension = isObject(data) ? data[schemas.extension] : undefined;
  user.alias = textOf(at(extension, 'alias')) ?? user.alias;
  user.country = textOf(at(extension, 'country')) ?? user.country;
  user.organization = textOf(at(extension, 'organization')) ?? user.organization;
  const roles = at(data, 'roles');
  if (roles !== undefined)
    user.roleIds = arrayOf(roles).map((role) => (textOf(at(role, 'value')) ?? '').replace('role-', ''));
};

/** `name.givenName` with a value becomes `{name:{givenName: value}}`. */
const nested = (path: string, value: Json): JsonObject => {
  const bare = path.replace(/\[.*?\]/g, '');
  if (bare.startsWith(schemas.extension)) {
    const rest = bare.slice(schemas.extension.length + 1);
    return { [schemas.extension]: rest === '' ? value : { [rest]: value } };
  }
  const [first = '', second] = bare.split('.');
  if (first === 'emails')
    return { emails: [isObject(value) ? value : Array.isArray(value) ? (value[0] as Json) : { value }] };
  return { [first]: second === undefined ? value : { [second]: value } };
};

const operationsOf = (body: Json): readonly Json[] => {
  const operations = at(body, 'Operations');
  if (!Array.isArray(operations)) throw badRequest('Operations must be a list.');
  return arrayOf(operations);
};

const verbOf = (operation: Json): string => {
  const verb = (textOf(at(operation, 'op')) ?? '').toLowerCase();
  if (!['add', 'replace', 'remove'].includes(verb)) throw badRequest(`Operation "${verb}" is unknown.`);
  return verb;
};

export const patchUser = (user: User, body: Json): void => {
  for (const operation of operationsOf(body)) {
    const verb = verbOf(operation);
    const path = textOf(at(operation, 'path'));
    const value = verb === 'remove' ? '' : (at(operation, 'value') ?? '');
    setUser(user, path === undefined ? value : nested(path, value));
  }
};

const memberIds = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? arrayOf(value) : [value ?? null]).map((member) =>
    (textOf(at(member, 'value')) ?? '').replace('user-', ''),
  );

export const setGroup = (group: Group, data: Json): void => {
  group.name = textOf(at(data, 'displayName')) ?? group.name;
  const members = at(data, 'members');
  if (members === undefined) return;
  group.memberIds.clear();
  for (const id of memberIds(members)) group.memberIds.add(id);
};

const removeMembers = (group: Group, path: string, value: Json | undefined): void => {
  const one = /^members\[value eq "(?:user-)?(\d+)"\]$/.exec(path)?.[1];
  const ids = one !== undefined ? [one] : value === undefined ? [...group.memberIds] : memberIds(value);
  for (const id of ids) group.memberIds.delete(id);
};

export const patchGroup = (group: Group, body: Json): void => {
  for (const operation of operationsOf(body)) {
    const verb = verbOf(operation);
    const path = textOf(at(operation, 'path')) ?? '';
    const value = at(operation, 'value');
    if (path.startsWith('members') && verb === 'remove') removeMembers(group, path, value);
    else if (path === 'members' && verb === 'add') for (const id of memberIds(value)) group.memberIds.add(id);
    else setGroup(group, path === '' ? (value ?? {}) : { [path]: value ?? '' });
  }
};
