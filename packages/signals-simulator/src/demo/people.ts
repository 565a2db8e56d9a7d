/** The people of the demo organisation. */
import type { Tenant } from '../tenant/tenant.ts';

const names: readonly (readonly [first: string, last: string, roleId: string])[] = [
  ['Ada', 'Novak', '1'],
  ['Bruno', 'Keller', '2'],
  ['Chiara', 'Rossi', '3'],
  ['Dmitri', 'Volkov', '3'],
  ['Elif', 'Yılmaz', '3'],
  ['Farid', 'Haddad', '3'],
  ['Grace', "O'Neil", '3'],
  ['Hiroshi', 'Tanaka', '3'],
  ['Ingrid', 'Sørensen', '4'],
  ['João', 'Pereira', '3'],
  ['Karin', 'Müller', '3'],
  ['Liam', 'Byrne', '3'],
];

const roles = [
  ['1', 'System Admin', 'May configure the tenant and its users'],
  ['2', 'Config Admin', 'May configure templates and attributes'],
  ['3', 'Standard User', 'May work in notebooks'],
  ['4', 'Inventory Admin', 'May configure the inventory'],
] as const;

const common = ['canShare', 'canViewMaterials', 'canMoveExperiments', 'canTrashNotebooks'];

/** Some of the forty that a tenant knows. */
const privilegesOf = (roleId: string): readonly string[] => {
  if (roleId === '1') return [...common, 'canConfigure', 'canManageUsers', 'canManageGroups'];
  if (roleId === '2') return [...common, 'canConfigure'];
  return roleId === '4' ? [...common, 'canManageInventory'] : common;
};

const groups = [
  ['1', 'Medicinal Chemistry', ['102', '103', '104', '105']],
  ['2', 'Analytics', ['106', '107']],
  ['3', 'Everyone', names.map((_, index) => String(100 + index))],
] as const;

export const demoStartMillis = Date.parse('2026-01-05T09:00:00.000Z');

/** The part of an address before the at sign. */
export const userName = (first: string, last: string) =>
  `${first}.${last}`
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
    .replace(/[^a-z.]/g, '');

export const loadRoles = (tenant: Tenant): void => {
  for (const [id, name, description] of roles)
    tenant.people.roles.set(id, { id, name, description, privileges: privilegesOf(id) });
};

export const loadUsers = (tenant: Tenant): void => {
  names.forEach(([firstName, lastName, roleId], index) => {
    const id = String(100 + index);
    const email = `${userName(firstName, lastName)}@example.com`;
    tenant.people.users.set(id, {
      id,
      userName: email,
      email,
      firstName,
      lastName,
      country: 'Switzerland',
      organization: 'Example Research',
      roleIds: [roleId],
      isEnabled: index !== names.length - 1,
      createdAtMillis: demoStartMillis - 86_400_000 * (30 - index),
      // The last one has not logged in yet.
      lastLoginAtMillis: index === names.length - 1 ? undefined : demoStartMillis + 3_600_000 * index,
      alias: `${firstName.charAt(0)}${lastName.charAt(0)}`,
    });
  });
};

export const loadGroups = (tenant: Tenant): void => {
  for (const [id, name, memberIds] of groups)
    tenant.people.groups.set(id, {
      id,
      name,
      description: `${name} of Example Research`,
      digest: tenant.entities.nextDigest(),
      memberIds: new Set(memberIds),
      createdAtMillis: demoStartMillis,
      editedAtMillis: demoStartMillis,
      isSystem: id === '3',
    });
};

export const loadPeople = (tenant: Tenant): void => {
  loadRoles(tenant);
  loadUsers(tenant);
  loadGroups(tenant);
};
