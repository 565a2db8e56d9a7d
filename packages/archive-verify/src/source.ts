/** Where an archive is read from. */
import type { Manifest } from '../../../shared/archive/format.ts';

/** One version of a key. In a folder there is one version, without an id. */
export type Item = {
  readonly key: string;
  readonly versionId?: string;
  readonly isDeleteMarker?: boolean;
  /** When it was written, where the source knows it. */
  readonly writtenAtMillis?: number;
  /** A link, a pipe or a device: never opened, as it may lead anywhere and never end. */
  readonly isNoFile?: boolean;
};

export type Lock = Pick<Manifest, 'lockMode' | 'retainUntil'>;

export type Content = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Object Lock of the version; undefined where the source cannot know it. */
  readonly lock?: Lock;
  /** Whether a legal hold lies on the version; undefined where the source cannot know it. */
  readonly isHeld?: boolean;
};

export interface ArchiveSource {
  /** For the report. */
  readonly name: string;
  /** Whether locks, versions and delete markers can be checked. */
  readonly isBucket: boolean;
  /** Every version of every key, newest first for each key. */
  list(): AsyncIterable<Item>;
  /** Opens one version. The stream must be read to its end or destroyed. @throws Error when it cannot be read */
  open(item: Item): Promise<Content>;
}

/** What stops the whole check: a folder that is not there, a bucket that may not be read. */
export class SourceUnavailable extends Error {}
