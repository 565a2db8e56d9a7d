/** Locations and containers: create, read, change, look up. Numbers 435 to 479 are the inventory's own refusals. */
import {
  containerResource,
  inventoryTypeResource,
  locationResource,
  orderResource,
} from '../documents/inventory-document.ts';
import { badRequest, special } from '../errors.ts';
import { bodyJson, type Call, checkDigest, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { download, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type JsonObject, textOf } from '../json.ts';
import { bytesContent } from '../tenant/content.ts';
import type { Container, Location } from '../tenant/inventory.ts';
import { changedItem } from '../tenant/inventory-index.ts';
import { createContainer, createContainers, createLocation } from './inventory-create.ts';
import {
  checkUnit,
  containerOf,
  isGone,
  locationOf,
  noSuch,
  readPlace,
  setPlace,
  writeFields,
} from './inventory-rules.ts';
import { actOnMany, actOnOne } from './inventory-status.ts';

const openToWrite = (call: Call): Container => {
  const container = containerOf(call);
  if (isGone(container)) throw special(466, 'Disposed', `${container.name} is ${container.status}.`);
  checkDigest(call, container);
  return container;
};

const patchContainer = (call: Call) => {
  const container = openToWrite(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const locationId = textOf(at(attributes, 'location', 'id'));
  if (locationId !== undefined || at(attributes, 'coordinateX') !== undefined) {
    const place = readPlace(call, attributes, locationId ?? container.locationId, container.id);
    container.locationId = place.location?.id;
    setPlace(container, place);
  }
  container.description = textOf(at(attributes, 'description')) ?? container.description;
  writeFields(call, container, attributes);
  changedItem(call.tenant, 'container', container, call.user.id);
  return ok({ links: selfLinks(call), data: containerResource(call, container) });
};

const patchLocation = (call: Call) => {
  const location = locationOf(call);
  checkDigest(call, location);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const allowed = ['description', 'coordinateX', 'coordinateY', 'fields'];
  const wrong = Object.keys(isObject(attributes) ? attributes : {}).find((name) => !allowed.includes(name));
  if (wrong !== undefined) throw special(461, 'FieldNotEditable', `${wrong} cannot be changed.`);
  if (at(attributes, 'coordinateX') !== undefined) setPlace(location, readPlace(call, attributes, location.parentId));
  location.description = textOf(at(attributes, 'description')) ?? location.description;
  writeFields(call, location, attributes);
  changedItem(call.tenant, 'location', location, call.user.id);
  return ok({ links: selfLinks(call), data: locationResource(call, location) });
};

/** Text with a unit, such as "4 g"; a number is refused. */
const setAmount = (call: Call) => {
  const container = openToWrite(call);
  const amount = at(bodyJson(call), 'data', 'attributes', 'amount');
  const parts = typeof amount === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/.exec(amount) : null;
  if (parts === null) throw badRequest('amount must be text with a unit, such as "4 g".');
  container.unit = checkUnit(parts[2]);
  container.amount = Number(parts[1]);
  if (container.amount === 0) container.status = 'EXHAUSTED';
  changedItem(call.tenant, 'container', container, call.user.id);
  return ok({ links: selfLinks(call), data: containerResource(call, container) });
};

const largestBarcodes = 100;

/** Unknown, disposed and deleted ones are left out silently. */
const searchBarcodes = (call: Call) => {
  const barcodes = at(bodyJson(call), 'data', 'attributes', 'barcodes');
  if (!Array.isArray(barcodes) || barcodes.length === 0) throw badRequest('barcodes must be a list.');
  if (barcodes.length > largestBarcodes) throw special(479, 'LimitExceeded', `At most ${largestBarcodes} barcodes.`);
  const wanted = new Set(arrayOf(barcodes).map(String));
  const found = [...call.tenant.inventory.containers.values()].filter(
    (container) => wanted.has(container.barcode) && !isGone(container),
  );
  return ok({ links: selfLinks(call), data: found.map((container) => containerResource(call, container)) });
};

const listTypes = (call: Call) => {
  const entityType = call.query.get('entityType');
  if (entityType !== 'location' && entityType !== 'container')
    throw badRequest('entityType must be location or container.');
  const page = readPage(call);
  const { items, hasMore } = slicePage(
    [...call.tenant.inventory.types.values()].filter((type) => type.entityType === entityType),
    page,
  );
  return ok(pagedDocument(call, page, { items: items.map((type) => inventoryTypeResource(call, type)), hasMore }));
};

const sublocations = (call: Call) => {
  const { id } = locationOf(call);
  const page = readPage(call);
  const { items, hasMore } = slicePage(
    [...call.tenant.inventory.locations.values()].filter(({ parentId }) => parentId === id),
    page,
  );
  return ok(pagedDocument(call, page, { items: items.map((location) => locationResource(call, location)), hasMore }));
};

const fileHandlers = (kind: 'container' | 'location', find: (call: Call) => Container | Location) => {
  const key = (call: Call) => `${find(call).id}/${param(call, 'fieldId')}`;
  const open = (call: Call) => {
    const item = find(call);
    checkDigest(call, item);
    return item;
  };
  const show = (call: Call, item: Container | Location): JsonObject =>
    'status' in item ? containerResource(call, item) : locationResource(call, item);
  return {
    read: (call: Call) => {
      const file = call.tenant.inventory.files.get(key(call));
      if (file === undefined) throw noSuch('A file in this field');
      return download(bytesContent(file.mediaType, file.bytes), file.fileName);
    },
    write: (call: Call) => {
      const item = open(call);
      const fileName = call.query.get('filename') ?? 'attachment';
      call.tenant.inventory.files.set(key(call), {
        mediaType: String(call.headers['content-type'] ?? 'application/octet-stream'),
        bytes: call.body,
        fileName,
      });
      changedItem(call.tenant, kind, item, call.user.id);
      return ok({ links: selfLinks(call), data: show(call, item) });
    },
    remove: (call: Call) => {
      const item = open(call);
      call.tenant.inventory.files.delete(key(call));
      changedItem(call.tenant, kind, item, call.user.id);
      return noContent;
    },
  };
};

const orderOf = (call: Call) => {
  const order = call.tenant.inventory.orders.get(param(call, 'orderId'));
  if (order === undefined) throw noSuch(`Order ${param(call, 'orderId')}`);
  return order;
};

const patchOrder = (call: Call) => {
  const order = orderOf(call);
  checkDigest(call, order);
  for (const field of arrayOf(at(bodyJson(call), 'data', 'attributes', 'fields')))
    order.fields.set(textOf(at(field, 'id')) ?? '', at(field, 'content', 'value') ?? '');
  order.digest = call.tenant.random.uuid();
  return ok({ links: selfLinks(call), data: orderResource(call, order) });
};

const containerFiles = fileHandlers('container', containerOf);
const locationFiles = fileHandlers('location', locationOf);

export const inventoryRoutes: Routes = {
  'POST /inventory/locations': createLocation,
  'GET /inventory/locations/{locationId}': (call) =>
    ok({ links: selfLinks(call), data: locationResource(call, locationOf(call)) }),
  'PATCH /inventory/locations/{locationId}': patchLocation,
  'GET /inventory/locations/{locationId}/fields/{fieldId}/attachment': locationFiles.read,
  'PUT /inventory/locations/{locationId}/fields/{fieldId}/attachment': locationFiles.write,
  'DELETE /inventory/locations/{locationId}/fields/{fieldId}/attachment': locationFiles.remove,
  'GET /inventory/locations/{locationId}/sublocations': sublocations,
  'GET /inventory/types': listTypes,
  'POST /inventory/containers': createContainer,
  'POST /inventory/containers/bulk': createContainers,
  'GET /inventory/containers/{containerId}': (call) =>
    ok({ links: selfLinks(call), data: containerResource(call, containerOf(call)) }),
  'PATCH /inventory/containers/{containerId}': patchContainer,
  'PATCH /inventory/containers/{containerId}/amount': setAmount,
  'POST /inventory/containers/{containerId}/status/{action}': actOnOne,
  'POST /inventory/containers/status/{action}/bulk': actOnMany,
  'POST /inventory/containers/search': searchBarcodes,
  'GET /inventory/containers/{containerId}/fields/{fieldId}/attachment': containerFiles.read,
  'PUT /inventory/containers/{containerId}/fields/{fieldId}/attachment': containerFiles.write,
  'DELETE /inventory/containers/{containerId}/fields/{fieldId}/attachment': containerFiles.remove,
  'GET /inventory/materialOrders/{orderId}': (call) =>
    ok({ links: selfLinks(call), data: orderResource(call, orderOf(call)) }),
  'PATCH /inventory/materialOrders/{orderId}': patchOrder,
};
