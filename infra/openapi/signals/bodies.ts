/** Request bodies of the Signals surface: media types and examples as far as guide, OpenAPI files and observation state them. */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { jsonApiMediaType } from '../../../shared/config/names.ts';
import { type BodyFacts, nameOf } from '../native-api.ts';
import { signalsExamples } from './examples.ts';

const fileTypes = ['application/octet-stream', '*/*'];

const file = (description: string, mediaTypes: readonly string[] = fileTypes): BodyFacts => ({
  mediaTypes,
  description,
  required: true,
  schema: 'file',
});

const anyFile = file('The bytes of the file, with the media type of the file.');
const csv = file('CSV.', ['text/csv']);

const bodies: Readonly<Record<string, BodyFacts>> = {
  'POST /entities/{eid}/children/{filename}': file(
    'The bytes of the file, with its media type: `text/html` makes a text, `chemical/x-cdxml` a drawing, `application/octet-stream` goes by the extension.',
    ['application/octet-stream', 'text/html', 'chemical/x-cdxml', '*/*'],
  ),
  'PUT /entities/{eid}/attachment': anyFile,
  'POST /cro/entities/{eid}/children/{filename}': anyFile,
  'PUT /cro/entities/{eid}/attachment': anyFile,
  'POST /samplesTables/{samplesTableId}/bulkUpdate': csv,
  'POST /inventory/suppliers/upload': csv,
  'POST /synergy/cros/{croId}/bulkUpdateUsers': csv,
  'PUT /inventory/locations/{locationId}/fields/{fieldId}/attachment': anyFile,
  'PUT /inventory/containers/{containerId}/fields/{fieldId}/attachment': anyFile,
  'PATCH /materials/{eid}/drawing': file('The structure, with the media type of its format.', ['*/*']),
  'PATCH /materials/{eid}/image': anyFile,
  'PUT /materials/{eid}/attachments/{fieldId}': anyFile,
  'POST /materials/{libraryName}/bulkUpdate': file('A zip archive.', ['application/zip']),
  'POST /materials/{libraryName}/bulkImport': {
    mediaTypes: [jsonApiMediaType, 'application/octet-stream'],
    description:
      'JSON records, or a zip archive. Above the size limit of the gateway, send it through `POST /v1/uploads`.',
    required: true,
    schema: 'AnyJson',
  },
  'POST /monomers/libraries/{libraryEid}/bulkImport': anyFile,
  'POST /enumerator/{eid}/addCompound': anyFile,
  'POST /extenumerator/{eid}/upload': anyFile,
  'PUT /chemicaldrawings/{eid}/reaction': anyFile,
  'POST /synergy/designTables/{designTableId}/design/bulkImport': file('SDF or CSV, at most 50 MiB and 100 designs.'),
  'PUT /synergy/designs/{designId}/drawing': file('The structure in the format that `format` names.', ['*/*']),
};

/** Searches take plain JSON too; `/inventory/containers/search` refuses it. */
const searches = ['POST /entities/search', 'POST /entities/search/tags', 'POST /entities/search/terms'];

/** Undefined for operations without a body. Where nothing is known, an optional JSON:API document. */
export const signalsBody = (operation: Operation): BodyFacts | undefined => {
  if (!['POST', 'PUT', 'PATCH'].includes(operation.method)) return undefined;
  const name = nameOf(operation);
  const known = bodies[name];
  if (known) return known;
  const example = signalsExamples[name]?.body;
  const more = example === undefined ? {} : { example, required: true };
  if (operation.group === 'scim') return { mediaTypes: ['application/scim+json'], schema: 'AnyJson', ...more };
  if (searches.includes(name)) {
    return { mediaTypes: [jsonApiMediaType, 'application/json'], schema: 'AnyJson', ...more };
  }
  return { mediaTypes: [jsonApiMediaType], schema: 'NativeRequestDocument', ...more };
};
