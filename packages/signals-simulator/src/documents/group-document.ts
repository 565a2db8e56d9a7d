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
      name: group.name,
      description: group.description,
      digest: group.digest,
      isSystem: group.isSystem,
      createdAt: new Date(group.createdAtMillis).toISOString(),
    },
    relationships: { members: { links: { self: `${self}/members` } }, shares: { links: { self: `${self}/shares` } } },
  };
};
