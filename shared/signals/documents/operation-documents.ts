/**
 * Which types of documents the operations answer on success: `entity` is one resource, `entity[]` a list, and several are
 * alternatives. Operations without a row answer files, nothing, or documents that no source settles. Operations of contract
 * partners (`/cro/…`) answer what their counterparts in the notebook answer.
 */
import type { signalsOperations } from '../operations.ts';
import type { DocumentType } from './document-types.ts';

export type Answered = DocumentType | `${DocumentType}[]`;
type OperationDocuments = { readonly [Key in keyof typeof signalsOperations]?: Answered | readonly Answered[] };

const gridRows = ['reactant', 'product', 'solvent', 'condition'] as const;
const structures = ['reactionReactant', 'reactionReagent', 'reactionProduct'] as const;
const structureLists = ['reactionReactant[]', 'reactionReagent[]', 'reactionProduct[]'] as const;
const grids = ['stoichiometry', 'stoichiometry[]'] as const;

const documents = {
  'GET /entities': 'entity[]',
  'POST /entities': 'entity',
  'GET /entities/{eid}': 'entity',
  'GET /entities/{eid}/children': 'entity[]',
  'GET /entities/{eid}/ancestors': 'entity[]',
  'GET /entities/{eid}/properties': 'entityProperty[]',
  'PATCH /entities/{eid}/properties': 'entityProperty[]',
  'PATCH /entities/{eid}/move': 'entity',
  'POST /entities/{eid}/children/{filename}': 'entity',
  'PUT /entities/{eid}/attachment': 'entity',
  'POST /entities/{eid}/syncWithTemplate': 'entity',
  'POST /entities/search': 'entityHit[]',

  'GET /samples/{sampleId}/properties': 'contentProperty[]',
  'PATCH /samples/{sampleId}/properties': 'contentProperty[]',
  'GET /samples/{sampleId}/properties/{propertyId}': 'contentProperty',
  'PATCH /samples/{sampleId}/properties/{propertyId}': 'contentProperty',
  'PUT /samples/{sampleId}/status': 'entity',
  'GET /sampleSummary/{sampleSummaryId}/samples': 'entity[]',
  'GET /samplesTables/{samplesTableId}/_column': 'columnDefinitions',
  'PATCH /samplesTables/{samplesTableId}/_column': 'columnDefinitions',

  'GET /tasks/{taskId}/properties': 'contentProperty[]',
  'PATCH /tasks/{taskId}/properties': 'contentProperty[]',
  'GET /tasks/{taskId}/properties/{propertyId}': 'contentProperty',
  'PATCH /tasks/{taskId}/properties/{propertyId}': 'contentProperty',
  'GET /tasks/todo/{todoListId}/_column': 'columnDefinitions',
  'PATCH /tasks/todo/{todoListId}/_column': 'columnDefinitions',
  'GET /tasks/tasksTable/{tasksTableId}/_column': 'columnDefinitions',
  'PATCH /tasks/tasksTable/{tasksTableId}/_column': 'columnDefinitions',

  'GET /adt/{eid}': 'adtRow[]',
  'POST /adt/{eid}': 'adtRow',
  'PATCH /adt/{eid}': 'adtRow[]',
  'GET /adt/{eid}/_column': 'columnDefinitions',
  'PATCH /adt/{eid}/_column': 'columnDefinitions',
  'GET /adt/{eid}/{rowid}': 'adtRow',
  'PATCH /adt/{eid}/{rowid}': 'adtRow',
  'GET /hierarchicalTables/{eid}/_columns': 'columnDefinitions[]',
  'PATCH /hierarchicalTables/{eid}/_columns': 'columnDefinitions[]',
  'GET /variationsTables/{eid}/_column': 'columnDefinitions',
  'PATCH /variationsTables/{eid}/_column': 'columnDefinitions',
  'GET /materialsTable/{materialsTableId}/_column': 'columnDefinitions',
  'PATCH /materialsTable/{materialsTableId}/_column': 'columnDefinitions',
  'POST /materialsTable/{materialsTableId}/{rowId}/register': 'material',

  'GET /chemicaldrawings/{eid}/reaction/{position}': structureLists,
  'POST /chemicaldrawings/{eid}/reaction/{position}': structures,
  'PUT /chemicaldrawings/{eid}/reaction': 'entity',
  'POST /chemistry/pairedSequence': 'entity',
  'PUT /chemistry/{eid}/pairedSequence': 'entity',
  'GET /stoichiometry/{eid}': grids,
  'GET /stoichiometry/{eid}/{rowid}': gridRows,
  'PATCH /stoichiometry/{eid}/{rowid}': gridRows,
  'GET /stoichiometry/{eid}/reactants': 'reactant[]',
  'POST /stoichiometry/{eid}/reactants': 'reactant',
  'GET /stoichiometry/{eid}/products': 'product[]',
  'POST /stoichiometry/{eid}/products': 'product',
  'GET /stoichiometry/{eid}/solvents': 'solvent[]',
  'POST /stoichiometry/{eid}/solvents': 'solvent',
  'GET /stoichiometry/{eid}/conditions': 'condition[]',
  'POST /stoichiometry/{eid}/conditions': 'condition',
  'GET /stoichiometry/{eid}/columns/{grid}': 'gridColumns',
  'PATCH /stoichiometry/{eid}/columns/{grid}': 'gridColumns',

  'GET /subexpSummary/{subexpSummaryId}/rows': 'subexpSummaryRow[]',
  'GET /subexpSummary/{subexpSummaryId}/bulkUpdate/{bulkUpdateId}': 'subexpSummaryBulkUpdateReport',
  'POST /plates': 'entity',
  'GET /plates/{plateContainerId}': 'entity',
  'GET /plates/{plateContainerId}/plates': 'plate[]',
  'POST /plates/{plateContainerId}/plates': 'plate',
  'GET /plates/{plateContainerId}/plates/{id}': 'plate',
  'PATCH /plates/{plateContainerId}/plates/{id}': 'plate',
  'PUT /plates/{plateContainerId}/plates/{id}': 'plate',
  'GET /plates/{plateContainerId}/summary': 'plateRow[]',

  'GET /materials/libraries': 'assetType[]',
  'GET /materials/{eid}': 'material',
  'PATCH /materials/{eid}': 'material',
  'GET /materials/{eid}/properties': 'materialProperty[]',
  'PATCH /materials/{eid}/properties': 'materialProperty[]',
  'PATCH /materials/{eid}/drawing': 'material',
  'PATCH /materials/{eid}/image': 'material',
  'PUT /materials/{eid}/attachments/{fieldId}': 'material',
  'POST /materials/{eid}/transfer': 'material',
  'POST /materials/{eid}/updateFromPubChem': 'material',
  'POST /materials/{libraryName}/assets': 'material',
  'POST /materials/{libraryName}/assets/uniquenessCheck': 'material[]',
  'GET /materials/{libraryName}/assets/id/{id}': 'material',
  'GET /materials/{libraryName}/assets/{id}/batches': 'material[]',
  'POST /materials/{libraryName}/assets/{id}/batches': 'material',
  'GET /materials/{libraryName}/batches/id/{id}': 'material',
  'POST /materials/{libraryName}/bulkExport': 'bulkExportReport',
  'GET /materials/bulkExport/reports/{reportId}': 'materialBulkExportReport',
  'POST /materials/{libraryName}/bulkImport': 'assetBulkImportReport',
  'GET /materials/bulkImport/jobs/{jobId}': 'assetBulkImportReport',

  'GET /inventory/types': 'inventoryType[]',
  'POST /inventory/locations': 'inventoryLocation',
  'GET /inventory/locations/{locationId}': 'inventoryLocation',
  'PATCH /inventory/locations/{locationId}': 'inventoryLocation',
  'PUT /inventory/locations/{locationId}/fields/{fieldId}/attachment': 'inventoryLocation',
  'GET /inventory/locations/{locationId}/sublocations': 'inventoryLocation[]',
  'POST /inventory/containers': 'inventoryContainer[]',
  'POST /inventory/containers/bulk': 'inventoryContainer[]',
  'POST /inventory/containers/search': 'inventoryContainer[]',
  'POST /inventory/containers/status/{action}/bulk': 'inventoryContainer[]',
  'GET /inventory/containers/{containerId}': 'inventoryContainer',
  'PATCH /inventory/containers/{containerId}': 'inventoryContainer',
  'PATCH /inventory/containers/{containerId}/amount': 'inventoryContainer',
  'POST /inventory/containers/{containerId}/status/{action}': 'inventoryContainer',
  'PUT /inventory/containers/{containerId}/fields/{fieldId}/attachment': 'inventoryContainer',

  'GET /attributes': 'listedAttribute[]',
  'POST /attributes': 'attribute',
  'GET /attributes/{eid}': 'attribute',
  'PATCH /attributes/{eid}': 'attribute',
  'POST /attributes/{eid}/refresh': 'attribute',
  'GET /attributes/{eid}/options': 'option[]',
  'PATCH /attributes/{eid}/options': 'option[]',

  'GET /users': 'user[]',
  'POST /users': 'user',
  'GET /users/{userId}': 'user',
  'PATCH /users/{userId}': 'user',
  'PATCH /users/{userId}/reactivate': 'user',
  'GET /users/{userId}/systemGroups': 'group[]',
  'GET /profiles/me': 'profile',
  'GET /groups': 'group[]',
  'POST /groups': 'group',
  'GET /groups/{groupId}': 'group',
  'PATCH /groups/{groupId}': 'group',
  'GET /groups/{groupId}/members': 'user[]',
  'POST /groups/{groupId}/members': 'user[]',
  'GET /roles': 'role[]',
  'GET /roles/{roleId}': 'role',
} satisfies OperationDocuments;

/** @param operation `GET /entities/{eid}`. @returns alternatives; none where no source settles the document. */
export const documentsOf = (operation: string): readonly Answered[] => {
  const rows: Readonly<Record<string, Answered | readonly Answered[]>> = documents;
  return [rows[operation.replace(' /cro/', ' /')] ?? []].flat();
};
