/**
 * The documents that the tenant answers, one schema for each type of resource (client-shapes and behaviours). Members that no
 * source demands may be absent; members that no source names may be there.
 */
import * as z from 'zod';

const instant = z.iso.datetime({ offset: true });
const text = z.string();
const id = z.string().min(1);
const eid = z.string().regex(/^[A-Za-z_]+:[^\s]+$/, 'must be type:id');
const address = z.string().regex(/^https?:\/\/[^/]+\//, 'must be an absolute address');
const bareId = z.string().regex(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits');
const scalar = z.union([text, z.number(), z.boolean()]);

const Links = z.looseObject({ self: address });
const Identifier = z.looseObject({ type: id, id });
const Relationship = z.looseObject({
  links: Links.optional(),
  data: z.union([Identifier, z.array(Identifier)]).optional(),
});

const resource = <Type extends string, Attributes extends z.ZodType>(type: Type, attributes: Attributes) =>
  z.looseObject({
    type: z.literal(type),
    id,
    links: Links.optional(),
    attributes,
    relationships: z.record(text, Relationship).optional(),
  });

/** A cell as it is shown: an empty one has no members. */
const Content = z.looseObject({ value: z.unknown().optional(), values: z.array(z.unknown()).optional() });

const EntityAttributes = z.looseObject({
  eid,
  type: id,
  name: text,
  description: text,
  createdAt: instant,
  editedAt: instant,
  digest: id,
  fields: z.record(text, Content),
  ado: z.strictObject({ id, baseType: id, adoName: id }).optional(),
});

/** A hit of the search is flatter. */
const HitAttributes = z.looseObject({ eid: id, type: id, name: text, createdAt: instant, modifiedAt: instant });

/** A row of the list of attributes. */
const ListedAttribute = z.looseObject({ id, eid, name: text, type: z.literal('attribute'), digest: id });

const Property = z.union([
  z.looseObject({ id, name: text, value: scalar, values: z.array(z.unknown()) }),
  z.looseObject({ id, name: text.optional(), content: Content.optional() }),
  z.looseObject({ id, name: text, value: z.unknown() }),
]);

const columnTypes = [
  'number',
  'integer',
  'datetime',
  'text',
  'list',
  'multiSelect',
  'attributeList',
  'autotextList',
  'boolean',
  'unit',
  'link',
  'externalLink',
  'user',
  'ontologyList',
  'formula',
  'html',
  'structure',
] as const;

const Column = z.looseObject({ key: id, title: text, type: z.enum(columnTypes) });

/** Tables have `columns`; the grids of a drawing are keyed by their names. */
const ColumnDefinitions = z.union([
  z.looseObject({ columns: z.array(Column) }),
  z.looseObject({ id: eid, reactants: z.array(Column) }),
  z.looseObject({ id: eid, products: z.array(Column) }),
  z.looseObject({ id: eid, solvents: z.array(Column) }),
  z.looseObject({ id: eid, conditions: z.array(Column) }),
]);

const Cell = z.looseObject({
  key: id,
  type: id,
  name: text,
  content: z.looseObject({ value: z.unknown().refine((value) => value !== undefined, 'must hold a value') }),
});

const TableRow = z.looseObject({ id, cells: z.array(Cell) });

/** `row_id` beside one member for each cell. */
const FlatRow = z.looseObject({
  row_id: id,
  smiles: text.optional(),
  inchi: text.optional(),
  hash: text.optional(),
});

const StoichiometryRow = z.looseObject({
  id,
  grid: z.enum(['reactants', 'products', 'solvents', 'conditions']),
  values: FlatRow,
});

const Structure = z.looseObject({
  type: z.enum(['reactant', 'reagent', 'product']),
  id: z.string().regex(/^\d+$/),
  inchi: text.optional(),
  cdxml: text.optional(),
});

const MaterialAttributes = z.looseObject({
  library: text,
  assetTypeId: bareId,
  eid,
  name: text,
  type: z.enum(['asset', 'batch', 'assetType']),
  createdAt: instant,
  editedAt: instant,
  digest: id,
  fields: z.record(text, z.looseObject({ value: z.unknown() })),
});

/** Sparse fields leave members out. */
const SparseMaterial = MaterialAttributes.partial();

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

const UserAttributes = z.looseObject({
  userId: id,
  userName: text,
  email: text,
  firstName: text,
  lastName: text,
  isEnabled: z.boolean(),
  lastLoginAt: instant.nullish(),
});

const ProfileAttributes = z.looseObject({
  userId: id,
  firstName: text,
  lastName: text,
  email: text,
  createdAt: instant,
  tenant: text,
  roles: z.array(z.looseObject({ id, name: text })),
  licenses: z.array(z.looseObject({ id, name: text, expiresAt: instant, valid: z.boolean() })),
});

const GroupAttributes = z.looseObject({
  id,
  eid: z.string().regex(/^group:\d+$/),
  type: z.literal('group'),
  isSystem: z.boolean(),
  name: text,
  description: text,
  createdAt: instant,
  editedAt: instant,
  digest: z.string().regex(/^\d+$/),
});

const RoleAttributes = z.looseObject({
  id,
  name: text,
  description: text,
  privileges: z.record(z.string().regex(/^can/), z.literal(true)),
  counts: z.looseObject({ groups: z.number(), users: z.number() }),
});

const AttributeAttributes = z.looseObject({ id: eid, name: text, type: text, options: z.array(text) });

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
  typeName: text,
  status: id,
  state: id,
  barcode: text,
  digest: z.uuid(),
  amount: z.number(),
  unit: text,
  displayAmount: text,
  contents: z.array(z.looseObject({ entityId: eid, entityType: id, status: id, createdAt: instant })),
  ancestors: z.array(z.looseObject({ id, name: text })),
  fields: z.array(InventoryField.extend({ content: z.looseObject({ user: scalar.optional() }) })),
});

const PlateRow = z.looseObject({
  id: z.uuid(),
  type: z.literal('plateRow'),
  cells: z.array(z.looseObject({ key: z.uuid(), type: z.string().regex(/^[A-Z_]+$/), name: text, content: Content })),
});

const PlateAttributes = z.looseObject({ id, eid, name: text, numberOfRows: z.number(), numberOfColumns: z.number() });

const SummaryRow = z.looseObject({ id, columns: z.array(z.looseObject({ key: id })) });

const SummaryReport = z.looseObject({
  bulkUpdateId: z.number().int(),
  subexpSummaryId: eid,
  jobType: id,
  state: z.enum(['IN_PROGRESS', 'SCHEDULED']),
  jobStatus: z.enum(['READY', 'SUCCESS', 'FAILED']),
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

/** By the type of the resource. */
const resources = {
  entity: resource('entity', z.union([EntityAttributes, ListedAttribute, HitAttributes])),
  property: resource('property', Property),
  adtRow: resource('adtRow', TableRow),
  columnDefinitions: resource('columnDefinitions', ColumnDefinitions),
  stoichiometry: resource(
    'stoichiometry',
    z.strictObject({
      reactants: z.array(FlatRow),
      products: z.array(FlatRow),
      solvents: z.array(FlatRow),
      conditions: z.array(FlatRow),
    }),
  ),
  reactant: resource('reactant', StoichiometryRow),
  product: resource('product', StoichiometryRow),
  solvent: resource('solvent', StoichiometryRow),
  condition: resource('condition', StoichiometryRow),
  reactionReactant: resource('reactionReactant', Structure),
  reactionReagent: resource('reactionReagent', Structure),
  reactionProduct: resource('reactionProduct', Structure),
  material: resource('material', SparseMaterial),
  assetType: resource('assetType', LibraryAttributes),
  user: resource('user', UserAttributes),
  profile: resource('profile', ProfileAttributes),
  group: resource('group', GroupAttributes),
  role: resource('role', RoleAttributes),
  attribute: resource('attribute', AttributeAttributes),
  option: resource('option', z.strictObject({ key: text, value: text })),
  inventoryType: resource('inventoryType', InventoryTypeAttributes),
  inventoryContainer: resource('inventoryContainer', ContainerAttributes),
  plateRow: resource('plateRow', PlateRow),
  plate: resource('plate', PlateAttributes),
  subexpSummaryRow: resource('subexpSummaryRow', SummaryRow),
  subexpSummaryBulkUpdateReport: resource('subexpSummaryBulkUpdateReport', SummaryReport),
  bulkExportReport: resource('bulkExportReport', z.strictObject({ fileId: id, reportId: id })),
  materialBulkExportReport: resource('materialBulkExportReport', ExportReport),
  assetBulkImportReport: resource('assetBulkImportReport', ImportReport),
} as const;

/** Types whose documents no source settles: a type and an id are all that is asked. */
const AnyResource = z.looseObject({ type: id, id: text });

const Resource = AnyResource.superRefine((value, context) => {
  const schema: z.ZodType | undefined = Object.hasOwn(resources, value.type)
    ? resources[value.type as keyof typeof resources]
    : undefined;
  const found = schema?.safeParse(value);
  if (found === undefined || found.success) return;
  for (const issue of found.error.issues)
    context.addIssue({ code: 'custom', path: issue.path, message: `${value.type}: ${issue.message}` });
});

/** A document with data. Links are absolute; `next` and `prev` are absent where there is no page, and never empty. */
const DataDocument = z.looseObject({
  links: z
    .looseObject({
      self: address,
      first: address.optional(),
      prev: address.optional(),
      next: address.optional(),
    })
    .optional(),
  data: z.union([Resource, z.array(Resource)]),
  included: z.array(Resource).optional(),
});

const member = text.optional();
const ErrorMembers = z.strictObject({ status: text, code: text, title: member, detail: member });
const ErrorDocument = z.strictObject({ errors: z.array(ErrorMembers).min(1) });

/** A 401 with the switch `bareUnauthorized`. */
const BareError = ErrorMembers.extend({ status: z.literal('401') });

/** What is wrong with a document of the tenant; an empty list for one that is as the sources have it. */
export const documentFaults = (status: number, document: unknown): string[] => {
  const refusal = status === 401 ? z.union([ErrorDocument, BareError]) : ErrorDocument;
  const found = (status < 400 ? DataDocument : refusal).safeParse(document);
  return found.success ? [] : found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
