/** Users, groups and roles (client-shapes 12). */
import * as z from 'zod';
import { id, instant, resource, text } from './parts.ts';

const UserAttributes = z.looseObject({
  userId: id,
  userName: text,
  email: text,
  firstName: text,
  lastName: text,
  alias: text.optional(),
  country: text.optional(),
  organization: text.optional(),
  isEnabled: z.boolean(),
  createdAt: instant.optional(),
  lastLoginAt: instant.nullish(),
});

const ProfileAttributes = z.looseObject({
  userId: id,
  firstName: text,
  lastName: text,
  email: text,
  createdAt: instant,
  tenant: text,
  roles: z.array(z.looseObject({ id, name: text })),
  licenses: z.array(z.looseObject({ id, name: text, expiresAt: instant, valid: z.boolean() })),
});

const GroupAttributes = z.looseObject({
  id,
  eid: z.string().regex(/^group:\d+$/),
  type: z.literal('group'),
  isSystem: z.boolean(),
  name: text,
  // One recorded group has none.
  description: text.optional(),
  createdAt: instant,
  editedAt: instant,
  digest: z.string().regex(/^\d+$/),
});

const RoleAttributes = z.looseObject({
  id,
  name: text,
  description: text,
  privileges: z.record(z.string().regex(/^can/), z.boolean()),
  counts: z.looseObject({ groups: z.number(), users: z.number() }),
});

export const peopleTypes = {
  user: resource('user', UserAttributes),
  profile: resource('profile', ProfileAttributes),
  group: resource('group', GroupAttributes),
  role: resource('role', RoleAttributes),
} as const;
