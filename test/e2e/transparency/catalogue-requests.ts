/** One request, or two, for every operation of the catalogue, with ids that the demo tenant has. */
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import { type Case, type Group, get, head, send } from './requests.ts';

const operations = readSignalsOperations();

/** The entity for `{eid}`, by the first segment of the path. */
const entityOf: Readonly<Record<string, string>> = {
  adt: demoIds.grid,
  samples: demoIds.sample,
  chemicaldrawings: demoIds.drawing,
  stoichiometry: demoIds.drawing,
};
const parameters: Readonly<Record<string, string>> = {
  sampleId: demoIds.sample,
  samplesTableId: demoIds.samplesContainer,
  sampleSummaryId: demoIds.samplesContainer,
  groupId: '1',
  userId: '103',
  roleId: '1',
  libraryName: 'Reagents%20(SNB)',
  filename: 'of%20the%20catalogue.txt',
  commentId: '1',
  shareId: '1',
};

const fill = ({ path }: Operation): string => {
  const first = path.split('/')[1] ?? '';
  return path
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'eid' ? (entityOf[first] ?? demoIds.experiment) : (parameters[name] ?? '7'),
    )
    .replace('*', 'any/thing');
};

const isRead = ({ method }: Operation): boolean => method === 'GET';
/** `options`, since a search for tags without any is a 504. */
const document = { data: { type: 'entity', attributes: {} }, options: {} };

const write = (operation: Operation): Case =>
  send(operation.method, `${fill(operation)}?force=true`, operation.method === 'DELETE' ? undefined : document);

const of = (choose: (operation: Operation) => boolean, make: (operation: Operation) => Case): readonly Case[] =>
  operations.filter(choose).map(make);

export const reads: readonly Group[] = [
  { promise: 'every read of the catalogue', cases: of(isRead, (operation) => get(fill(operation))) },
];
export const heads: readonly Group[] = [
  { promise: 'HEAD on everything that can be read', cases: of(isRead, (operation) => head(fill(operation))) },
];
/** Last of all: they change and remove what the others look at. */
export const writes: readonly Group[] = [
  {
    promise: 'every write of the catalogue',
    cases: of(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method), write),
  },
  { promise: 'every removal of the catalogue', cases: of(({ method }) => method === 'DELETE', write) },
];
