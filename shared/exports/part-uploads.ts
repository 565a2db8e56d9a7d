/** Files of several parts in the bucket of results. */

export type OpenUpload = { readonly key: string; readonly uploadId: string; readonly startedAtMillis: number };

/** Port. A file is there once it is completed, and not before. */
export interface PartUploads {
  /** @returns the id of the upload. */
  open(key: string, mediaType: string): Promise<string>;
  /** Puts a part: 5 MiB or more, but for the last. The same number again replaces it. @returns its tag. */
  putPart(key: string, uploadId: string, number: number, bytes: Uint8Array): Promise<string>;
  /** Makes the file of these parts, in their order. An upload that is not there any more is none: look with `sizeOf`. */
  complete(key: string, uploadId: string, tags: readonly string[]): Promise<void>;
  /** Ids of the uploads that are open for a key, also of those whose id a crash has lost. */
  listOpen(key: string): Promise<readonly string[]>;
  /** The uploads that are open for all keys that begin so. */
  listOpenUnder(prefix: string): Promise<readonly OpenUpload[]>;
  /** Drops an upload and its parts; one that is not there is dropped already. */
  abort(key: string, uploadId: string): Promise<void>;
  /** Bytes of a completed file; undefined = there is none. */
  sizeOf(key: string): Promise<number | undefined>;
}
