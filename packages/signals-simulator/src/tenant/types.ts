/** The rules of entity types: needed templates, the type for files of a media type, printable types. */
export const templateRequired: ReadonlySet<string> = new Set([
  'grid',
  'sample',
  'worksheet',
  'task',
  'variationsGrid',
  'hierarchicalGrid',
  'designTable',
]);
const templateOptional = ['experiment', 'paraexp', 'request', 'synergyExperiment', 'idea', 'ado'];
const templateNone = [
  'journal',
  'parasubexp',
  'paraLayout',
  'materialsTable',
  'referenceTable',
  'workOrder',
  'linkedTaskContainer',
];

/** The types that `POST /entities` can create. */
export const creatableTypes: ReadonlySet<string> = new Set([...templateRequired, ...templateOptional, ...templateNone]);

/** Types that live in a table inside the record; the table is found or made when the record is named as ancestor. */
export const containerTypes: Readonly<Record<string, string>> = { sample: 'samplesContainer', task: 'taskContainer' };

/** Types with a state of their own. */
export const recordTypes: ReadonlySet<string> = new Set([
  'experiment',
  'request',
  'ado',
  'paraexp',
  'parasubexp',
  'synergyExperiment',
  'idea',
]);

/** Clients list the children of these types (client-shapes S16); the others are leaves. */
export const childListParents: ReadonlySet<string> = new Set([
  'experiment',
  'journal',
  'samplesContainer',
  'request',
  'ado',
  'paraexp',
  'parasubexp',
  'taskContainer',
]);
export const uploadParents: ReadonlySet<string> = new Set(['experiment', 'journal', 'sample', 'request', 'task']);
export const printedTypes: ReadonlySet<string> = new Set(['experiment', 'request', 'sample', 'task']);
