/** Documents that the facade itself reads and writes, as schemas. What it reads is checked with them at run time. */
import * as z from 'zod';
import { ConsumerChange, NewConsumer, NewKey } from '../../shared/consumers/admin-document.ts';
import {
  CredentialChange,
  CredentialDocument,
  CredentialsDocument,
  NewCredential,
} from '../../shared/credentials/key-document.ts';
import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';
import { NewUpload, UploadState } from '../../shared/uploads/upload.ts';
import type { Json } from './native-api.ts';

export const ErrorDocumentSchema = z.strictObject({
  errors: z
    .array(
      z.strictObject({
        id: z.string().describe('Id of the request; also in the header X-Request-Id.'),
        status: z.string().describe('The HTTP status, as text.'),
        code: z
          .enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]])
          .describe('What went wrong. A code never changes its meaning.'),
        title: z.string().describe('The code in words.'),
        detail: z.string().describe('What is wrong here and what to do.'),
        source: z
          .strictObject({
            pointer: z.string().optional().describe('JSON pointer into the body.'),
            parameter: z.string().optional(),
            header: z.string().optional(),
          })
          .optional(),
      }),
    )
    .min(1),
});

export const UploadDocumentSchema = z.strictObject({
  links: z.strictObject({ self: z.url() }),
  data: z.strictObject({
    type: z.literal('upload'),
    id: z.string(),
    links: z.strictObject({
      self: z.url(),
      forward: z.url().describe('POST here to send the bytes to the native operation.'),
      upload: z.url().optional().describe('PUT the bytes here. Only in the answer to the creation; works for an hour.'),
    }),
    attributes: z.strictObject({
      state: UploadState.describe(
        'waiting: bytes may be put and forwarded; forwarding: on its way; forwarded: done, the bytes are gone; uncertain: no answer came, or a 5xx: look in the tenant, then forward with again=true.',
      ),
      method: z.string(),
      path: z.string(),
      mediaType: z.string(),
      sizeBytes: z.int(),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().describe('When the upload and its bytes are forgotten.'),
      answerStatus: z.int().optional().describe('Status of the last native answer.'),
      uploadMethod: z.literal('PUT').optional(),
      uploadHeaders: z.record(z.string(), z.string()).optional().describe('Headers that the PUT must carry.'),
    }),
  }),
});

const toSchema = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
};

/** As components of the OpenAPI document. */
export const facadeSchemas: Readonly<Record<string, Json>> = {
  ErrorDocument: { description: 'An error that the facade made.', ...toSchema(ErrorDocumentSchema) },
  CredentialChange: toSchema(CredentialChange),
  NewCredential: toSchema(NewCredential),
  CredentialsDocument: toSchema(CredentialsDocument),
  CredentialDocument: toSchema(CredentialDocument),
  NewConsumer: toSchema(NewConsumer),
  ConsumerChange: toSchema(ConsumerChange),
  NewConsumerKey: toSchema(NewKey),
  NewUpload: toSchema(NewUpload),
  UploadDocument: toSchema(UploadDocumentSchema),
};
