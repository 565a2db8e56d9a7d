/** Containers and locations in the documents of /v1/inventory. */
import * as z from 'zod';
import { toLabel } from './well-position.ts';

const ItemAttributes = z.strictObject({
  name: z.string().describe('That of a container is made by the tenant.'),
  barcode: z.string().optional(),
  typeId: z.string().optional(),
  typeName: z.string().optional(),
  description: z.string().optional(),
  digest: z.string().optional().describe('The version. A write of the tenant takes it.'),
  locationId: z.string().optional(),
  row: z.number().int().optional().describe('In a grid, from zero.'),
  column: z.number().int().optional().describe('In a grid, from zero.'),
  position: z.string().optional().describe('The same, such as B3.'),
  amount: z.number().optional(),
  unit: z.string().optional(),
  displayAmount: z.string().optional().describe('The amount as the tenant shows it.'),
  status: z.string().optional(),
  rows: z.number().int().optional().describe('Of a grid.'),
  columns: z.number().int().optional().describe('Of a grid.'),
});
type ItemAttributes = z.output<typeof ItemAttributes>;

const links = z.strictObject({ self: z.string().describe('The item in the native API.') });
const resourceOf = <Type extends 'inventory-container' | 'inventory-location'>(type: Type) =>
  z.strictObject({ type: z.literal(type), id: z.string(), attributes: ItemAttributes, links });

export const ContainerDocument = z
  .strictObject({ data: resourceOf('inventory-container') })
  .meta({ id: 'InventoryContainerDocument' });
export const LocationDocument = z
  .strictObject({ data: resourceOf('inventory-location') })
  .meta({ id: 'InventoryLocationDocument' });

/** As the tenant answers a creation. */
export const CreatedItem = z.looseObject({
  id: z.string().min(1),
  attributes: z.looseObject({
    name: z.string(),
    barcode: z.string().nullish(),
    typeId: z.string().nullish(),
    typeName: z.string().nullish(),
    description: z.string().nullish(),
    digest: z.string().nullish(),
    location: z.looseObject({ id: z.string() }).nullish(),
    ancestors: z.array(z.looseObject({ id: z.string() })).nullish(),
    coordinateX: z.number().int().nullish(),
    coordinateY: z.number().int().nullish(),
    amount: z.number().nullish(),
    unit: z.string().nullish(),
    displayAmount: z.string().nullish(),
    status: z.string().nullish(),
    rows: z.number().int().nullish(),
    columns: z.number().int().nullish(),
  }),
});
export type CreatedItem = z.output<typeof CreatedItem>;

type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };
/** Without what is absent or null. */
const given = <T extends Readonly<Record<string, unknown>>>(members: T): Given<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null)) as Given<T>;

const wellMembers = ({ coordinateX: column, coordinateY: row }: CreatedItem['attributes']) => {
  if (typeof column !== 'number' || typeof row !== 'number') return {};
  return given({ row, column, position: toLabel({ row, column }) });
};

const toAttributes = ({ attributes }: CreatedItem): ItemAttributes => {
  const { name, barcode, typeId, typeName, description, digest } = attributes;
  const { amount, unit, displayAmount, status, rows, columns, location, ancestors } = attributes;
  return {
    name,
    // The nearest ancestor comes first.
    ...given({ barcode, typeId, typeName, digest, locationId: location?.id ?? ancestors?.[0]?.id }),
    ...(description ? { description } : {}),
    ...wellMembers(attributes),
    ...given({ amount, unit, displayAmount, status, rows, columns }),
  };
};

/** @param native URL of the native API. */
export const toContainer = (item: CreatedItem, native: string) => ({
  type: 'inventory-container' as const,
  id: item.id,
  attributes: toAttributes(item),
  links: { self: `${native}/inventory/containers/${item.id}` },
});
export const toLocation = (item: CreatedItem, native: string) => ({
  type: 'inventory-location' as const,
  id: item.id,
  attributes: toAttributes(item),
  links: { self: `${native}/inventory/locations/${item.id}` },
});

const FoundItem = z
  .strictObject({
    type: z.enum(['inventory-container', 'inventory-location']),
    id: z.string(),
    attributes: z.strictObject({
      name: z.string(),
      description: z.string().optional(),
      createdAt: z.string().describe('As the tenant writes it.'),
      modifiedAt: z.string().describe('As the tenant writes it.'),
      digest: z.string().optional(),
      typeName: z.string().optional(),
      fields: z.record(z.string(), z.unknown()).describe('Values by the names of the fields, such as Barcode.'),
    }),
    links,
  })
  .meta({ id: 'InventoryItem' });

export const ItemsDocument = z
  .strictObject({
    data: z.array(FoundItem),
    meta: z.strictObject({
      total: z.number().int().describe('Of all pages.'),
      isTruncated: z
        .boolean()
        .describe('True = the pages do not hold everything: no offset is above 5,000, or the search ended early.'),
      upstreamCalls: z.number().int().describe('Calls that were sent to the tenant for this answer.'),
    }),
    links: z.strictObject({ next: z.string().optional() }),
  })
  .meta({ id: 'InventoryItemsDocument' });
export type FoundItem = z.output<typeof FoundItem>;

export const WellDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('well-position'),
      id: z.string().describe('The label.'),
      attributes: z.strictObject({
        row: z.number().int().describe('From zero. The tenant calls it Y.'),
        column: z.number().int().describe('From zero. The tenant calls it X.'),
        index: z.number().int().optional().describe('From zero, row by row; where `columns` was given.'),
      }),
    }),
  })
  .meta({ id: 'WellDocument' });
