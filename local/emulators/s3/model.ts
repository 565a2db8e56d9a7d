/** The stored state of buckets and objects. These types are also the JSON on disk. */
import type { Checksum } from './checksums.ts';

export type Retention = { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly untilMillis: number };

export type DefaultRetention = {
  readonly mode: Retention['mode'];
  readonly unit: 'Days' | 'Years';
  readonly count: number;
};

export type CorsRule = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** As they were put; compared without regard to case. */
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds?: number;
};

export type BucketSettings = {
  readonly name: string;
  readonly createdMillis: number;
  versioning: 'Never' | 'Enabled' | 'Suspended';
  lock?: { readonly defaultRetention?: DefaultRetention };
  cors?: readonly CorsRule[];
};

export type ObjectPart = { readonly number: number; readonly sizeBytes: number; readonly checksum?: Checksum };

/** One version of a key, newest first in its list. The version id is `null` where versioning is not enabled. */
export type ObjectVersion = {
  readonly versionId: string;
  readonly modifiedMillis: number;
  /** Name of the file with the bytes; undefined for a delete marker. */
  readonly blob?: string;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  /** Response headers that the writer set: content-type, content-disposition, x-amz-meta-*, encryption. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** Of a multipart object: the upload that made it, and its parts in their order. */
  readonly uploadId?: string;
  readonly parts?: readonly ObjectPart[];
  readonly tags: Readonly<Record<string, string>>;
  readonly retention?: Retention;
  readonly legalHold?: boolean;
};

export type Bucket = {
  readonly settings: BucketSettings;
  readonly keys: Map<string, readonly ObjectVersion[]>;
  /** How often each key lost its current version since the start, for conditional writes that a delete overtakes. */
  readonly deletions: Map<string, number>;
};

export const isDeleteMarker = (version: ObjectVersion): boolean => version.blob === undefined;
