/** The rules of entity types: needed templates, the type for files of a media type, printable types. */
import { ownOf } from '../json.ts';

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

export const childListParents: ReadonlySet<string> = new Set(['experiment', 'journal', 'samplesContainer']);
export const uploadParents: ReadonlySet<string> = new Set(['experiment', 'journal', 'sample', 'request', 'task']);
export const printedTypes: ReadonlySet<string> = new Set(['experiment', 'request', 'sample', 'task']);

const typeOfMedia: Readonly<Record<string, string>> = {
  'text/html': 'text',
  'text/plain': 'text',
  'chemical/x-cdxml': 'chemicalDrawing',
  'chemical/x-mdl-molfile': 'chemicalDrawing',
  'chemical/x-mdl-rxnfile': 'chemicalDrawing',
  'chemical/x-daylight-smiles': 'chemicalDrawing',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'excel',
  'application/vnd.ms-excel': 'excel',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'viewonly',
  'application/msword': 'viewonly',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'presentation',
};

const mediaOfExtension: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  cdxml: 'chemical/x-cdxml',
  mol: 'chemical/x-mdl-molfile',
  rxn: 'chemical/x-mdl-rxnfile',
  smi: 'chemical/x-daylight-smiles',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  json: 'application/json',
};

/** `application/octet-stream`, or no type at all, is typed by the extension. */
export const mediaTypeOfFile = (mediaType: string, fileName: string): string => {
  if (mediaType !== '' && mediaType !== 'application/octet-stream') return mediaType;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return ownOf(mediaOfExtension, extension) ?? 'application/octet-stream';
};

/** The entity type that a file of this media type becomes. */
export const typeOfFile = (mediaType: string): string =>
  mediaType.startsWith('image/') ? 'imageResource' : (ownOf(typeOfMedia, mediaType) ?? 'uploadedResource');
