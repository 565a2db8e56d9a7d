/** Files: the media type of an extension, and the entity type that a file of a media type becomes (client-shapes S26). */
import { ownOf } from '../json.ts';

const office = 'application/vnd.openxmlformats-officedocument';
const word = `${office}.wordprocessingml`;
const sheets = `${office}.spreadsheetml`;
const slides = `${office}.presentationml`;

const mediaOfType: Readonly<Record<string, readonly string[]>> = {
  text: ['text/plain', 'text/html'],
  chemicalDrawing: [
    'chemical/x-cdx',
    'chemical/x-cdxml',
    'chemical/x-mdl-molfile',
    'chemical/x-mdl-rxnfile',
    'chemical/x-daylight-smiles',
  ],
  imageResource: ['image/tiff', 'image/png', 'image/jpeg', 'image/gif', 'image/bmp', 'image/svg+xml'],
  bioSequence: [
    'biosequence/fasta',
    'biosequence/genbank',
    'biosequence/genpept',
    'chemical/x-swissprot',
    'application/vnd.snapgene.dna',
    'application/vnd.snapgene.protein',
  ],
  viewonly: [
    'application/msword',
    `${word}.document`,
    `${word}.template`,
    'application/vnd.ms-word.document.macroenabled.12',
    'application/vnd.ms-word.template.macroenabled.12',
  ],
  excel: [
    'application/vnd.ms-excel',
    `${sheets}.sheet`,
    `${sheets}.template`,
    'application/vnd.ms-excel.sheet.macroenabled.12',
    'application/vnd.ms-excel.template.macroenabled.12',
  ],
  presentation: [
    'application/vnd.ms-powerpoint',
    `${slides}.presentation`,
    `${slides}.slideshow`,
    `${slides}.template`,
    'application/vnd.ms-powerpoint.presentation.macroenabled.12',
    'application/vnd.ms-powerpoint.slideshow.macroenabled.12',
  ],
  spotfiredxp: ['application/vnd.spotfire.dxp'],
  pdf: ['application/pdf'],
};

const typeOfMedia: ReadonlyMap<string, string> = new Map(
  Object.entries(mediaOfType).flatMap(([type, media]) => media.map((mediaType) => [mediaType, type] as const)),
);

/** The first extension of a media type is the one that an export adds. */
const mediaOfExtension: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  cdxml: 'chemical/x-cdxml',
  cdx: 'chemical/x-cdx',
  mol: 'chemical/x-mdl-molfile',
  rxn: 'chemical/x-mdl-rxnfile',
  smi: 'chemical/x-daylight-smiles',
  fasta: 'biosequence/fasta',
  fa: 'biosequence/fasta',
  gb: 'biosequence/genbank',
  gp: 'biosequence/genpept',
  dna: 'application/vnd.snapgene.dna',
  prot: 'application/vnd.snapgene.protein',
  pdf: 'application/pdf',
  xlsx: `${sheets}.sheet`,
  xltx: `${sheets}.template`,
  xls: 'application/vnd.ms-excel',
  docx: `${word}.document`,
  dotx: `${word}.template`,
  doc: 'application/msword',
  pptx: `${slides}.presentation`,
  ppsx: `${slides}.slideshow`,
  potx: `${slides}.template`,
  ppt: 'application/vnd.ms-powerpoint',
  dxp: 'application/vnd.spotfire.dxp',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  json: 'application/json',
};

const extensionOfMedia: ReadonlyMap<string, string> = new Map(
  Object.entries(mediaOfExtension)
    .toReversed()
    .map(([extension, mediaType]) => [mediaType, extension] as const),
);

/** The type that the caller states counts; `application/octet-stream`, or none, is typed by the extension. */
export const mediaTypeOfFile = (mediaType: string, fileName: string): string => {
  if (mediaType !== '' && mediaType !== 'application/octet-stream') return mediaType;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return ownOf(mediaOfExtension, extension) ?? 'application/octet-stream';
};

/** The entity type that a file of this media type becomes. Sources differ on text/csv: here it is an uploadedResource. */
export const typeOfFile = (mediaType: string): string => typeOfMedia.get(mediaType.toLowerCase()) ?? 'uploadedResource';

/** With a dot; empty for a media type without one. */
export const extensionOf = (mediaType: string): string => {
  const extension = extensionOfMedia.get(mediaType.toLowerCase());
  return extension === undefined ? '' : `.${extension}`;
};
