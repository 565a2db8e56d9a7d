/** New locations and containers; nothing is kept unless everything passes. */
import { containerResource, locationResource } from '../documents/inventory-document.ts';
import { badRequest, forbidden, special } from '../errors.ts';
import { bodyJson, type Call } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created } from '../http/reply.ts';
import { arrayOf, at, type Json, numberOf, textOf } from '../json.ts';
import type { Container, ContainerStatus, Location } from '../tenant/inventory.ts';
import { indexItem } from '../tenant/inventory-index.ts';
import { checkUnit, claimBarcode, readFields, readPlace, readType } from './inventory-rules.ts';

export const createLocation = (call: Call) => {
  const { inventory, random, clock } = call.tenant;
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const name = textOf(at(attributes, 'name'));
  if (name === undefined || name === '') throw badRequest('name is required.');
  const type = readType(call, attributes, 'location');
  const fields = readFields(type, at(attributes, 'fields'));
  if (inventory.locationNames.has(name)) throw special(458, 'DuplicateName', `Location "${name}" exists.`);
  const barcode = claimBarcode(call, at(attributes, 'barcode'));
  const parentId = textOf(at(arrayOf(at(attributes, 'ancestors')).at(-1), 'id'));
  const place = readPlace(call, attributes, parentId);
  const isGrid = at(attributes, 'isGrid') === true;
  const location: Location = {
    id: random.uuid(),
    name,
    typeId: type.id,
    barcode,
    description: textOf(at(attributes, 'description')) ?? '',
    digest: random.uuid(),
    createdAtMillis: clock.nowMillis(),
    createdBy: call.user.id,
    coordinateX: place.x,
    coordinateY: place.y,
    fields,
    parentId,
    isGrid,
    rows: isGrid ? (numberOf(at(attributes, 'rows')) ?? 1) : 0,
    columns: isGrid ? (numberOf(at(attributes, 'columns')) ?? 1) : 0,
  };
  inventory.locations.set(location.id, location);
  inventory.locationNames.add(name);
  inventory.barcodes.add(barcode);
  indexItem(call.tenant, 'location', location);
  return created({ links: selfLinks(call), data: locationResource(call, location) });
};

/** The first of the contents, after a look at every one. */
const checkContent = (call: Call, contents: Json | undefined): string | undefined => {
  const [first] = arrayOf(contents).map((content) => checkContained(call, textOf(at(content, 'entityId')) ?? ''));
  return first;
};

const checkContained = (call: Call, id: string): string => {
  const entity = call.tenant.entities.get(id);
  if (entity === undefined || !['sample', 'batch', 'asset'].includes(entity.type))
    throw special(436, 'InvalidInput', `${id} cannot be contained.`);
  if (entity.type === 'asset' && call.tenant.entities.childrenOf(id).length > 0)
    throw special(436, 'InvalidInput', `${id} has batches; name one of them.`);
  const isLocked = call.tenant.entities
    .ancestorsOf(entity)
    .some(({ state }) => state === 'closed' || state === 'voided');
  if (isLocked) throw forbidden('The experiment of this sample is closed or voided.');
  return id;
};

/** Checks everything before anything is kept, so that a bulk create is all or nothing. */
const readContainer = (call: Call, attributes: unknown): Omit<Container, 'id' | 'name'> => {
  const type = readType(call, attributes, 'container');
  const fields = readFields(type, at(attributes, 'fields'));
  const amount = at(attributes, 'amount');
  if (amount !== undefined && typeof amount !== 'number') throw badRequest('amount must be a number.');
  const place = readPlace(call, attributes, textOf(at(attributes, 'location', 'id')));
  return {
    typeId: type.id,
    barcode: claimBarcode(call, at(attributes, 'barcode')),
    description: textOf(at(attributes, 'description')) ?? '',
    digest: call.tenant.random.uuid(),
    createdAtMillis: call.tenant.clock.nowMillis(),
    createdBy: call.user.id,
    coordinateX: place.x,
    coordinateY: place.y,
    fields,
    contentId: checkContent(call, at(attributes, 'contents')),
    locationId: place.location?.id,
    homeLocationId: textOf(at(attributes, 'homeLocation', 'id')),
    amount: numberOf(amount) ?? 0,
    unit: checkUnit(at(attributes, 'unit')),
    status: (textOf(at(attributes, 'status')) ?? 'AVAILABLE') as ContainerStatus,
    holderId: undefined,
  };
};

const keepContainer = (call: Call, given: Omit<Container, 'id' | 'name'>): Container => {
  const { inventory, random } = call.tenant;
  const name = `Container-${String(inventory.containers.size + 1).padStart(4, '0')}`;
  const container: Container = { ...given, id: random.uuid(), name };
  inventory.containers.set(container.id, container);
  inventory.barcodes.add(container.barcode);
  indexItem(call.tenant, 'container', container);
  return container;
};

/** A single create answers with a list of one. */
export const createContainer = (call: Call) => {
  const container = keepContainer(call, readContainer(call, at(bodyJson(call), 'data', 'attributes')));
  return created({ links: selfLinks(call), data: [containerResource(call, container)] });
};

export const createContainers = (call: Call) => {
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data)) throw badRequest('data must be a list of containers.');
  const read = arrayOf(data).map((item) => readContainer(call, at(item, 'attributes')));
  const barcodes = read.map(({ barcode }) => barcode);
  if (new Set(barcodes).size < barcodes.length) throw special(456, 'BarcodeExists', 'A barcode comes twice.');
  return created({
    links: selfLinks(call),
    data: read.map((given) => containerResource(call, keepContainer(call, given))),
  });
};
