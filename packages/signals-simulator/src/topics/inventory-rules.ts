/** The rules of inventory items: types, required fields, barcodes, places in grids, units. */
import { badRequest, special } from '../errors.ts';
import { type Call, param } from '../http/call.ts';
import { arrayOf, at, type Json, numberOf, textOf } from '../json.ts';
import type { Container, InventoryType, Location } from '../tenant/inventory.ts';
import { checkValue } from './field-values.ts';

const units = ['g', 'ml', 'kg', 'mg', 'l', 'mug', 'ng', 'mul', 'nl', 'kl', 'item'];
export const noSuch = (what: string) => special(437, 'NoSuchEntity', `${what} is not found.`);

export const containerOf = (call: Call): Container => {
  const container = call.tenant.inventory.containers.get(param(call, 'containerId'));
  if (container === undefined) throw noSuch(`Container ${param(call, 'containerId')}`);
  return container;
};

export const locationOf = (call: Call): Location => {
  const location = call.tenant.inventory.locations.get(param(call, 'locationId'));
  if (location === undefined) throw noSuch(`Location ${param(call, 'locationId')}`);
  return location;
};

export const readType = (call: Call, attributes: unknown, entityType: InventoryType['entityType']): InventoryType => {
  const typeId = textOf(at(attributes, 'typeId'));
  if (typeId === undefined || typeId === '') throw badRequest('typeId is required.');
  const type = call.tenant.inventory.types.get(typeId);
  if (type === undefined) throw special(464, 'InvalidType', `No type is ${typeId}.`);
  if (type.entityType !== entityType) throw special(464, 'InvalidType', `${type.name} is no ${entityType} type.`);
  return type;
};

/** In `value`, or in `user` as an answer has it. */
const typed = (field: Json): Json => at(field, 'content', 'value') ?? at(field, 'content', 'user') ?? '';

/** The tenant's own fields, which answers list too; a write of them is done by other members, so they are passed over. */
const isSystemField = (field: Json): boolean => textOf(at(field, 'id'))?.startsWith('PE_INV_SYSTEM_') === true;

/** Every required field must be there; the refusal names the first that is missing. */
export const readFields = (type: InventoryType, given: Json | undefined): Map<string, Json> => {
  const fields = new Map<string, Json>();
  for (const item of arrayOf(given)) {
    if (isSystemField(item)) continue;
    const definition = type.fields.find(({ id }) => id === at(item, 'id'));
    if (definition === undefined) throw special(436, 'InvalidInput', 'A field is unknown.');
    fields.set(definition.id, checkValue(definition, typed(item)));
  }
  const missing = type.fields.find(({ id, isRequired }) => isRequired === true && (fields.get(id) ?? '') === '');
  if (missing !== undefined) throw badRequest(`"${missing.name}" is required.`);
  return fields;
};

export const claimBarcode = (call: Call, given: Json | undefined): string => {
  const barcode = textOf(given) ?? `AUTO-${call.tenant.nextNumber()}`;
  if (call.tenant.inventory.barcodes.has(barcode)) throw special(456, 'BarcodeExists', `Barcode ${barcode} exists.`);
  return barcode;
};

interface Place {
  readonly location: Location | undefined;
  readonly x: number | undefined;
  readonly y: number | undefined;
}

/** Coordinates need a grid (463) and a free place inside it (457). X is the column, Y the row, both from zero. */
export const readPlace = (call: Call, attributes: unknown, locationId: string | undefined, ownId?: string): Place => {
  const location = locationId === undefined ? undefined : call.tenant.inventory.locations.get(locationId);
  if (locationId !== undefined && location === undefined)
    throw special(442, 'InvalidLocation', `Location ${locationId} is not found.`);
  const [x, y] = [numberOf(at(attributes, 'coordinateX')), numberOf(at(attributes, 'coordinateY'))];
  if (x === undefined && y === undefined) return { location, x, y };
  if (location?.isGrid !== true) throw special(463, 'NotAGrid', 'The location is not a grid.');
  const isInside =
    [x, y].every(Number.isInteger) &&
    (x ?? -1) >= 0 &&
    (y ?? -1) >= 0 &&
    (x ?? 0) < location.columns &&
    (y ?? 0) < location.rows;
  if (!isInside) throw special(457, 'InvalidCoordinates', 'The coordinates are outside the grid.');
  const isTaken = [...call.tenant.inventory.containers.values()].some(
    (other) =>
      other.id !== ownId && other.locationId === location.id && other.coordinateX === x && other.coordinateY === y,
  );
  if (isTaken) throw special(457, 'InvalidCoordinates', 'The place is taken.');
  return { location, x, y };
};

export const checkUnit = (unit: Json | undefined): string => {
  const text = textOf(unit) ?? 'g';
  if (!units.includes(text)) throw special(436, 'InvalidInput', `unit must be one of ${units.join(', ')}.`);
  return text;
};

export const isGone = ({ status }: Container) =>
  status === 'DISPOSED' || status === 'FINAL_DISPOSED' || status === 'DELETED';

export const writeFields = (call: Call, item: Container | Location, attributes: unknown) => {
  const type = call.tenant.inventory.types.get(item.typeId);
  for (const given of arrayOf(at(attributes, 'fields'))) {
    if (isSystemField(given)) continue;
    const definition = type?.fields.find(({ id }) => id === at(given, 'id'));
    if (definition === undefined) throw special(436, 'InvalidInput', 'A field is unknown.');
    item.fields.set(definition.id, checkValue(definition, typed(given)));
  }
};

export const setPlace = (item: Container | Location, { x, y }: Place) => {
  item.coordinateX = x;
  item.coordinateY = y;
};

export const containersIn = (call: Call, ids: Json | undefined): Container[] =>
  arrayOf(ids).map((item) => {
    const id = textOf(item) ?? textOf(at(item, 'id')) ?? '';
    const container = call.tenant.inventory.containers.get(id);
    if (container === undefined) throw noSuch(`Container ${id}`);
    return container;
  });
