import type { PartUploads } from './part-uploads.ts';

/**
 * Drops an upload because of an error. A failure of this would hide the error, and is ignored: the end of the run drops what is open, and
 * so does the sweep.
 */
export const dropUpload = (uploads: Pick<PartUploads, 'abort'>, key: string, uploadId: string): Promise<void> =>
  uploads.abort(key, uploadId).catch(() => {});
