/** SCIM 2.0 (RFC 7643, 7644) under `/scim/v2`: users, groups, bulk, self-description. */
import { badRequest, conflict, notFound, SignalsError } from '../errors.ts';
import { bodyJson, type Call, type Handler, param, type Routes } from '../http/call.ts';
import { scimJson } from '../http/media-types.ts';
import { noContent, type Reply } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, textOf } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Group } from '../tenant/people.ts';
import { addUser } from '../topics/users-write.ts';
import { patchGroup, patchUser, setGroup, setUser } from './apply.ts';
import { compileFilter, valuesAt } from './filter.ts';
import { providerConfig, resourceTypes, schemaList, schemas, scimGroup, scimRole, scimUser } from './resources.ts';

const reply = (status: number, document: Json): Reply => ({ status, document, mediaType: scimJson });

/** SCIM errors have a shape of their own. */
export const scimErrorReply = (error: SignalsError): Reply =>
  reply(error.status, {
    schemas: [schemas.error],
    ...(error.status === 409 ? { scimType: 'uniqueness' } : error.status === 400 ? { scimType: 'invalidValue' } : {}),
    detail: error.detail,
    status: String(error.status),
  });

/** `attributes` keeps only those named (and id, schemas); `excludedAttributes` drops some. */
const project = (call: Call, resource: JsonObject): JsonObject => {
  const wanted = call.query
    .get('attributes')
    ?.split(',')
    .map((name) => name.split('.')[0]);
  const dropped = new Set(call.query.get('excludedAttributes')?.split(','));
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([name]) =>
        name === 'id' || name === 'schemas' || ((wanted === undefined || wanted.includes(name)) && !dropped.has(name)),
    ),
  );
};

const wholeNumber = (call: Call, name: string, fallback: number): number => {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (!/^\d+$/.test(text)) throw badRequest(`${name} must be a whole number.`);
  return Number(text);
};

const listReply = (call: Call, all: readonly JsonObject[]): Reply => {
  const filter = call.query.get('filter');
  const test = filter === null || filter === '' ? () => true : compileFilter(filter);
  const sortBy = call.query.get('sortBy');
  const sign = call.query.get('sortOrder') === 'descending' ? -1 : 1;
  const found = all.filter(test);
  const key = (resource: JsonObject) => String(valuesAt(resource, sortBy ?? 'id')[0] ?? '');
  if (sortBy !== null) found.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const startIndex = Math.max(1, wholeNumber(call, 'startIndex', 1));
  const page = found.slice(startIndex - 1, startIndex - 1 + wholeNumber(call, 'count', 100));
  return reply(200, {
    schemas: [schemas.list],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((resource) => project(call, resource)),
  });
};

const isKnown = (call: Call, user: User) => !call.tenant.scimDeleted.has(user.id);
const showUser = (call: Call, user: User) => project(call, scimUser(call.tenant, call.base, user));
const showGroup = (call: Call, group: Group) => project(call, scimGroup(call.tenant, call.base, group));

const userOf = (call: Call): User => {
  const user = call.tenant.people.users.get(param(call, 'id').replace(/^user-/, ''));
  if (user === undefined || !isKnown(call, user)) throw notFound(`Resource ${param(call, 'id')} not found.`);
  return user;
};

const checkUserName = (call: Call, userName: string, own: User | undefined) => {
  const holder = [...call.tenant.people.users.values()].find((user) => user !== own && user.userName === userName);
  if (holder !== undefined && isKnown(call, holder)) throw conflict(`User ${userName} exists.`);
  return holder;
};

/** A user that was deleted comes back under its old id. */
const createUser: Handler = (call) => {
  const body = bodyJson(call);
  const userName = textOf(at(body, 'userName'));
  if (userName === undefined || userName === '') throw badRequest('userName is required.');
  const dead = checkUserName(call, userName, undefined);
  const user =
    dead ??
    addUser(call, {
      userName,
      email: userName,
      firstName: '',
      lastName: '',
      country: '',
      organization: '',
      alias: '',
      roleIds: ['3'],
    });
  call.tenant.scimDeleted.delete(user.id);
  user.isEnabled = true;
  setUser(user, body);
  return reply(201, showUser(call, user));
};

const changeUser =
  (change: (user: User, body: Json) => void): Handler =>
  (call) => {
    const user = userOf(call);
    const body = bodyJson(call);
    const userName = textOf(at(body, 'userName'));
    if (userName !== undefined) checkUserName(call, userName, user);
    change(user, body);
    return reply(200, showUser(call, user));
  };

const removeUser: Handler = (call) => {
  const user = userOf(call);
  user.isEnabled = false;
  call.tenant.scimDeleted.add(user.id);
  return noContent;
};

const groupOf = (call: Call): Group => {
  const group = call.tenant.people.groups.get(param(call, 'id').replace(/^group-/, ''));
  if (group === undefined) throw notFound(`Resource ${param(call, 'id')} not found.`);
  return group;
};

const readGroup: Handler = (call) => {
  const roleId = /^role-(\d+)$/.exec(param(call, 'id'))?.[1];
  const role = roleId === undefined ? undefined : call.tenant.people.roles.get(roleId);
  return reply(
    200,
    role === undefined
      ? showGroup(call, groupOf(call))
      : project(call, scimRole(call.tenant, call.base, role.id, role.name)),
  );
};

const createGroup: Handler = (call) => {
  const body = bodyJson(call);
  const name = textOf(at(body, 'displayName'));
  if (name === undefined || name === '') throw badRequest('displayName is required.');
  const { people, entities, clock } = call.tenant;
  if ([...people.groups.values()].some((group) => group.name === name)) throw conflict(`Group ${name} exists.`);
  const group: Group = {
    id: people.nextGroupId(),
    name,
    description: '',
    digest: entities.nextDigest(),
    memberIds: new Set(),
    createdAtMillis: clock.nowMillis(),
    editedAtMillis: clock.nowMillis(),
    isSystem: false,
  };
  people.groups.set(group.id, group);
  setGroup(group, body);
  return reply(201, showGroup(call, group));
};

const changeGroup =
  (change: (group: Group, body: Json) => void): Handler =>
  (call) => {
    const group = groupOf(call);
    change(group, bodyJson(call));
    group.digest = call.tenant.entities.nextDigest();
    group.editedAtMillis = call.tenant.clock.nowMillis();
    return reply(200, showGroup(call, group));
  };

const removeGroup: Handler = (call) => {
  call.tenant.people.groups.delete(groupOf(call).id);
  return noContent;
};

const listGroups: Handler = (call) => {
  const { people } = call.tenant;
  return listReply(call, [
    ...[...people.groups.values()].map((group) => scimGroup(call.tenant, call.base, group)),
    ...[...people.roles.values()].map((role) => scimRole(call.tenant, call.base, role.id, role.name)),
  ]);
};

const listUsers: Handler = (call) =>
  listReply(
    call,
    [...call.tenant.people.users.values()]
      .filter((user) => isKnown(call, user))
      .map((user) => scimUser(call.tenant, call.base, user)),
  );

const bulkHandlers: Readonly<Record<string, Handler>> = {
  'POST Users': createUser,
  'PUT Users': changeUser(setUser),
  'PATCH Users': changeUser(patchUser),
  'DELETE Users': removeUser,
  'POST Groups': createGroup,
  'PUT Groups': changeGroup(setGroup),
  'PATCH Groups': changeGroup(patchGroup),
  'DELETE Groups': removeGroup,
};

const runOne = async (call: Call, operation: Json): Promise<JsonObject> => {
  const method = (textOf(at(operation, 'method')) ?? '').toUpperCase();
  const [, kind = '', id = ''] = (textOf(at(operation, 'path')) ?? '').split('/');
  const bulkId = textOf(at(operation, 'bulkId'));
  const head = { method, ...(bulkId === undefined ? {} : { bulkId }) };
  try {
    const handler = bulkHandlers[`${method} ${kind}`];
    if (handler === undefined) throw badRequest(`${method} ${kind} is unknown.`);
    const made = await handler({
      ...call,
      params: { id },
      body: Buffer.from(JSON.stringify(at(operation, 'data') ?? {})),
    });
    const newId = isObject(made.document) ? textOf(made.document.id) : undefined;
    return { ...head, status: String(made.status), location: `${call.base}/scim/v2/${kind}/${newId ?? id}` };
  } catch (cause) {
    if (!(cause instanceof SignalsError)) throw cause;
    return { ...head, status: String(cause.status), response: scimErrorReply(cause).document ?? null };
  }
};

const bulk: Handler = async (call) => {
  const results: JsonObject[] = [];
  for (const operation of arrayOf(at(bodyJson(call), 'Operations'))) results.push(await runOne(call, operation));
  return reply(200, { schemas: [schemas.bulk], Operations: results });
};

const named = (resources: readonly JsonObject[], id: string): Reply => {
  const found = resources.find((resource) => resource.id === id);
  if (found === undefined) throw notFound(`Resource ${id} not found.`);
  return reply(200, found);
};

export const scimRoutes: Routes = {
  'GET /scim/v2/ServiceProviderConfig': () => reply(200, providerConfig),
  'GET /scim/v2/ResourceTypes': (call) => listReply(call, resourceTypes),
  'GET /scim/v2/ResourceTypes/{resourceTypeId}': (call) => named(resourceTypes, param(call, 'resourceTypeId')),
  'GET /scim/v2/Schemas': (call) => listReply(call, schemaList),
  'GET /scim/v2/Schemas/{id}': (call) => named(schemaList, param(call, 'id')),
  'GET /scim/v2/Users': listUsers,
  'POST /scim/v2/Users': createUser,
  'GET /scim/v2/Users/{id}': (call) => reply(200, showUser(call, userOf(call))),
  'PATCH /scim/v2/Users/{id}': changeUser(patchUser),
  'PUT /scim/v2/Users/{id}': changeUser(setUser),
  'DELETE /scim/v2/Users/{id}': removeUser,
  'GET /scim/v2/Groups': listGroups,
  'POST /scim/v2/Groups': createGroup,
  'GET /scim/v2/Groups/{id}': readGroup,
  'PATCH /scim/v2/Groups/{id}': changeGroup(patchGroup),
  'PUT /scim/v2/Groups/{id}': changeGroup(setGroup),
  'DELETE /scim/v2/Groups/{id}': removeGroup,
  'POST /scim/v2/Bulk': bulk,
};
