/** Query parameters of the Signals surface, with bounds and defaults as far as the vendor's guide and OpenAPI files state them. */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { type Json, nameOf, type ParameterFacts } from '../native-api.ts';
import { withExample } from './examples.ts';

const text: Json = { type: 'string' };
const flag: Json = { type: 'boolean' };
const instant: Json = { type: 'string', format: 'date-time' };
const oneOf = (values: readonly string[], fallback?: string): Json => ({
  type: 'string',
  enum: values,
  ...(fallback === undefined ? {} : { default: fallback }),
});
const listOf = (items: Json, fallback?: readonly string[]): Json => ({
  type: 'array',
  items,
  ...(fallback ? { default: fallback } : {}),
});
const limit = (fallback: number, maximum?: number): ParameterFacts => ({
  description: 'How many items one page holds.',
  schema: { type: 'integer', minimum: 1, ...(maximum ? { maximum } : {}), default: fallback },
});
const include = (...values: string[]): ParameterFacts => ({
  description: 'Related resources to fill into `included`. Left out: all of them. Given: only those.',
  schema: listOf({ type: 'string', enum: values }),
});

/** Parameters that mean the same everywhere. */
export const signalsSharedQuery: Readonly<Record<string, ParameterFacts>> = {
  'page[offset]': {
    description: 'How many items to skip. An offset past the end gives an empty list.',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
  'page[limit]': limit(20, 100),
  digest: {
    description:
      'Version stamp (`attributes.digest`) of the entity that the description names, as last read. Stale: 428. Neither this nor `force=true`: 400.',
    schema: text,
  },
  force: {
    description: 'Write without a digest: the latest one is used, and somebody else’s change may be overwritten.',
    schema: flag,
  },
  value: {
    description:
      'Form of cell contents: `display` gives text, its unit in a text of its own; `normalized` gives a number, its unit and a text.',
    schema: oneOf(['display', 'normalized'], 'display'),
  },
  syncData: { description: 'Pull the data of an external source by the key of the row.', schema: flag },
  pageId: { description: 'Page of the layout that gets the element.', schema: text },
  pageOffset: { description: 'Place on the page; -1 = last.', schema: { type: 'integer', minimum: -1 } },
  attributes: { description: 'SCIM attributes to answer with.', schema: listOf(text) },
  excludedAttributes: { description: 'SCIM attributes to leave out.', schema: listOf(text) },
  filter: { description: 'SCIM filter, such as `userName eq "ada@example.com"`.', schema: text },
  startIndex: { description: 'First item of the page; counts from 1.', schema: { type: 'integer', minimum: 1 } },
  count: { description: 'How many items one page holds.', schema: { type: 'integer', minimum: 0 } },
  sortBy: { description: 'SCIM attribute to sort by.', schema: text },
  sortOrder: { description: 'Direction of the order.', schema: oneOf(['ascending', 'descending']) },
  'fields[material]': { description: 'Sparse fields of materials.', schema: listOf(text) },
  'fields[stoichiometry]': { description: 'Sparse fields of the reaction grids.', schema: listOf(text) },
  'fields[samplesTableColumn]': { description: 'Columns to answer with.', schema: listOf(text) },
  sampleIds: {
    description: 'Only these samples. A change without it concerns every sample of the table.',
    schema: listOf(text),
  },
  structureFormat: {
    description: 'Adds the structure in this format as `attributes.structure`.',
    schema: oneOf(['smiles', 'inchi', 'mol', 'mol-v3000', 'cdxml', 'helm']),
  },
};

const exportFormats = oneOf([
  ...['cdxml', 'svg', 'mol', 'mol-v3000', 'smiles', 'inchi', 'rxn', 'rxn-v3000'],
  ...['csv', 'sdf', 'gb', 'fa', 'html', 'txt'],
]);
const format: ParameterFacts = {
  description: 'Format of the content; left out: its own. Tables give JSON unless it is `csv`.',
  schema: exportFormats,
};
const source: ParameterFacts = {
  description:
    'Index: SN = notebook, IVT = inventory, CHEMICALS = drawings. A wrong one finds nothing, without an error.',
  schema: oneOf(['SN', 'IVT', 'CHEMICALS'], 'SN'),
};
const pdfEntity: ParameterFacts = {
  description: 'Entity to print: an experiment, request, sample or task.',
  schema: text,
  required: true,
};

const listIncludes = include('createdBy', 'editedBy', 'owner');
const childIncludes = include('createdBy', 'editedBy', 'ancestors', 'owner');
const entityIncludes = include('createdBy', 'editedBy', 'children', 'owner', 'systemTemplate', 'template');
const ofEntity = (path: string, facts: Readonly<Record<string, ParameterFacts>>) => ({
  [`GET ${path}`]: facts,
  [`HEAD ${path}`]: facts,
  [`GET /cro${path}`]: facts,
});

const byOperation: Readonly<Record<string, Readonly<Record<string, ParameterFacts>>>> = {
  'GET /entities': {
    includeTypes: {
      description: 'Entity types to list. `filter[type]` does not exist: it is ignored, and everything is listed.',
      schema: listOf(text, ['journal', 'experiment', 'request']),
    },
    excludeTypes: { description: 'Entity types to leave out.', schema: listOf(text) },
    includeOptions: {
      description: '`untrashed` may not be mixed with the trashed ones.',
      schema: listOf(
        oneOf([
          ...['mine', 'other', 'shared', 'trashed', 'untrashed', 'trashedAncestor', 'starred', 'unstarred'],
          ...['template', 'nontemplate', 'systemTemplate', 'nonSystemTemplate'],
        ]),
        ['untrashed'],
      ),
    },
    start: { description: 'Changed from this instant on; a change of a child counts.', schema: instant },
    end: { description: 'Changed up to this instant.', schema: instant },
    include: listIncludes,
  },
  ...ofEntity('/entities/{eid}', { include: entityIncludes }),
  ...ofEntity('/entities/{eid}/children', {
    order: { description: 'Order of the page layout; for experiments only.', schema: oneOf(['layout']) },
    include: childIncludes,
  }),
  ...ofEntity('/entities/{eid}/ancestors', { include: listIncludes }),
  ...ofEntity('/entities/{eid}/relationships', { include: include('source', 'link') }),
  ...ofEntity('/entities/{eid}/compliance', { include: include('entity') }),
  ...ofEntity('/entities/{eid}/export', { format }),
  ...ofEntity('/worksheet/{eid}', { include: include('entity', 'fieldsDefinition') }),
  'GET /entities/{eid}/history': {
    depth: {
      description: '-1 = the entity and all below it, 0 = itself only.',
      schema: { type: 'integer', minimum: -1, maximum: 100, default: -1 },
    },
    action: { description: 'Only these actions.', schema: listOf(text) },
  },
  'GET /entities/{eid}/comments': {
    depth: { description: 'How many levels below.', schema: { type: 'integer', minimum: 0, maximum: 100 } },
  },
  'PUT /entities/export/pdf': { eid: pdfEntity },
  'POST /entities/export/bulk': {
    eid: { description: 'Entity to export.', schema: text, required: true },
    depth: {
      description: '0 = itself, 1 = its children, -1 = all below. Always send it: without it the tenant answers 400.',
      schema: { type: 'integer', enum: [0, 1, -1] },
      required: true,
    },
    types: { description: 'Only these entity types.', schema: listOf(text) },
    structureFormat: { description: 'Format of structures.', schema: { type: 'string', default: 'cdxml' } },
    stoichiometry: { description: 'Add the stoichiometry of drawings.', schema: { type: 'boolean', default: true } },
  },
  'POST /entities/search': {
    'page[offset]': {
      description: 'At most 5000. Beyond it, sort by `createdAt` and feed the last value back through `$gt`.',
      schema: { type: 'integer', minimum: 0, maximum: 5000, default: 0 },
    },
    sort: { description: 'Fields, a minus for descending: `name,-modifiedAt`.', schema: listOf(text) },
    source: { ...source, schema: oneOf(['SN', 'IVT', 'CHEMICALS', 'CONNECTED'], 'SN') },
    'fields[entity]': { description: 'Sparse fields of the hits.', schema: listOf(text) },
    stopAfterItems: {
      description: 'Rows that each shard examines at most.',
      schema: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    },
    include: listIncludes,
  },
  'POST /entities/search/tags': { source },
  'POST /entities/search/terms': { source },
  'GET /sampleSummary/{sampleSummaryId}/samples': { 'page[limit]': limit(5000) },
  'GET /users': {
    'page[limit]': limit(20, 1000),
    enabled: { description: 'Only enabled, or only disabled users.', schema: flag },
  },
  'GET /attributes/{eid}/options': { 'page[limit]': limit(20, 10_000) },
  'GET /attributes/{eid}/ontology/options': { 'page[limit]': limit(100, 10_000) },
  'GET /materials/{eid}': { include: include('batches', 'owner') },
  'GET /materials/{libraryName}/assets/id/{id}': { include: include('batches', 'owner') },
  'GET /materials/{libraryName}/batches/id/{id}': { include: include('batches', 'owner') },
  'POST /materials/{libraryName}/bulkExport': {
    fileType: {
      description: 'Chemical libraries: SDF by default, others CSV; ZIP for non-chemical ones.',
      schema: oneOf(['SDF', 'CSV', 'ZIP']),
    },
    chemFormat: { description: 'Format of structures.', schema: oneOf(['SMILES', 'InChI', 'HELM']) },
    limit: { description: 'Most assets in the file.', schema: { type: 'integer', minimum: 1, maximum: 25_000 } },
    startAfter: { description: 'Name of the last asset of the export before.', schema: text },
  },
  'POST /materials/{libraryName}/bulkImport': {
    rule: {
      description: 'What to do with records that match existing ones.',
      schema: oneOf(['TREAT_AS_UNIQUE', 'USE_MATCHES', 'USE_ASSET_AND_BATCH_MATCHES', 'NO_DUPLICATED']),
    },
    importType: { description: 'Form of the body.', schema: oneOf(['json', 'zip']) },
    processInAnyOrder: { description: 'Records need no order.', schema: flag },
    reportFormat: {
      description: 'What the report lists.',
      schema: oneOf(['FAILURES_ONLY', 'DUPLICATES_AND_FAILURES', 'ALL_RESULTS']),
    },
  },
  'POST /synergy/designTables/{designTableId}/design/bulkImport': {
    rule: { description: 'What to do with duplicates.', schema: oneOf(['TREAT_AS_UNIQUE', 'NO_DUPLICATED']) },
  },
  'GET /synergy/collaborations': {
    status: {
      description: 'Only collaborations in this state.',
      schema: oneOf(['New', 'Active', 'On Hold', 'CRO Complete', 'In Review', 'Closed']),
    },
  },
  'GET /inventory/types': {
    entityType: { description: 'Which types to list.', schema: oneOf(['location', 'container']), required: true },
  },
  'GET /notifications': {
    status: {
      description: 'New ones may arrive already dismissed: a sweep asks for both.',
      schema: listOf(oneOf(['dismissed', 'notdismissed']), ['notdismissed']),
    },
    from: { description: 'Recorded from this instant on.', schema: instant },
    to: { description: 'Recorded up to this instant.', schema: instant },
  },
  'DELETE /auth/tokens': {
    all: { description: 'Every token; without it, `email` is needed.', schema: { type: 'boolean', default: false } },
    email: { description: 'Whose tokens.', schema: text },
    domain: { description: 'Domain of the user; left out: that of the request.', schema: text },
  },
};

/** What one operation says about a parameter; undefined where the shared facts hold. */
export const signalsQueryParameter = (operation: Operation, name: string): ParameterFacts | undefined => {
  const own = byOperation[nameOf(operation)]?.[name];
  const facts = own ?? signalsSharedQuery[name];
  const shown = facts && withExample(operation, name, facts);
  return shown === signalsSharedQuery[name] ? undefined : shown;
};
