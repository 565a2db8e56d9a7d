/** Port: the bucket of the archive. Objects are written once and never replaced. */
import type { Readable } from 'node:stream';
import type { PartUploads } from '../exports/part-uploads.ts';
import type { ByteRange } from '../exports/result-files.ts';
import type { Lock } from './archive-record.ts';

type StoredObject = Lock & {
  readonly versionId: string;
  readonly sizeBytes: number;
  /** Must be read to its end or destroyed. */
  readonly body: Readable;
};

export interface ArchiveBucket extends Pick<PartUploads, 'putPart' | 'listOpen' | 'abort'> {
  /** Opens an upload of several parts under this lock. @returns its id. */
  openUpload(key: string, mediaType: string, lock: Lock): Promise<string>;
  /**
   * Makes the object of these parts, only if there is none, and only if S3's checksum of the whole object is this one.
   * @returns false when it is not known whether the object is there or whose it is: look with `read`.
   */
  complete(key: string, uploadId: string, tags: readonly string[], crc64nvme: string): Promise<boolean>;
  /** The object; undefined = there is none. */
  read(key: string): Promise<StoredObject | undefined>;
  /** Gives a version that is there a later end of its lock. S3 refuses an earlier one. @returns its lock as it is then. */
  extendLock(key: string, versionId: string, lock: Lock): Promise<Lock>;
  /** Puts a small object, only if there is none. @returns false when it is there, or may be: look with `read`. */
  putOnce(key: string, bytes: Uint8Array, mediaType: string, lock: Lock): Promise<boolean>;
}

/** Port: reading documents of the archive for callers. */
export interface ArchivedFiles {
  /** Undefined = the version is not there. */
  open(key: string, versionId: string, range?: ByteRange): Promise<Readable | undefined>;
  /** A URL that gives the document to whoever has it. @param seconds how long. */
  presign(key: string, versionId: string, fileName: string, seconds: number): Promise<string>;
}
