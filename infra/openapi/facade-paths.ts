/** The facade's own resources. */
import { jsonApiMediaType, signalsBasePath } from '../../shared/config/names.ts';
import { consumerPaths, consumerTag } from './consumer-paths.ts';
import { credentialPaths, credentialTag } from './credential-paths.ts';
import { facadeErrorsOf } from './error-responses.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { Json } from './native-api.ts';
import { tokenPaths, tokenTag } from './token-paths.ts';

export const facadeTags: readonly Json[] = [
  {
    name: 'uploads',
    description: 'Bodies above the size limit of the gateway, up to 300 MiB: create, PUT the bytes, forward.',
  },
  { name: 'cache', description: 'What the cache does, and emptying it. For operators.' },
  { name: 'quota', description: "How the tenant's budget stands, and calls reserved ahead." },
  { name: 'requests', description: 'Why a request was answered as it was.' },
  { name: 'audit', description: 'Who has changed what, and what came of it. For operators.' },
  consumerTag,
  credentialTag,
  tokenTag,
  { name: 'service', description: 'For people and tools. No key needed.' },
];

const headers: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

const uploadId: Json = {
  name: 'uploadId',
  in: 'path',
  required: true,
  description: 'Id of the upload.',
  schema: { type: 'string' },
};

const documentAnswer = (description: string, schema: string, mediaType = jsonApiMediaType): Json => ({
  description,
  headers,
  content: { [mediaType]: { schema: { $ref: `#/components/schemas/${schema}` } } },
});

const newUploadExample: Json = {
  data: {
    type: 'upload',
    attributes: {
      method: 'POST',
      path: `${signalsBasePath}/entities/experiment:<uuid>/children/scan.tif?digest=<digest>`,
      mediaType: 'image/tiff',
      sizeBytes: 52_428_800,
    },
  },
};

const createUpload: Json = {
  operationId: 'createUpload',
  tags: ['uploads'],
  summary: 'Name a native operation and get a URL for its body',
  description:
    'Needs the scope of the operation that it names. The answer tells where to PUT exactly `sizeBytes` bytes (`links.upload`) and with which headers (`uploadHeaders`); no key goes there. The URL works for an hour, the upload is kept for 24.',
  requestBody: {
    required: true,
    content: {
      [jsonApiMediaType]: { schema: { $ref: '#/components/schemas/NewUpload' }, example: newUploadExample },
    },
  },
  responses: {
    '201': {
      ...documentAnswer('The upload.', 'UploadDocument'),
      headers: { ...headers, Location: { description: 'The upload.', schema: { type: 'string', format: 'uri' } } },
    },
    ...facadeErrorsOf([400, 401, 403, 413, 415, 429, 500, 502, 504]),
  },
};

const readUpload: Json = {
  operationId: 'readUpload',
  tags: ['uploads'],
  summary: 'State of an upload',
  parameters: [uploadId],
  responses: {
    '200': documentAnswer('The upload.', 'UploadDocument'),
    ...facadeErrorsOf([401, 403, 404, 429, 500, 502, 504]),
  },
};

const deleteUpload: Json = {
  operationId: 'deleteUpload',
  tags: ['uploads'],
  summary: 'Forget an upload and its bytes',
  parameters: [uploadId],
  responses: {
    '204': { description: 'Forgotten.', headers },
    ...facadeErrorsOf([401, 403, 404, 409, 429, 500, 502, 504]),
  },
};

const forwardUpload: Json = {
  operationId: 'forwardUpload',
  tags: ['uploads'],
  summary: 'Send the uploaded bytes to the native operation',
  description:
    'Answers with the native answer itself: status, headers and body. Further query parameters replace those of the same name in the recorded path, so a stale digest needs no second upload: `?digest=<new digest>`.',
  parameters: [
    uploadId,
    idempotencyKey,
    {
      name: 'again',
      in: 'query',
      description: 'Forward an `uncertain` upload once more. Look in the tenant first: the last try may have worked.',
      schema: { type: 'boolean' },
    },
    {
      name: 'digest',
      in: 'query',
      description: 'Replaces the digest of the recorded path; so does every other query parameter.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    '2XX': { description: 'The native answer.', headers, content: { '*/*': {} } },
    ...facadeErrorsOf([400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504]),
    default: { $ref: '#/components/responses/NativeErrorOther' },
  },
};

export const facadePaths: Readonly<Record<string, Json>> = {
  '/v1/uploads': { post: createUpload },
  '/v1/uploads/{uploadId}': { get: readUpload, delete: deleteUpload },
  '/v1/uploads/{uploadId}/forward': { post: forwardUpload },
  ...consumerPaths,
  ...credentialPaths,
  ...tokenPaths,
};
