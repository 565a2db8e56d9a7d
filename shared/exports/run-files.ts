/** Port: what kinds of several files need of the bucket of results, beside `PartUploads`. */
import type { ResultFiles } from './result-files.ts';

export interface RunFiles extends Pick<ResultFiles, 'open'> {
  /** Puts a small file; the same key again replaces it. */
  put(key: string, mediaType: string, bytes: Uint8Array): Promise<void>;
  /** Removes all whose keys begin so. Safe to repeat. */
  removeUnder(prefix: string): Promise<void>;
  /** Tags of the parts of an open upload, by number. An upload that is not there has none. */
  partTags(key: string, uploadId: string): Promise<readonly string[]>;
}
