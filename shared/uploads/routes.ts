/** The routes of /v1/uploads: bodies above the size limit of the gateway. The operation that an upload names decides on the scope. */
import * as z from 'zod';
import { nativeAnswer, nothing, route } from '../routes/route.ts';
import { callErrors } from '../tenant-calls/tenant-errors.ts';
import { NewUpload } from './upload.ts';
import { UploadDocument } from './upload-document.ts';

const common = { capability: 'uploads', scope: 'any-consumer' } as const;
const one = '/v1/uploads/{uploadId}';
const parameters = z.object({ uploadId: z.string().describe('Id of the upload.') });

const createUpload = route({
  ...common,
  id: 'createUpload',
  method: 'POST',
  path: '/v1/uploads',
  summary: 'Name a native operation and get a URL for its body',
  description:
    'Needs the scope of the operation that it names. The answer tells where to PUT exactly `sizeBytes` bytes (`links.upload`) and with which headers (`uploadHeaders`); no key goes there. The URL works for an hour, the upload is kept for 24.',
  body: NewUpload,
  examples: [
    {
      summary: 'A scan of 50 MiB',
      value: {
        data: {
          type: 'upload',
          attributes: {
            method: 'POST',
            path: '/api/rest/v1.0/entities/experiment:00000000-0000-4000-a000-000000000003/children/scan.tif?force=true',
            mediaType: 'image/tiff',
            sizeBytes: 52_428_800,
          },
        },
      },
    },
  ],
  answers: {
    201: UploadDocument,
    403: ['SCOPE_MISSING', 'USER_TOKEN_NEEDED'],
    429: 'UPLOAD_LIMIT',
    503: [
      'CREDENTIAL_UNAVAILABLE',
      'CREDENTIAL_STORE_UNAVAILABLE',
      'KEY_SERVICE_UNAVAILABLE',
      'TOKENS_UNAVAILABLE',
      'UPLOADS_UNAVAILABLE',
    ],
  },
  answerHeaders: { Location: 'The upload.' },
});

const readUpload = route({
  ...common,
  id: 'readUpload',
  method: 'GET',
  path: one,
  summary: 'State of an upload',
  parameters,
  answers: { 200: UploadDocument, 404: 'UPLOAD_UNKNOWN', 503: 'UPLOADS_UNAVAILABLE' },
});

const deleteUpload = route({
  ...common,
  id: 'deleteUpload',
  method: 'DELETE',
  path: one,
  summary: 'Forget an upload and its bytes',
  parameters,
  answers: { 204: nothing, 404: 'UPLOAD_UNKNOWN', 409: 'UPLOAD_BUSY', 503: 'UPLOADS_UNAVAILABLE' },
});

const forwardUpload = route({
  ...common,
  id: 'forwardUpload',
  method: 'POST',
  path: '/v1/uploads/{uploadId}/forward',
  summary: 'Send the uploaded bytes to the native operation',
  description:
    'Answers with the native answer itself: status, headers and body. Further query parameters replace those of the same name in the recorded path, so a stale digest needs no second upload: `?digest=<new digest>`.',
  parameters,
  query: z.strictObject({
    again: z
      .preprocess((text) => text === 'true', z.boolean())
      .optional()
      .describe('Forward an `uncertain` upload once more. Look in the tenant first: the last try may have worked.'),
    digest: z
      .string()
      .optional()
      .describe('Replaces the digest of the recorded path; so does every other query parameter.'),
  }),
  passesQuery: true,
  idempotency: 'keep',
  answers: {
    200: nativeAnswer,
    ...callErrors,
    404: 'UPLOAD_UNKNOWN',
    409: ['UPLOAD_BUSY', 'UPLOAD_EMPTY', 'UPLOAD_DONE', 'UPLOAD_UNCERTAIN'],
    429: 'TOO_MANY_LARGE_ANSWERS',
    503: [...callErrors[503], 'UPLOADS_UNAVAILABLE'],
  },
});

export const uploadRoutes = [createUpload, readUpload, deleteUpload, forwardUpload] as const;
