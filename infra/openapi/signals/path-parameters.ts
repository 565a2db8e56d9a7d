/** Path parameters of the Signals surface. */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { nameOf, type ParameterFacts } from '../native-api.ts';
import { withExample } from './examples.ts';

const text = { type: 'string' };

const byName: Readonly<Record<string, ParameterFacts>> = {
  eid: {
    description: 'Entity id, `type:uuid` such as `experiment:0b5c7d1e-…`; the colon may be raw or `%3A`.',
    schema: text,
  },
  filename: { description: 'Name of the file with its extension; it becomes the name of the element.', schema: text },
  libraryName: { description: 'Name of a material library, percent-encoded: `Reagents%20(SNB)`.', schema: text },
  jobId: { description: 'Id that the start of the job answered with.', schema: text },
  fileId: { description: 'Id of the file that the start of the job answered with.', schema: text },
  userId: { description: 'User id, a decimal number.', schema: text },
  groupId: { description: 'Group id, a decimal number.', schema: text },
  shareId: { description: 'Id of the access grant, a decimal number.', schema: text },
  commentId: { description: 'Comment id, a decimal number.', schema: text },
  rowid: { description: 'Row id, a uuid.', schema: text },
  rowId: { description: 'Row id, a uuid.', schema: text },
  sampleId: { description: 'Sample id, such as `sample:…`.', schema: text },
  taskId: { description: 'Task id, such as `task:…`.', schema: text },
  containerId: { description: 'Bare uuid of the container, without `container:` and `:ivt`.', schema: text },
  locationId: { description: 'Bare uuid of the location, without `location:` and `:ivt`.', schema: text },
  position: {
    description: 'Side of the reaction.',
    schema: { type: 'string', enum: ['reactants', 'reagents', 'products', 'grid'] },
  },
  rest: {
    description: 'The rest of the path. It may hold slashes: send them as they are, not as `%2F`.',
    schema: text,
  },
};

const byOperation: Readonly<Record<string, Readonly<Record<string, ParameterFacts>>>> = {
  'POST /inventory/containers/{containerId}/status/{action}': {
    action: {
      description: 'What happens to the container.',
      schema: { type: 'string', enum: ['checkout', 'checkin', 'dispose', 'restore', 'finalDispose'] },
    },
  },
  'GET /plates/{plateContainerId}/plates/{id}': { id: { description: 'Name of the plate: `Plate-1`.', schema: text } },
  'GET /materials/{libraryName}/assets/id/{id}': {
    id: { description: 'Material id of the asset: its name, such as `0001`.', schema: text },
  },
  'GET /materials/{libraryName}/batches/id/{id}': {
    id: { description: 'Material id of the batch: its name, such as `0001-0001`.', schema: text },
  },
};

const readable = (name: string): string =>
  name
    .replace(/Eid$/, ' id')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

/** A parameter without facts of its own is described by its name. */
export const signalsPathParameter = (operation: Operation, name: string): ParameterFacts => {
  const facts = byOperation[nameOf(operation)]?.[name] ?? byName[name];
  return withExample(operation, name, facts ?? { description: `The ${readable(name)}.`, schema: text });
};
