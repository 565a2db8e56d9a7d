/** The routes of /v1/entities: rows of tables, files, and properties of an entity. */
import * as z from 'zod';
import { jsonApiMediaType } from '../config/names.ts';
import { pageSize } from '../http/page-size.ts';
import { nativeAnswer, nothing, route } from '../routes/route.ts';
import { callErrors, tenantErrors } from '../tenant-calls/tenant-errors.ts';
import { AttachmentDocument, AttachmentsDocument, FileName } from './attachment-document.ts';
import { Id } from './entity-id.ts';
import { EntityChange, EntityDocument } from './properties.ts';
import { AddedRowsDocument, comment, NewRows, RowChange, RowDocument, RowsDocument, reasonId } from './row-document.ts';
import { etagHeader, onConflict, versionHeaders } from './versions.ts';

const common = { capability: 'entities', callsTenant: true } as const;
const reading = { ...common, method: 'GET', scope: 'entities:read' } as const;
const writing = { ...common, scope: 'entities:write' } as const;
const one = '/v1/entities/{eid}';

const eid = Id.describe('Id of the entity, such as grid:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10.');
const ofEntity = z.object({ eid });
const ofRow = z.object({ eid, rowId: Id.describe('Id of the row.') });
const ofFile = z.object({ eid, attachmentId: Id.describe('Id of the file, such as pdf:<uuid>.') });
const part = Id.optional().describe('The layer of a hierarchical table, or the variant of a variations table.');

const readErrors = { ...tenantErrors, 404: 'ENTITY_UNKNOWN' } as const;
const tableErrors = { ...readErrors, 422: ['TENANT_REFUSED', 'TABLE_REFUSED'] } as const;
const versionErrors = { 409: 'ENTITY_CONTENDED', 412: 'ENTITY_CHANGED', 428: 'VERSION_MISSING' } as const;

const kinds =
  'Tables are admin-defined tables (`grid`), materials tables, tables of samples, hierarchical tables and variations tables. You need the scope of the native operations too: `adt`, `materials`, `entities` or `hierarchical-tables`.';
const versions =
  'Name the version in `If-Match`, or write on the latest one with `onConflict=retry`: then cells that another one has changed meanwhile and that you name are overwritten, and nothing else is.';

const listRows = route({
  ...reading,
  id: 'listTableRows',
  path: `${one}/rows`,
  summary: 'A page of the rows of a table',
  description: `${kinds} The tenant gives a table as a whole, and the cache keeps it: a page is one call, or none.`,
  parameters: ofEntity,
  query: z.strictObject({
    part,
    'page[cursor]': z.string().max(300).optional().describe('From `links.next`.'),
    'page[limit]': pageSize(100, 1_000).describe('Rows on a page.'),
  }),
  answers: { 200: RowsDocument, ...tableErrors },
});

const addRows = route({
  ...writing,
  id: 'addTableRows',
  method: 'POST',
  path: `${one}/rows`,
  summary: 'Add rows to a table',
  description: `${kinds} All faults of all rows are reported at once, before anything is written. ${versions}`,
  parameters: ofEntity,
  query: z.strictObject({ part, onConflict }),
  headers: versionHeaders,
  body: NewRows,
  examples: [
    {
      summary: 'Two rows',
      parameters: { eid: 'grid:00000000-0000-4000-a000-000000000005', onConflict: 'retry' },
      value: {
        data: {
          type: 'table-rows',
          attributes: {
            rows: [{ cells: { Colour: 'red', Mass: '2.5 g' } }, { cells: { Colour: 'blue', Mass: '3 g' } }],
          },
        },
      },
    },
  ],
  idempotency: 'keep',
  answers: { 201: AddedRowsDocument, ...tableErrors, ...versionErrors },
  answerHeaders: etagHeader,
});

const changeRow = route({
  ...writing,
  id: 'changeTableRow',
  method: 'PATCH',
  path: `${one}/rows/{rowId}`,
  summary: 'Change cells of a row',
  description: `Cells that are not named stay. ${versions}`,
  parameters: ofRow,
  query: z.strictObject({ part, onConflict }),
  headers: versionHeaders,
  body: RowChange,
  examples: [
    {
      summary: 'One cell',
      parameters: {
        eid: 'grid:00000000-0000-4000-a000-000000000005',
        rowId: '531a1b0c-1ec3-4cbf-a42f-19fc1142fd9a',
        onConflict: 'retry',
      },
      value: { data: { type: 'table-row', attributes: { cells: { Colour: 'green' } } } },
    },
  ],
  answers: { 200: RowDocument, ...tableErrors, ...versionErrors },
  answerHeaders: etagHeader,
});

const deleteRow = route({
  ...writing,
  id: 'deleteTableRow',
  method: 'DELETE',
  path: `${one}/rows/{rowId}`,
  summary: 'Delete a row of a table',
  description: `With a reason, or in a table of samples, the deletion is a change of the table. Otherwise you need the scope \`delete\` of the native operation. ${versions}`,
  parameters: ofRow,
  query: z.strictObject({ part, onConflict, reasonId, comment }),
  headers: versionHeaders,
  answers: { 204: nothing, ...tableErrors, ...versionErrors },
});

const listAttachments = route({
  ...reading,
  id: 'listAttachments',
  path: `${one}/attachments`,
  summary: 'The files of an entity',
  description: 'All of them, in one document: the children that a file can become. A call for each hundred children.',
  parameters: ofEntity,
  answers: { 200: AttachmentsDocument, ...readErrors },
});

/** API Gateway and Lambda take little more. */
const largestFile = {
  mostBodyBytes: 4_194_304,
  forLargerBodies: 'Send a larger file in three steps: POST /v1/uploads.',
  bodyMediaType: '*/*',
} as const;

const addAttachment = route({
  ...writing,
  ...largestFile,
  id: 'addAttachment',
  method: 'POST',
  path: `${one}/attachments`,
  summary: 'Add a file to an entity',
  description:
    'The body is the bytes, up to 4 MiB, and `Content-Type` their media type; larger files go by `/v1/uploads`. The version is the one of the entity. With `onConflict=retry` nothing is overwritten.',
  parameters: ofEntity,
  query: z.strictObject({
    filename: FileName.describe('Becomes the name. One line without slashes.'),
    onConflict,
  }),
  headers: versionHeaders,
  idempotency: 'keep',
  answers: { 201: AttachmentDocument, ...readErrors, ...versionErrors, 415: 'MEDIA_TYPE_UNKNOWN' },
  answerHeaders: { Location: 'The file.' },
});

const readAttachment = route({
  ...reading,
  id: 'readAttachment',
  path: `${one}/attachments/{attachmentId}`,
  summary: 'The bytes of a file',
  description: 'The answer of the native download, which streams.',
  parameters: ofFile,
  query: z.strictObject({ format: z.string().max(50).optional().describe('Such as svg; absent = as it was stored.') }),
  answers: {
    200: nativeAnswer,
    ...callErrors,
    404: 'ENTITY_UNKNOWN',
    422: 'TENANT_REFUSED',
    429: tenantErrors[429],
    502: tenantErrors[502],
  },
});

const replaceAttachment = route({
  ...writing,
  ...largestFile,
  id: 'replaceAttachment',
  method: 'PUT',
  path: `${one}/attachments/{attachmentId}`,
  summary: 'Replace the bytes of a file',
  description:
    'The version is the one of the file. With `onConflict=retry`, bytes that another one has stored meanwhile are overwritten.',
  parameters: ofFile,
  query: z.strictObject({ onConflict }),
  headers: versionHeaders,
  answers: { 200: AttachmentDocument, ...readErrors, ...versionErrors, 415: 'MEDIA_TYPE_UNKNOWN' },
  answerHeaders: etagHeader,
});

const changeEntity = route({
  ...writing,
  id: 'changeEntity',
  method: 'PATCH',
  path: one,
  summary: 'Change properties of an entity, such as an experiment',
  description: `Properties that are not named stay. ${versions.replaceAll('cells', 'properties')}`,
  parameters: ofEntity,
  query: z.strictObject({ onConflict }),
  headers: versionHeaders,
  body: EntityChange,
  examples: [
    {
      summary: 'A description',
      parameters: { eid: 'experiment:00000000-0000-4000-a000-000000000003', onConflict: 'retry' },
      value: { data: { type: 'entity', attributes: { properties: { Description: 'Third run, at 60 °C' } } } },
    },
  ],
  answers: { 200: EntityDocument, ...readErrors, ...versionErrors },
  answerHeaders: etagHeader,
});

const replaceProperties = route({
  ...writing,
  id: 'replaceProperties',
  method: 'PUT',
  path: `${one}/properties`,
  summary: 'Change properties, in the form of the tenant',
  description:
    'The native `PATCH /entities/{eid}/properties` by another method, with the same body and parameters (`digest` or `force`, or If-Match).',
  parameters: ofEntity,
  passesQuery: true,
  bodyMediaType: jsonApiMediaType,
  answers: { 200: nativeAnswer, ...callErrors, 429: tenantErrors[429] },
});

export const entityRoutes = [
  listRows,
  addRows,
  changeRow,
  deleteRow,
  listAttachments,
  addAttachment,
  readAttachment,
  replaceAttachment,
  changeEntity,
  replaceProperties,
] as const;
