/** User groups as resources. */
import type { JsonObject } from '../json.ts';
import type { Group } from '../tenant/people.ts';

export const groupResource = (base: string, group: Group): JsonObject => {
  const self = `${base}/groups/${group.id}`;
  return {
    type: 'group',
    id: group.id,
    links: { self },
    attributes: {
      id: group.id,
      eid: `group:${group.id}`,
      type: 'group',
      name: group.name,
      description: group.description,
      digest: group.digest,
      isSystem: group.isSystem,
      createdAt: new Date(group.createdAtMillis).toISOString(),
      editedAt: new Date(group.editedAtMillis).toISOString(),
    },
    relationships: { members: { links: { self: `${self}/members` } }, shares: { links: { self: `${self}/shares` } } },
  };
};
