/**
 * Requests to start from, which run as they stand in the twin (test/e2e/examples.test.ts). The ids are those of the simulated tenant.
 */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { nameOf, type ParameterFacts } from '../native-api.ts';

type Example = {
  /** Parameters of the path and of the query. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

const uuid = (number: number) => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;
const notebook = `journal:${uuid(1)}`;
const experiment = `experiment:${uuid(3)}`;
const grid = `grid:${uuid(5)}`;
const sampleId = `sample:${uuid(7)}`;
const filesExperiment = `experiment:${uuid(9)}`;
const closedExperiment = `experiment:${uuid(14)}`;
const vialType = 'a0000000-0000-4000-b000-000000000001';
const roomType = 'b0000000-0000-4000-b000-000000000001';
const building = 'c0000000-0000-4000-b000-000000000001';
const room = 'c0000000-0000-4000-b000-000000000002';
const containerId = 'd0000000-0000-4000-b000-000000000001';

/** An example names no digest: it would be stale after the first write. */
const force = { force: true };
const row = (attributes: object) => ({ data: { type: 'adtRow', attributes } });
const cells = [{ key: 'c0000000-0000-4000-a000-000000000001', content: { value: 'red' } }];
const review = (eid: string): Example => ({
  parameters: { eid, ...force },
  body: { data: { attributes: { reason: 'Work is complete' } } },
});
const allButTemplates = { $match: { field: 'isTemplate', value: false } };

export const signalsExamples: Readonly<Record<string, Example>> = {
  'POST /entities': {
    parameters: force,
    body: {
      data: {
        type: 'experiment',
        attributes: { name: 'Run 8' },
        relationships: { ancestors: { data: [{ type: 'journal', id: notebook }] } },
      },
    },
  },
  'PATCH /entities/{eid}/properties': {
    parameters: { eid: experiment, ...force },
    body: { data: [{ attributes: { name: 'Description', value: 'Second try' } }] },
  },
  'PATCH /entities/{eid}/move': {
    parameters: { eid: filesExperiment },
    body: { data: { type: 'moveEntityRequest', attributes: { target: { eid: `journal:${uuid(2)}` } } } },
  },
  'POST /entities/{eid}/reviews/close': review(filesExperiment),
  'POST /entities/{eid}/reviews/reopen': review(closedExperiment),
  'POST /entities/{eid}/reviews/archive': review(closedExperiment),
  'POST /entities/{eid}/reviews/unarchive': review(closedExperiment),
  'POST /entities/search': {
    body: { query: { $and: [{ $match: { field: 'type', value: 'experiment', mode: 'keyword' } }, allButTemplates] } },
  },
  'POST /entities/search/tags': { body: { query: allButTemplates, options: { count: 20 } } },
  'POST /entities/search/terms': { body: { query: allButTemplates, field: 'type' } },
  'POST /adt/{eid}': { parameters: { eid: grid, ...force }, body: row({ cells }) },
  'PATCH /adt/{eid}': {
    parameters: { eid: grid, ...force },
    body: { data: [{ type: 'adtRow', attributes: { action: 'create', cells } }] },
  },
  'PATCH /adt/{eid}/{rowid}': {
    parameters: { eid: grid, rowid: '531a1b0c-1ec3-4cbf-a42f-19fc1142fd9a', ...force },
    body: row({ cells }),
  },
  'PATCH /samples/{sampleId}/properties': {
    parameters: { sampleId, ...force },
    body: {
      data: {
        attributes: { data: [{ id: '2', type: 'property', attributes: { content: { value: 'Pale crystals' } } }] },
      },
    },
  },
  'PATCH /samples/{sampleId}/properties/{propertyId}': {
    parameters: { sampleId, propertyId: '31', ...force },
    body: { data: { attributes: { content: { value: '3 g' } } } },
  },
  'PUT /samples/{sampleId}/status': {
    parameters: { sampleId, ...force },
    body: { data: { attributes: { action: 'close' } } },
  },
  'POST /chemicaldrawings/{eid}/reaction/{position}': {
    parameters: { eid: `chemicalDrawing:${uuid(12)}`, position: 'reactants', ...force },
    body: { data: { attributes: { dataType: 'smiles', data: 'CCO' } } },
  },
  'POST /materials/{libraryName}/assets': {
    parameters: { libraryName: 'Compounds' },
    body: {
      data: {
        type: 'asset',
        attributes: { fields: [{ id: '5f1e000000000000000000a1', value: 'Ethanol' }] },
        relationships: { batch: { data: { type: 'batch', attributes: { fields: [] } } } },
      },
    },
  },
  'POST /inventory/locations': {
    body: {
      data: {
        type: 'inventoryLocation',
        attributes: { name: 'Room 2026', typeId: roomType, ancestors: [{ id: building }], fields: [] },
      },
    },
  },
  'POST /inventory/containers': {
    body: {
      data: {
        type: 'inventoryContainer',
        attributes: {
          typeId: vialType,
          location: { id: room },
          amount: 5,
          unit: 'g',
          fields: [{ id: 'f1', content: { value: 'Red' } }],
        },
      },
    },
  },
  'PATCH /inventory/containers/{containerId}/amount': {
    parameters: { containerId, ...force },
    body: { data: { type: 'inventoryContainer', attributes: { amount: '4 g' } } },
  },
  'POST /inventory/containers/search': {
    body: { data: { type: 'containerSearch', attributes: { barcodes: ['C00001'] } } },
  },
  'PATCH /notifications/{id}': {
    parameters: { id: '24' },
    body: { data: [{ attributes: { name: 'isDismissed', value: 'true' } }] },
  },
};

/** The facts of a parameter, with its value in the example of the operation. */
export const withExample = (operation: Operation, name: string, facts: ParameterFacts): ParameterFacts => {
  const example = signalsExamples[nameOf(operation)]?.parameters?.[name];
  return example === undefined ? facts : { ...facts, example };
};
