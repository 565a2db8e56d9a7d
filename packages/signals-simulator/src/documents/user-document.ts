/** Users as resources. Inside `included` they keep their attributes and only the relationship to system groups. */
import type { Json, JsonObject } from '../json.ts';
import type { User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

const iso = (millis: number) => new Date(millis).toISOString();

const userAttributes = (user: User): JsonObject => ({
  userId: user.id,
  userName: user.userName,
  email: user.email,
  ...(user.alias === '' ? {} : { alias: user.alias }),
  firstName: user.firstName,
  lastName: user.lastName,
  country: user.country,
  organization: user.organization,
  isEnabled: user.isEnabled,
  createdAt: iso(user.createdAtMillis),
  // Absent before the first login, never empty (client-shapes S9).
  ...(user.lastLoginAtMillis === undefined ? {} : { lastLoginAt: iso(user.lastLoginAtMillis) }),
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

export const userResource = (base: string, user: User): JsonObject => {
  const self = `${base}/users/${user.id}`;
  return {
    type: 'user',
    id: user.id,
    links: { self },
    attributes: userAttributes(user),
    relationships: {
      systemGroups: { links: { self: `${self}/systemGroups` } },
      picture: { links: { self: `${self}/picture` } },
      roles: {
        data: user.roleIds.map((id) => ({ type: 'role', id, meta: { links: { self: `${base}/roles/${id}` } } })),
      },
    },
  };
};

const licences = ['Signals Notebook', 'Signals Inventa'];

/** The caller: person, tenant, roles and licences (client-shapes S8). The dates of licences are invented. */
export const profileResource = (tenant: Tenant, base: string, user: User): JsonObject => ({
  type: 'profile',
  id: user.id,
  links: { self: `${base}/profiles/me` },
  attributes: {
    userId: user.id,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    createdAt: iso(user.createdAtMillis),
    tenant: user.organization,
    alert: {},
    roles: user.roleIds.map((id) => ({ id, name: tenant.people.roles.get(id)?.name ?? '' })),
    licenses: licences.map((name, index) => ({
      id: String(index + 1),
      name,
      expiresAt: '2030-01-01T00:00:00.000Z',
      valid: true,
      hasServiceExpired: false,
      hasUserFound: true,
      hasUserActivated: true,
    })),
  },
});
