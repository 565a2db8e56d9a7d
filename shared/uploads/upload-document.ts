/** Uploads as JSON:API documents. */
import * as z from 'zod';
import { currentState } from './upload.ts';
import { type Upload, UploadState } from './upload-record.ts';

export const UploadDocument = z
  .strictObject({
    links: z.strictObject({ self: z.url() }),
    data: z.strictObject({
      type: z.literal('upload'),
      id: z.string(),
      links: z.strictObject({
        self: z.url(),
        forward: z.url().describe('POST here to send the bytes to the native operation.'),
        upload: z
          .url()
          .optional()
          .describe('PUT the bytes here. Only in the answer to the creation; works for an hour.'),
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
  })
  .meta({ id: 'UploadDocument', description: 'The upload.' });
type UploadDocument = z.infer<typeof UploadDocument>;

/** @param transfer where and how to put the bytes; only the answer to its making has it. */
export const toUploadDocument = (
  upload: Upload,
  publicUrl: string,
  nowMillis: number,
  transfer?: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
): UploadDocument => {
  const self = `${publicUrl}/v1/uploads/${upload.id}`;
  return {
    links: { self },
    data: {
      type: 'upload',
      id: upload.id,
      links: { self, forward: `${self}/forward`, ...(transfer ? { upload: transfer.url } : {}) },
      attributes: {
        state: currentState(upload, nowMillis),
        method: upload.method,
        path: upload.path,
        mediaType: upload.mediaType,
        sizeBytes: upload.sizeBytes,
        createdAt: new Date(upload.createdAtMillis).toISOString(),
        expiresAt: new Date(upload.deleteAtSeconds * 1_000).toISOString(),
        ...(upload.answerStatus === undefined ? {} : { answerStatus: upload.answerStatus }),
        ...(transfer ? { uploadMethod: 'PUT', uploadHeaders: transfer.headers } : {}),
      },
    },
  };
};
