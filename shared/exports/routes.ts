/** The routes of /v1/exports: files of the tenant, made as jobs and kept for 30 days. */
import * as z from 'zod';
import { pageSize } from '../http/page-size.ts';
import { content, route } from '../routes/route.ts';
import { ExportDocument, ExportsDocument, NewExport } from './export-document.ts';

const capability = 'exports';
const reading = { capability, method: 'GET', scope: 'exports:read' } as const;
const writing = { capability, method: 'POST', scope: 'exports:write' } as const;
const all = '/v1/exports';
const one = '/v1/exports/{exportId}';
const parameters = z.object({ exportId: z.string().max(100).describe('Id of the export.') });
const absent = { 404: 'EXPORT_UNKNOWN', 503: 'EXPORTS_UNAVAILABLE' } as const;
/** Of a route that reads the entity as the caller. */
const reads = {
  403: ['SCOPE_MISSING', 'USER_TOKEN_NEEDED'],
  422: 'EXPORT_REFUSED',
  429: 'EXPORT_LIMIT',
  503: [
    'EXPORTS_UNAVAILABLE',
    'CREDENTIAL_UNAVAILABLE',
    'CREDENTIAL_STORE_UNAVAILABLE',
    'KEY_SERVICE_UNAVAILABLE',
    'TOKENS_UNAVAILABLE',
  ],
} as const;
const location = { Location: 'Where the export is.' };

const createExport = route({
  ...writing,
  id: 'createExport',
  path: all,
  summary: 'Have a file made of an entity or a library',
  description:
    'Needs a scope to read the entity or the library, too. Exports of the same version of the same entity with the same options share the work; each has an id of its own. The export is made with the rights of the service account. `export.completed` and `export.failed` go to your subscriptions.',
  body: NewExport,
  examples: [
    {
      summary: 'The PDF of an experiment, with its history',
      value: {
        data: {
          type: 'export',
          attributes: {
            kind: 'pdf',
            entity: 'experiment:00000000-0000-4000-a000-000000000003',
            options: { history: true },
          },
        },
      },
    },
    {
      summary: 'The contents of an experiment and of all below it',
      value: {
        data: {
          type: 'export',
          attributes: {
            kind: 'bulk',
            entity: 'experiment:00000000-0000-4000-a000-000000000003',
            options: { depth: -1 },
          },
        },
      },
    },
    {
      summary: 'All assets of a library',
      value: {
        data: { type: 'export', attributes: { kind: 'materials', library: 'Compounds', options: { fileType: 'CSV' } } },
      },
    },
    {
      summary: 'All batches of a library with their structures',
      value: {
        data: {
          type: 'export',
          attributes: { kind: 'extract', library: 'Compounds', options: { of: 'batches', structure: 'smiles' } },
        },
      },
    },
  ],
  audit: 'exports.create',
  idempotency: 'keep',
  answers: {
    202: ExportDocument,
    ...reads,
  },
  answerHeaders: location,
});

const listExports = route({
  ...reading,
  id: 'listExports',
  path: all,
  summary: 'Your exports',
  description: 'The newest first. They are listed for 90 days.',
  query: z.strictObject({
    'page[limit]': pageSize(50, 100).describe('Exports on a page.'),
    'page[cursor]': z.string().max(100).optional().describe('From `links.next`.'),
  }),
  answers: { 200: ExportsDocument, 503: 'EXPORTS_UNAVAILABLE' },
});

const readExport = route({
  ...reading,
  id: 'readExport',
  path: one,
  summary: 'How an export stands',
  parameters,
  answers: { 200: ExportDocument, ...absent },
});

const cancelExport = route({
  capability,
  method: 'DELETE',
  scope: 'exports:delete',
  id: 'cancelExport',
  path: one,
  summary: 'Cancel an export',
  description:
    'The work goes on when another consumer waits for the same file. An export that has ended stays as it is.',
  parameters,
  audit: 'exports.cancel',
  answers: { 200: ExportDocument, ...absent },
});

const retryExport = route({
  ...writing,
  id: 'retryExport',
  path: `${one}/retries`,
  summary: 'Try an export again that failed or was cancelled',
  description: 'Makes a new export of the same version with the same options. Needs a scope to read the entity, too.',
  parameters,
  audit: 'exports.retry',
  answers: { 202: ExportDocument, 404: 'EXPORT_UNKNOWN', 409: 'EXPORT_NOT_FAILED', ...reads },
  answerHeaders: location,
});

const readExportContent = route({
  ...reading,
  id: 'readExportContent',
  path: `${one}/content`,
  summary: 'The file of an export',
  description:
    'Streamed, or one range of it. The content of the kinds `bulk`, `materials` and `extract` is a manifest, in JSON: `file` gives the files that it lists. With `Prefer: redirect` the answer is a redirect (303) to a URL in S3, which needs no key and is valid for five minutes. So is that for a file of more than 200 MB; a longer range is answered with its first 200 MB.',
  parameters,
  query: z.strictObject({
    file: z.string().min(1).max(20).optional().describe('A file of the manifest, by its `file`.'),
  }),
  headers: z.object({
    Range: z.string().max(200).optional().describe('One range of bytes; several are answered with the whole file.'),
    Prefer: z.string().max(200).optional().describe('`redirect` = a URL in S3 instead of the bytes.'),
  }),
  answers: {
    200: content('application/octet-stream', 'The file, with the media type of its kind.'),
    206: content('application/octet-stream', 'The range of the file.'),
    303: content('application/octet-stream', 'The URL is in `Location`.'),
    409: ['EXPORT_NOT_READY', 'FILE_TOO_LARGE'],
    416: 'RANGE_UNSATISFIABLE',
    429: 'TOO_MANY_LARGE_ANSWERS',
    404: absent[404],
    503: [absent[503], 'LARGE_ANSWERS_UNAVAILABLE'],
  },
  answerHeaders: { 'Content-Disposition': 'With the name of the file.' },
});

export const exportRoutes = [
  createExport,
  listExports,
  readExport,
  cancelExport,
  retryExport,
  readExportContent,
] as const;
