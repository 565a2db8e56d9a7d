/** Request bodies to start from. All names and ids are invented. */

const reason = { data: { attributes: { reason: 'Work is complete' } } };
const row = (attributes: object) => ({ data: { type: 'adtRow', attributes } });
const cells = [{ key: '00000000-0000-4000-8000-000000000001', content: { value: 'red' } }];
const pairOfFields = [{ id: '1', value: 'Ethanol' }];

export const signalsExamples: Readonly<Record<string, unknown>> = {
  'POST /entities': {
    data: {
      type: 'experiment',
      attributes: { name: 'Run 8' },
      relationships: { ancestors: { data: [{ type: 'journal', id: 'journal:<uuid>' }] } },
    },
  },
  'PATCH /entities/{eid}/properties': { data: [{ attributes: { name: 'Description', value: 'Second try' } }] },
  'PATCH /entities/{eid}/move': {
    data: { type: 'moveEntityRequest', attributes: { target: { eid: 'journal:<uuid>' } } },
  },
  'POST /entities/{eid}/reviews/close': reason,
  'POST /entities/{eid}/reviews/reopen': reason,
  'POST /entities/{eid}/reviews/archive': reason,
  'POST /entities/{eid}/reviews/unarchive': reason,
  'POST /entities/search': {
    query: {
      $and: [
        { $match: { field: 'type', value: 'experiment', mode: 'keyword' } },
        { $match: { field: 'isTemplate', value: false } },
      ],
    },
  },
  'POST /entities/search/tags': { query: { $match: { field: 'isTemplate', value: false } }, options: { count: 20 } },
  'POST /entities/search/terms': { query: { $match: { field: 'isTemplate', value: false } }, field: 'type' },
  'POST /adt/{eid}': row({ cells }),
  'PATCH /adt/{eid}': { data: [{ type: 'adtRow', attributes: { action: 'create', cells } }] },
  'PATCH /adt/{eid}/{rowid}': row({ cells }),
  'PATCH /samples/{sampleId}/properties': {
    data: { attributes: { data: [{ id: '1', type: 'property', attributes: { content: { value: '3 g' } } }] } },
  },
  'PATCH /samples/{sampleId}/properties/{propertyId}': { data: { attributes: { content: { value: '3 g' } } } },
  'PUT /samples/{sampleId}/status': { data: { attributes: { action: 'close' } } },
  'POST /chemicaldrawings/{eid}/reaction/{position}': { data: { attributes: { dataType: 'smiles', data: 'CCO' } } },
  'POST /materials/{libraryName}/assets': {
    data: {
      type: 'asset',
      attributes: { fields: pairOfFields },
      relationships: { batch: { data: { type: 'batch', attributes: { fields: pairOfFields } } } },
    },
  },
  'POST /inventory/locations': {
    data: {
      type: 'inventoryLocation',
      attributes: { name: 'Shelf 12', typeId: '<type id>', ancestors: [{ id: '<uuid of the parent>' }], fields: [] },
    },
  },
  'POST /inventory/containers': {
    data: {
      type: 'inventoryContainer',
      attributes: {
        typeId: '<type id>',
        contents: [{ entityId: 'batch:<id>' }],
        location: { id: '<uuid of the location>' },
        amount: 5,
        unit: 'g',
      },
    },
  },
  'PATCH /inventory/containers/{containerId}/amount': {
    data: { type: 'inventoryContainer', attributes: { amount: '4 g' } },
  },
  'POST /inventory/containers/search': { data: { type: 'containerSearch', attributes: { barcodes: ['B12'] } } },
  'PATCH /notifications/{id}': { data: [{ attributes: { name: 'isDismissed', value: 'true' } }] },
};
