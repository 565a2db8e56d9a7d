/** Bodies above the size limit of the gateway: announced, put into a bucket, forwarded (docs/uploads.md). */
import type { Call } from './calls.ts';
import { FacadeError, toFacadeError } from './facade-error.ts';
import type { Retries } from './retry.ts';

export type NewUpload = {
  readonly method?: 'POST' | 'PUT' | 'PATCH';
  /** Of the native operation, with its query: `/api/rest/v1.0/entities/…`. */
  readonly path: string;
  readonly mediaType: string;
  /** Of a file in Node: `await openAsBlob(path)` of `node:fs`. */
  readonly body: Blob;
  readonly signal?: AbortSignal;
};

export type PutUpload = {
  readonly id: string;
  /** Sends the bytes to the native operation. @returns its answer. @throws FacadeError, such as 428 for a stale digest. */
  forward(query?: { readonly digest?: string; readonly again?: boolean }): Promise<Response>;
  /** Forgets the upload and its bytes. One that is not forwarded counts as open for a day. */
  remove(): Promise<void>;
};

export type UploadParts = {
  readonly POST: Call<'post'>;
  readonly DELETE: Call<'delete'>;
  /** Without the key: the bucket must not see it. */
  readonly send: Retries;
  readonly nowMillis: () => number;
};

const signalOf = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

export const createUploads = ({ POST, DELETE, send, nowMillis }: UploadParts) => {
  const putBytes = async (url: string, headers: Record<string, string>, { body, signal }: NewUpload): Promise<void> => {
    // A browser sets the length itself, and so does Node.
    const { 'content-length': _length, ...rest } = Object.fromEntries(new Headers(headers));
    const answer = await send(() => new Request(url, { method: 'PUT', headers: rest, body, ...signalOf(signal) }));
    if (!answer.ok) throw await toFacadeError(answer, nowMillis());
    await answer.body?.cancel();
  };

  const handleOf = (uploadId: string, signal: AbortSignal | undefined): PutUpload => {
    // One key for all tries of one forward call; a later forward call is another one.
    const forward: PutUpload['forward'] = async (query = {}) => {
      const header = { 'Idempotency-Key': crypto.randomUUID() };
      const params = { path: { uploadId }, query, header };
      const init = { params, parseAs: 'stream', ...signalOf(signal) } as const;
      return (await POST('/v1/uploads/{uploadId}/forward', init)).response;
    };
    const remove = async (): Promise<void> => {
      await DELETE('/v1/uploads/{uploadId}', { params: { path: { uploadId } } });
    };
    return { id: uploadId, forward, remove };
  };

  /** Announces the upload and puts the bytes. @throws FacadeError; then nothing is left behind. */
  const putUpload = async (wanted: NewUpload): Promise<PutUpload> => {
    const { method = 'POST', path, mediaType, body, signal } = wanted;
    const attributes = { method, path, mediaType, sizeBytes: body.size };
    const { data } = await POST('/v1/uploads', {
      body: { data: { type: 'upload', attributes } },
      ...signalOf(signal),
    });
    const { id, links, attributes: made } = data.data;
    const upload = handleOf(id, signal);
    try {
      await putBytes(links.upload ?? '', made.uploadHeaders ?? {}, wanted);
    } catch (error) {
      await upload.remove().catch(() => {});
      throw error;
    }
    return upload;
  };

  /** Announces, puts and forwards. @returns the answer of the native operation. @throws FacadeError. */
  const upload = async (wanted: NewUpload): Promise<Response> => {
    const put = await putUpload(wanted);
    try {
      return await put.forward();
    } catch (error) {
      // After a 5xx, the tenant may have carried it out: the record stays for a look.
      if (error instanceof FacadeError && error.status < 500) await put.remove().catch(() => {});
      throw error;
    }
  };

  return { putUpload, upload };
};
