import { dropUpload } from './drop-upload.ts';
import { JobFailure } from './job-failure.ts';
import type { Workshop } from './kind.ts';

/**
 * Opens an upload for a run that goes on. Whoever has cancelled the run meanwhile tidied up before this upload was there, and stops the
 * execution, which then never does. @throws JobFailure when the run has ended; the upload is dropped then.
 */
export const openUpload = async (
  { uploads, goOn }: Pick<Workshop, 'uploads' | 'goOn'>,
  key: string,
  mediaType: string,
): Promise<string> => {
  const uploadId = await uploads.open(key, mediaType);
  await goOn(0).catch(async (error: unknown) => {
    if (error instanceof JobFailure) await dropUpload(uploads, key, uploadId);
    throw error;
  });
  return uploadId;
};
