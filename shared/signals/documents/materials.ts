/** Libraries, what is in them, the jobs on them, and the inventory (client-shapes 9 and 10). */
import * as z from 'zod';
import { bareId, eid, Identifier, id, instant, Links, resource, scalar, text } from './parts.ts';

/** `fields[material]` leaves members out. */
const MaterialAttributes = z
  .looseObject({
    library: text,
    assetTypeId: bareId,
    assetId: bareId.optional(),
    eid,
    name: text,
    description: text.optional(),
    type: z.enum(['asset', 'batch', 'assetType']),
    createdAt: instant,
    editedAt: instant,
    digest: id,
    fields: z.record(text, z.looseObject({ value: z.unknown() })),
  })
  .partial();

const By = z.looseObject({ by: z.looseObject({ links: Links, data: Identifier }), at: instant });

const LibraryField = z.looseObject({
  id: bareId,
  name: text,
  dataType: z.string().regex(/^[A-Z_]+$/),
  mandatory: z.boolean(),
  hidden: z.boolean(),
  options: z.array(text).optional(),
  collection: z.enum(['LIST', 'MULTI_SELECT']).optional(),
});

const Numbered = z.looseObject({
  displayName: text,
  numbering: z.looseObject({ format: text }),
  fields: z.array(LibraryField),
});

const LibraryAttributes = z.looseObject({
  id: bareId,
  name: text,
  digest: z.string().regex(/^\d+:\d+$/),
  created: By,
  edited: By,
  assets: Numbered.extend({ assetNameFieldId: bareId }),
  batches: Numbered,
  displayTable: z.looseObject({ content: text }),
});

const ExportReport = z.looseObject({
  id,
  libraryName: text,
  createdAt: instant,
  status: id,
  fileId: id,
  total: z.number(),
});

const ImportReport = z.looseObject({
  id,
  assetType: z.looseObject({ id: bareId, name: text, type: id }),
  createdAt: instant,
  status: id,
  report: z
    .looseObject({ filename: text, succeeded: z.number(), duplicated: z.number(), failed: z.number() })
    .optional(),
});

const InventoryField = z.looseObject({
  id,
  definition: z.looseObject({ key: id, title: text, type: id }),
});

const InventoryTypeAttributes = z.looseObject({
  id,
  name: text,
  entityType: z.enum(['container', 'location']),
  isMovable: z.boolean(),
  inUse: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  digest: z.uuid(),
  fields: z.array(InventoryField),
});

const ContainerAttributes = z.looseObject({
  id,
  name: text,
  typeId: id,
  typeName: text.optional(),
  status: id,
  state: id,
  location: z.looseObject({ id }).nullish(),
  barcode: text.optional(),
  digest: z.uuid().optional(),
  amount: z.number().optional(),
  unit: text.optional(),
  displayAmount: text.optional(),
  contents: z.array(z.looseObject({ entityId: eid, entityType: id, status: id, createdAt: instant })),
  ancestors: z.array(z.looseObject({ id, name: text })),
  fields: z.array(InventoryField.extend({ content: z.looseObject({ user: scalar.optional() }) })),
});

const LocationAttributes = z.looseObject({
  id,
  name: text,
  typeId: id,
  barcode: text.optional(),
  digest: text.optional(),
  ancestors: z.array(z.looseObject({ id, name: text.optional() })).optional(),
  isGrid: z.boolean().optional(),
  rows: z.number().optional(),
  columns: z.number().optional(),
});

export const materialTypes = {
  material: resource('material', MaterialAttributes),
  materialProperty: resource('property', z.looseObject({ id, name: text, value: z.unknown() })),
  assetType: resource('assetType', LibraryAttributes),
  bulkExportReport: resource('bulkExportReport', z.strictObject({ fileId: id, reportId: id })),
  materialBulkExportReport: resource('materialBulkExportReport', ExportReport),
  assetBulkImportReport: resource('assetBulkImportReport', ImportReport),
  inventoryType: resource('inventoryType', InventoryTypeAttributes),
  inventoryContainer: resource('inventoryContainer', ContainerAttributes),
  inventoryLocation: resource('inventoryLocation', LocationAttributes),
} as const;
