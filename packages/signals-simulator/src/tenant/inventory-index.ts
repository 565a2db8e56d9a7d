/** Keeps the search index in step with the inventory, and gives it the inventory's tags. */

import { plainExtras, type SearchExtras, structureOf } from '../search/extras.ts';
import type { Tag } from '../search/index-entry.ts';
import { type Container, type Inventory, type Location, pathOf } from './inventory.ts';
import { libraryOf } from './materials.ts';
import type { Entity } from './model.ts';
import type { Tenant } from './tenant.ts';

const indexId = (kind: 'container' | 'location', id: string): string => `${kind}:${id}:ivt`;

/** Adds the item to the index; types are there too, as templates. */
export const indexItem = (
  tenant: Tenant,
  kind: 'container' | 'location',
  item: { id: string; name: string; createdBy: string; createdAtMillis: number; description: string },
  isTemplate = false,
): void => {
  tenant.entities.load({
    id: indexId(kind, item.id),
    type: kind,
    name: item.name,
    description: item.description,
    createdBy: item.createdBy,
    createdAtMillis: item.createdAtMillis,
    isTemplate,
  });
};

/** A change by a user: new digest, new place in the index. */
export const changedItem = (
  tenant: Tenant,
  kind: 'container' | 'location',
  item: Container | Location,
  userId: string,
): void => {
  item.digest = tenant.random.uuid();
  const entity = tenant.entities.get(indexId(kind, item.id));
  if (entity === undefined) return;
  entity.description = item.description;
  tenant.entities.touch(entity, userId);
};

const text = (value: string): Tag => ({ type: 'text', values: [value] });

const itemTags = (
  inventory: Inventory,
  kind: 'container' | 'location',
  item: Container | Location,
): [string, Tag][] => {
  const typeName = inventory.types.get(item.typeId)?.name ?? '';
  const own: [string, Tag][] =
    'status' in item
      ? [
          ['fields.Status', text(item.status)],
          ['fields.Path', text(pathOf(inventory, item.locationId))],
          ['fields.Amount', { type: 'double', values: [item.amount] }],
        ]
      : [['fields.Path', text(pathOf(inventory, item.parentId))]];
  const fields = (inventory.types.get(item.typeId)?.fields ?? []).flatMap((definition): [string, Tag][] => {
    const value = item.fields.get(definition.id);
    return value === undefined || typeof value === 'object' ? [] : [[`fields.${definition.name}`, text(String(value))]];
  });
  return [
    [kind === 'container' ? 'container.Container Type' : 'location.Location Type', text(typeName)],
    ['fields.Barcode', text(item.barcode)],
    ...own,
    ...fields,
  ];
};

const none: [string, Tag][] = [];

const bareId = (id: string) => id.split(':')[1] ?? '';

export const createSearchExtras = (tenant: Tenant): SearchExtras => {
  const tagsOf = (entity: Entity): [string, Tag][] => {
    if (entity.isTemplate || (entity.type !== 'container' && entity.type !== 'location')) return none;
    const { containers, locations } = tenant.inventory;
    const item = (entity.type === 'container' ? containers : locations).get(bareId(entity.id));
    return item === undefined ? [] : itemTags(tenant.inventory, entity.type, item);
  };
  return {
    ...plainExtras,
    tagOf: (entity, name) => tagsOf(entity).find(([known]) => known === name)?.[1],
    allTags: tagsOf,
    assetTypeOf: (entity) =>
      entity.type === 'asset' || entity.type === 'batch' ? libraryOf(tenant.materials, entity)?.id : undefined,
    smilesOf: structureOf,
  };
};
