/** Users as resources. Inside `included` they keep their attributes and only the relationship to system groups. */
import type { Json, JsonObject } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

const isoOrEmpty = (millis: number | undefined) => (millis === undefined ? '' : new Date(millis).toISOString());

const userAttributes = (user: User): JsonObject => ({
  userId: user.id,
  userName: user.userName,
  email: user.email,
  alias: user.alias,
  firstName: user.firstName,
  lastName: user.lastName,
  country: user.country,
  organization: user.organization,
  isEnabled: user.isEnabled,
  createdAt: isoOrEmpty(user.createdAtMillis),
  lastLoginAt: isoOrEmpty(user.lastLoginAtMillis),
});

export const includedUser = (base: string, user: User): Json => ({
  type: 'user',
  id: user.id,
  links: { self: `${base}/users/${user.id}` },
  attributes: {
    userId: user.id,
    userName: user.userName,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    isEnabled: user.isEnabled,
  },
  relationships: { systemGroups: { links: { self: `${base}/users/${user.id}/systemGroups` } } },
});

export const userResource = (tenant: Tenant, base: string, user: User): JsonObject => {
  const self = `${base}/users/${user.id}`;
  return {
    type: 'user',
    id: user.id,
    links: { self },
    attributes: {
      ...userAttributes(user),
      roles: user.roleIds.map((id) => ({ id, name: tenant.people.roles.get(id)?.name ?? '' })),
    },
    relationships: {
      systemGroups: { links: { self: `${self}/systemGroups` } },
      picture: { links: { self: `${self}/picture` } },
      roles: {
        data: user.roleIds.map((id) => ({ type: 'role', id, meta: { links: { self: `${base}/roles/${id}` } } })),
      },
    },
  };
};
