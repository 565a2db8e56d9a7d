/** SCIM users and groups as this tenant shows them, and its self-description. */
import type { Json, JsonObject } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Group } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';

export const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  extension: 'urn:ietf:params:scim:schemas:extension:signalsnotebook:2.0:UserProperties',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
  bulk: 'urn:ietf:params:scim:api:messages:2.0:BulkResponse',
} as const;

const iso = (millis: number) => new Date(millis).toISOString();

export const scimUser = (tenant: Tenant, base: string, user: User): JsonObject => {
  const groups = [...tenant.people.groups.values()].filter(({ memberIds }) => memberIds.has(user.id));
  return {
    schemas: [schemas.user, schemas.extension],
    id: `user-${user.id}`,
    userName: user.userName,
    name: { givenName: user.firstName, familyName: user.lastName, formatted: `${user.firstName} ${user.lastName}` },
    emails: [{ value: user.email, type: 'work', primary: true }],
    active: user.isEnabled,
    groups: groups.map(({ id, name }) => ({ value: `group-${id}`, display: name })),
    roles: user.roleIds.map((id) => ({ value: `role-${id}`, display: tenant.people.roles.get(id)?.name ?? '' })),
    [schemas.extension]: { alias: user.alias, country: user.country, organization: user.organization },
    meta: {
      resourceType: 'User',
      created: iso(user.createdAtMillis),
      location: `${base}/scim/v2/Users/user-${user.id}`,
    },
  };
};

const memberList = (tenant: Tenant, base: string, ids: readonly string[]): Json =>
  ids.map((id) => ({
    value: `user-${id}`,
    display: tenant.people.users.get(id)?.userName ?? '',
    $ref: `${base}/scim/v2/Users/user-${id}`,
  }));

export const scimGroup = (tenant: Tenant, base: string, group: Group): JsonObject => ({
  schemas: [schemas.group],
  id: `group-${group.id}`,
  displayName: group.name,
  members: memberList(tenant, base, [...group.memberIds]),
  meta: {
    resourceType: 'Group',
    created: iso(group.createdAtMillis),
    location: `${base}/scim/v2/Groups/group-${group.id}`,
  },
});

/** Roles are groups too. */
export const scimRole = (tenant: Tenant, base: string, id: string, name: string): JsonObject => ({
  schemas: [schemas.group],
  id: `role-${id}`,
  displayName: name,
  members: memberList(
    tenant,
    base,
    [...tenant.people.users.values()].filter(({ roleIds }) => roleIds.includes(id)).map((user) => user.id),
  ),
  meta: { resourceType: 'Group', location: `${base}/scim/v2/Groups/role-${id}` },
});

export const providerConfig: Json = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: 100, maxPayloadSize: 1_048_576 },
  filter: { supported: true, maxResults: 1000 },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: false },
  authenticationSchemes: [{ type: 'apikey', name: 'API key', description: 'Header x-api-key' }],
};

export const resourceTypes: readonly JsonObject[] = [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    schema: schemas.user,
    schemaExtensions: [{ schema: schemas.extension, required: false }],
  },
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Group',
    name: 'Group',
    endpoint: '/Groups',
    schema: schemas.group,
  },
];

const attribute = (name: string, type = 'string'): Json => ({
  name,
  type,
  multiValued: type === 'complex',
  required: name === 'userName' || name === 'displayName',
  mutability: 'readWrite',
});

export const schemaList: readonly JsonObject[] = [
  {
    id: schemas.user,
    name: 'User',
    attributes: [
      attribute('userName'),
      attribute('name', 'complex'),
      attribute('emails', 'complex'),
      attribute('active', 'boolean'),
    ],
  },
  { id: schemas.group, name: 'Group', attributes: [attribute('displayName'), attribute('members', 'complex')] },
  {
    id: schemas.extension,
    name: 'UserProperties',
    attributes: [attribute('alias'), attribute('country'), attribute('organization')],
  },
];
