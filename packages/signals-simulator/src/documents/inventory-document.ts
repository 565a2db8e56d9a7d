/** Containers, locations, types, orders and suppliers as resources. */
import type { Call } from '../http/call.ts';
import type { Json, JsonObject } from '../json.ts';
import { nameUuid } from '../name-uuid.ts';
import {
  type Container,
  gridLayoutOf,
  type InventoryType,
  type Location,
  type Order,
  pathOf,
  type Supplier,
} from '../tenant/inventory.ts';
import type { FieldDefinition } from '../tenant/model.ts';
import { iso } from './entity-document.ts';

const systemDefinition = (id: string, key: string, title: string, type: string, more: JsonObject = {}): JsonObject => ({
  id,
  definition: { key, title, type, isUserDefined: false, ...more },
});

const measures = [
  { measure: 'mass', label: 'Mass' },
  { measure: 'volume', label: 'Volume' },
];

/** Fields that every type of container has (client-shapes S14). */
const containerFields: readonly JsonObject[] = [
  systemDefinition('PE_INV_SYSTEM_Barcode', 'Barcode', 'Barcode', 'text'),
  systemDefinition('PE_INV_SYSTEM_Amount', 'PE_INV_SYSTEM_Amount', 'Amount', 'unit', {
    measure: 'mass',
    measures,
    defaultUnit: 'g',
  }),
  systemDefinition('PE_INV_SYSTEM_Status', 'Status', 'Status', 'list', {
    options: ['AVAILABLE', 'IN_USE', 'EXHAUSTED', 'DISPOSED'],
  }),
  systemDefinition('PE_INV_SYSTEM_Responsible_Person', 'Responsible Person', 'Responsible Person', 'user'),
];

const locationFields: readonly JsonObject[] = containerFields.slice(0, 1);

const ownField = ({ id, name, type, options, isRequired, attributeId }: FieldDefinition): JsonObject => ({
  id,
  definition: {
    key: id,
    title: name,
    type,
    isRequired: isRequired ?? false,
    isUserDefined: true,
    hidden: false,
    ...(options === undefined || attributeId !== undefined ? {} : { options }),
    ...(attributeId === undefined ? {} : { attributeListEid: attributeId, multiSelect: false }),
  },
});

/** What a person typed is in `user`; options of lists are there only. */
const content = (type: string, value: Json): Json =>
  type === 'list' || type === 'attributeList'
    ? { user: value, isRawValue: false }
    : { user: String(value), value, isRawValue: false };

const systemContents = (call: Call, item: Container | Location): ReadonlyMap<string, Json> =>
  new Map<string, Json>([
    ['PE_INV_SYSTEM_Barcode', content('text', item.barcode)],
    ...('status' in item
      ? ([
          ['PE_INV_SYSTEM_Amount', content('unit', `${item.amount} ${item.unit}`)],
          ['PE_INV_SYSTEM_Status', content('list', item.status)],
        ] as const)
      : []),
    ...('holderId' in item && item.holderId !== undefined
      ? [
          [
            'PE_INV_SYSTEM_Responsible_Person',
            content('user', call.tenant.people.users.get(item.holderId)?.userName ?? ''),
          ] as const,
        ]
      : []),
  ]);

/** System fields with a value, then all of the type, an empty one without content. */
const fieldList = (call: Call, item: Container | Location): Json => {
  const contents = systemContents(call, item);
  const system = ('status' in item ? containerFields : locationFields).flatMap((field) => {
    const known = contents.get(String(field.id));
    return known === undefined ? [] : [{ ...field, content: known }];
  });
  const own = (call.tenant.inventory.types.get(item.typeId)?.fields ?? []).map((definition) => {
    const value = item.fields.get(definition.id) ?? '';
    return { ...ownField(definition), content: value === '' ? {} : content(definition.type, value) };
  });
  return [...system, ...own];
};

const itemAttributes = (call: Call, item: Container | Location): JsonObject => ({
  id: item.id,
  name: item.name,
  barcode: item.barcode,
  description: item.description,
  typeId: item.typeId,
  typeName: call.tenant.inventory.types.get(item.typeId)?.name ?? '',
  digest: item.digest,
  createdAt: iso(item.createdAtMillis),
  createdBy: item.createdBy,
  ...(item.coordinateX === undefined ? {} : { coordinateX: item.coordinateX, coordinateY: item.coordinateY ?? 0 }),
  fields: fieldList(call, item),
});

/** Nearest first. */
const ancestorsOf = (call: Call, locationId: string | undefined): Json[] => {
  const location = locationId === undefined ? undefined : call.tenant.inventory.locations.get(locationId);
  return location === undefined
    ? []
    : [{ id: location.id, name: location.name }, ...ancestorsOf(call, location.parentId)];
};

const contained = (call: Call, container: Container): Json[] => {
  if (container.contentId === undefined) return [];
  const entity = call.tenant.entities.get(container.contentId);
  return [
    {
      entityId: container.contentId,
      entityType: entity?.type ?? container.contentId.split(':')[0] ?? '',
      name: entity?.name ?? '',
      status: 'PRESENT',
      createdAt: iso(container.createdAtMillis),
    },
  ];
};

export const containerResource = (call: Call, container: Container): JsonObject => ({
  type: 'inventoryContainer',
  id: container.id,
  links: { self: `${call.base}/inventory/containers/${container.id}` },
  attributes: {
    ...itemAttributes(call, container),
    status: container.status,
    state: 'PRESENT',
    owner: { userId: container.createdBy, picture: {} },
    amount: container.amount,
    unit: container.unit,
    displayAmount: `${container.amount} ${container.unit}`,
    contents: contained(call, container),
    location: container.locationId === undefined ? null : { id: container.locationId },
    homeLocation: container.homeLocationId === undefined ? null : { id: container.homeLocationId },
    ancestors: ancestorsOf(call, container.locationId),
    path: pathOf(call.tenant.inventory, container.locationId),
  },
});

export const locationResource = (call: Call, location: Location): JsonObject => ({
  type: 'inventoryLocation',
  id: location.id,
  links: { self: `${call.base}/inventory/locations/${location.id}` },
  attributes: {
    ...itemAttributes(call, location),
    ancestors: ancestorsOf(call, location.parentId),
    isGrid: location.isGrid,
    ...(location.isGrid
      ? { rows: location.rows, columns: location.columns, gridLayout: gridLayoutOf(call.tenant.inventory, location) }
      : {}),
    path: pathOf(call.tenant.inventory, location.parentId),
  },
});

/** That a type is as old as the demo tenant, and in use, is invented. */
export const inventoryTypeResource = (call: Call, type: InventoryType): Json => {
  const { inventory, entities } = call.tenant;
  const items: Iterable<Container | Location> =
    type.entityType === 'container' ? inventory.containers.values() : inventory.locations.values();
  const at = iso(entities.get(`${type.entityType}:${type.id}:ivt`)?.createdAtMillis ?? 0);
  return {
    type: 'inventoryType',
    id: type.id,
    attributes: {
      id: type.id,
      name: type.name,
      entityType: type.entityType,
      description: '',
      isMovable: type.entityType === 'container',
      inUse: [...items].some(({ typeId }) => typeId === type.id),
      createdAt: at,
      updatedAt: at,
      digest: nameUuid(`inventory type ${type.id}`),
      fields: [...(type.entityType === 'container' ? containerFields : locationFields), ...type.fields.map(ownField)],
    },
  };
};

export const orderResource = (call: Call, order: Order): Json => ({
  type: 'materialOrder',
  id: order.id,
  links: { self: `${call.base}/inventory/materialOrders/${order.id}` },
  attributes: {
    id: order.id,
    materialId: order.materialId,
    status: order.status,
    coordinateX: order.coordinateX,
    coordinateY: order.coordinateY,
    digest: order.digest,
    fields: [...order.fields].map(([id, value]) => ({ id, content: { value } })),
  },
});

export const supplierResource = (supplier: Supplier): Json => ({
  type: 'supplier',
  id: supplier.id,
  attributes: { id: supplier.id, name: supplier.name, country: supplier.country, isFavorite: supplier.isFavourite },
});
