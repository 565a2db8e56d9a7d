/**
 * Which media types go in and out of each operation. JSON:API both ways unless listed here.
 * That 415 and 406 hold beyond the operations on which they were observed is invented.
 */
import { notAcceptable, unsupportedMediaType } from '../errors.ts';
import type { OperationKey } from '../operations.ts';
import { jsonApi } from './reply.ts';

export const scimJson = 'application/scim+json';

type BodyKind = 'jsonApi' | 'anyJson' | 'scim' | 'csv' | 'zip' | 'import' | 'bytes';

const bodyKinds: Partial<Record<OperationKey, BodyKind>> = {
  'POST /entities/search': 'anyJson',
  'POST /entities/search/tags': 'anyJson',
  'POST /entities/search/terms': 'anyJson',
  'POST /entities/{eid}/children/{filename}': 'bytes',
  'PUT /entities/{eid}/attachment': 'bytes',
  'POST /samplesTables/{samplesTableId}/bulkUpdate': 'csv',
  'POST /inventory/suppliers/upload': 'csv',
  'PUT /inventory/locations/{locationId}/fields/{fieldId}/attachment': 'bytes',
  'PUT /inventory/containers/{containerId}/fields/{fieldId}/attachment': 'bytes',
  'PATCH /materials/{eid}/image': 'bytes',
  'PATCH /materials/{eid}/drawing': 'bytes',
  'PUT /materials/{eid}/attachments/{fieldId}': 'bytes',
  'POST /materials/{libraryName}/bulkImport': 'import',
  'POST /materials/{libraryName}/bulkUpdate': 'zip',
  'POST /monomers/libraries/{libraryEid}/bulkImport': 'bytes',
  'POST /enumerator/{eid}/addCompound': 'bytes',
  'POST /extenumerator/{eid}/upload': 'bytes',
  'PUT /chemicaldrawings/{eid}/reaction': 'bytes',
};

const acceptedTypes: Readonly<Record<BodyKind, readonly string[] | undefined>> = {
  jsonApi: [jsonApi],
  anyJson: [jsonApi, 'application/json'],
  scim: [scimJson, 'application/json'],
  csv: ['text/csv'],
  zip: ['application/zip'],
  import: [jsonApi, 'application/octet-stream', 'application/zip'],
  bytes: undefined,
};

/** Operations of contract partners accept the same types as their counterparts. */
const kindOf = (key: OperationKey): BodyKind =>
  key.includes(' /scim/') ? 'scim' : (bodyKinds[key.replace(' /cro/', ' /') as OperationKey] ?? 'jsonApi');

const mediaTypeOf = (header: string) => (header.split(';')[0] ?? '').trim().toLowerCase();

/** @throws 415 when a body of a wrong type comes; a body without a type is taken as the right one. */
export const checkContentType = (key: OperationKey, contentType: string | undefined, hasBody: boolean): void => {
  const allowed = acceptedTypes[kindOf(key)];
  if (!hasBody || allowed === undefined || contentType === undefined) return;
  if (!allowed.includes(mediaTypeOf(contentType))) throw unsupportedMediaType(mediaTypeOf(contentType));
};

/** Reads that answer with bytes, text or SCIM, whatever `Accept` says. */
const binaryReads =
  /\/(export|pdf|contents|report|failures|image|picture|drawing|attachment|bioSequence|structure|example|template)$|\/(attachments|download|reportFile|export\/pdf|reaction)\/|\/reaction$|\/scim\/|\/export\/pdf\/|\/history\/proxy\//;

/** @throws 406 on a GET that names media types, none of which is JSON:API or a wildcard over it. */
export const checkAccept = (key: OperationKey, accept: string | undefined): void => {
  if (!key.startsWith('GET ') || accept === undefined || accept.trim() === '') return;
  if (binaryReads.test(key)) return;
  const ranges = accept.split(',').map(mediaTypeOf);
  if (!ranges.some((range) => range === jsonApi || range === '*/*' || range === 'application/*'))
    throw notAcceptable(accept);
};

const mebibyte = 1_048_576;

/** Largest body: 100 MB in general, 300 MiB for the materials import, 50 MB for monomers. */
export const bodyLimitBytes = (key: OperationKey): number => {
  if (key === 'POST /materials/{libraryName}/bulkImport') return 300 * mebibyte;
  if (key === 'POST /monomers/libraries/{libraryEid}/bulkImport') return 50 * mebibyte;
  return 100 * mebibyte;
};
