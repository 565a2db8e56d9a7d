/** The routes of /v1/inventory: items by barcode or type, new containers and locations, positions of wells. */
import * as z from 'zod';
import { pageOffset } from '../http/page-offset.ts';
import { pageSize } from '../http/page-size.ts';
import { isSingleLine } from '../http/single-line.ts';
import { route } from '../routes/route.ts';
import { mostOffset, mostOnPage } from '../tenant-calls/search.ts';
import { tenantErrors } from '../tenant-calls/tenant-errors.ts';
import { ContainerDocument, ItemsDocument, LocationDocument, WellDocument } from './item-document.ts';
import { NewContainer, NewLocation } from './new-item.ts';
import { WellQuery } from './well-position.ts';

// One function answers for materials and inventory.
const capability = 'materials';
const reading = { capability, method: 'GET', scope: 'inventory:read' } as const;
const creating = {
  capability,
  method: 'POST',
  scope: 'inventory:write',
  idempotency: 'keep',
  callsTenant: true,
} as const;

const text = z.string().min(1).max(200).refine(isSingleLine, 'must be one line');

const findInventoryItems = route({
  ...reading,
  id: 'findInventoryItems',
  path: '/v1/inventory/items',
  summary: 'Containers or locations, by type or by the value of a field',
  description: 'One call, a search. You need the scope `entities:read` too. Values must be equal as a whole.',
  query: z.strictObject({
    kind: z.enum(['container', 'location']).describe('What to find.'),
    type: text.optional().describe('Name of the type.'),
    field: text
      .refine((field) => /^fields\../s.test(field), 'must begin with fields., such as fields.Barcode')
      .optional()
      .describe('Such as `fields.Barcode`; with `value`.'),
    value: text.optional().describe('The value of the field.'),
    'page[offset]': pageOffset(mostOffset).describe('Items to pass over.'),
    'page[limit]': pageSize(mostOnPage, mostOnPage).describe('Items on a page.'),
  }),
  answers: { 200: ItemsDocument, ...tenantErrors },
  callsTenant: true,
});

const creation =
  'You need the scope `inventory:read` too: type and grid are read first, usually from the cache. What they forbid is refused before anything is created. A second creation with the same barcode, also one at the same time, gets 409 with the address of the item in `Location`. So repeat a creation whose outcome you do not know.';
const creationErrors = { ...tenantErrors, 409: 'INVENTORY_EXISTS' } as const;
const answerHeaders = { Location: 'The item in the native API.' };

const createInventoryContainer = route({
  ...creating,
  id: 'createInventoryContainer',
  path: '/v1/inventory/containers',
  summary: 'Create a container',
  description: `${creation} The tenant makes its name.`,
  body: NewContainer,
  examples: [
    {
      summary: 'A vial in the well C3 of a plate',
      value: {
        data: {
          type: 'inventory-container',
          attributes: {
            typeId: 'a0000000-0000-4000-b000-000000000001',
            barcode: 'V-2026-0001',
            amount: 2.5,
            unit: 'mg',
            locationId: 'c0000000-0000-4000-b000-000000000003',
            position: 'C3',
            fields: { 'Cap Colour': 'Red' },
          },
        },
      },
    },
  ],
  answers: { 201: ContainerDocument, ...creationErrors },
  answerHeaders,
});

const createInventoryLocation = route({
  ...creating,
  id: 'createInventoryLocation',
  path: '/v1/inventory/locations',
  summary: 'Create a location',
  description: creation,
  body: NewLocation,
  examples: [
    {
      summary: 'A plate of 8 rows and 12 columns in a room',
      value: {
        data: {
          type: 'inventory-location',
          attributes: {
            typeId: 'b0000000-0000-4000-b000-000000000002',
            name: 'Plate 2026-1',
            barcode: 'P-2026-0001',
            parentId: 'c0000000-0000-4000-b000-000000000002',
            rows: 8,
            columns: 12,
            fields: { Material: 'Glass' },
          },
        },
      },
    },
  ],
  answers: { 201: LocationDocument, ...creationErrors },
  answerHeaders,
});

const readWellPosition = route({
  ...reading,
  id: 'readWellPosition',
  path: '/v1/inventory/well-position',
  summary: 'A position in a plate: label, row and column, index',
  description: 'Without a call to the tenant. Labels go from A1 to AV48, the largest plate that the tenant makes.',
  query: WellQuery,
  answers: { 200: WellDocument },
});

export const inventoryRoutes = [
  findInventoryItems,
  createInventoryContainer,
  createInventoryLocation,
  readWellPosition,
] as const;
