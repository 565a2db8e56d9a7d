import { currentState, type Upload } from './upload.ts';

/** An upload as a JSON:API document. `transfer`: where and how to put the bytes; only the answer to its making has it. */
export const toUploadDocument = (
  upload: Upload,
  publicUrl: string,
  nowMillis: number,
  transfer?: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
) => {
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
