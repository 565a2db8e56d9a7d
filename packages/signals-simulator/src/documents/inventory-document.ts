/** Containers, locations, types, orders and suppliers as resources. */
import type { Call } from '../http/call.ts';
import type { Json, JsonObject } from '../json.ts';
import {
  type Container,
  gridLayoutOf,
  type InventoryType,
  type Location,
  type Order,
  pathOf,
  type Supplier,
} from '../tenant/inventory.ts';
import { iso } from './entity-document.ts';

const fieldList = (call: Call, item: Container | Location): Json =>
  (call.tenant.inventory.types.get(item.typeId)?.fields ?? []).map((definition) => ({
    id: definition.id,
    name: definition.name,
    content: { value: item.fields.get(definition.id) ?? '' },
  }));

const itemAttributes = (call: Call, item: Container | Location): JsonObject => ({
  id: item.id,
  name: item.name,
  barcode: item.barcode,
  description: item.description,
  typeId: item.typeId,
  type: call.tenant.inventory.types.get(item.typeId)?.name ?? '',
  digest: item.digest,
  createdAt: iso(item.createdAtMillis),
  createdBy: item.createdBy,
  ...(item.coordinateX === undefined ? {} : { coordinateX: item.coordinateX, coordinateY: item.coordinateY ?? 0 }),
  fields: fieldList(call, item),
});

const ancestorsOf = (call: Call, locationId: string | undefined): Json[] => {
  const location = locationId === undefined ? undefined : call.tenant.inventory.locations.get(locationId);
  return location === undefined
    ? []
    : [...ancestorsOf(call, location.parentId), { id: location.id, name: location.name }];
};

export const containerResource = (call: Call, container: Container): JsonObject => ({
  type: 'inventoryContainer',
  id: container.id,
  links: { self: `${call.base}/inventory/containers/${container.id}` },
  attributes: {
    ...itemAttributes(call, container),
    status: container.status,
    amount: container.amount,
    unit: container.unit,
    displayAmount: `${container.amount} ${container.unit}`,
    contents: container.contentId === undefined ? [] : [{ entityId: container.contentId }],
    location: container.locationId === undefined ? null : { id: container.locationId },
    homeLocation: container.homeLocationId === undefined ? null : { id: container.homeLocationId },
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

export const inventoryTypeResource = (type: InventoryType): Json => ({
  type: 'inventoryType',
  id: type.id,
  attributes: {
    id: type.id,
    name: type.name,
    entityType: type.entityType,
    fields: type.fields.map(({ id, name, type: fieldType, options, isRequired }) => ({
      id,
      name,
      type: fieldType,
      required: isRequired ?? false,
      ...(options === undefined ? {} : { options }),
    })),
  },
});

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
