/** Ports of the cache: storage of entries, purges that reach every instance, and flights. */
import type { RecordStamp } from '../exchange/cache-rules.ts';
import type { Entry, Epochs } from './entry.ts';
import type { WatchedChanges } from './sweep/watched.ts';

/** The key of an entry. `partition` groups the entries of one entity. `id` reveals nothing about the request. */
export type EntryKey = { readonly partition: string; readonly id: string };

/**
 * The counter of a purge. Wide tags (`all`, `search`) belong to many entries and share one item of the tenant. Narrow
 * tags (`entity:e1`) have an item each and contain a colon.
 */
export type Tag = string;
/**
 * What an expired mark adds to the hard count of its tag. It is a fraction, so that no sum of purges and expired marks
 * can equal another on two instances whose clocks differ, when one has counted the mark and the other not yet.
 */
export const lapsedShare = 2 ** -20;

/** The last flight for a key. */
export type Flight = {
  /** Grows with each flight; 0 = there was none. */
  readonly fence: number;
  /** The flight counts as lost after this instant, if its lease was not renewed. */
  readonly leaseUntilMillis: number;
  /** The purges that it knew, as one text. A request that knows other purges cannot use its answer. */
  readonly basis: string;
  /** How it ended if it stored nothing: `passed` = not to be shared, `failed` = the upstream did not answer. */
  readonly outcome?: FlightOutcome | undefined;
};
export type FlightOutcome =
  | { readonly kind: 'passed'; readonly untilMillis: number }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly detail: string;
      readonly retryAfterSeconds?: number;
      /** The limit that refused, where the quota did. */
      readonly limit?: string;
      /** The consumer of the request: the quota may refuse one consumer and admit another. */
      readonly consumerId: string;
    };

/** What the change sweep has verified. */
export type Sweep = {
  /** Every change that the upstream made before this instant has been purged; 0 = never swept. */
  readonly sweptUntilMillis: number;
  /** Entity types that it saw. */
  readonly types: readonly string[];
  /** The principal that it ran as. It did not see what only others may see. Undefined = unknown. */
  readonly principal?: string | undefined;
  /** Changes of what stands above others; undefined = none was watched yet. */
  readonly watched?: WatchedChanges | undefined;
  /** Where the next run begins to list, by the tenant's clock; undefined = never swept. */
  readonly resumeAtMillis: number | undefined;
};

export type Snapshot = {
  readonly entry: Entry | undefined;
  readonly flight: Flight;
  /** The counters of every requested tag. */
  readonly epochs: Epochs;
  /**
   * A narrow tag is being written, until this instant at the latest; 0 = none is, at the instant of the counters: a mark
   * shows here or counts as a purge there, never neither.
   */
  readonly writingUntilMillis: number;
  readonly sweep: Sweep;
};

export const noFlight: Flight = { fence: 0, leaseUntilMillis: 0, basis: '' };
export const neverSwept: Sweep = { sweptUntilMillis: 0, types: [], resumeAtMillis: undefined };

/** A record that the change sweep has listed: its narrow tag, and the version that the listing shows. */
export type ListedRecord = { readonly tag: Tag; readonly stamp: RecordStamp };

/** Port: entries and purges of one tenant. Every read sees every write that was acknowledged before it started. */
export interface EntryStore {
  /**
   * Reads the entry, its flight and the tags in one request. Without a key only the tags are read. The parts need not
   * be from the same instant. An entry whose bytes cannot be read whole counts as absent.
   * @param flight `'unread'` saves its item, which no hit needs; the snapshot then has `noFlight`.
   */
  read(key: EntryKey | undefined, tags: readonly Tag[], flight?: 'unread'): Promise<Snapshot>;
  /** Replaces the entry, whole or not at all; false if a later flight has already stored one. */
  put(key: EntryKey, entry: Entry): Promise<boolean>;
  /** Counts a purge on each tag. Not atomic over tags; safe to repeat. */
  purge(tags: readonly Tag[], kind: 'hard' | 'soft'): Promise<void>;
  /**
   * Counts a listing on the tag of each record, with its stamp: answers that show this stamp stay valid (entry.ts). A stamp
   * that may be older than the one known is counted as a soft purge. Safe to repeat.
   */
  noteListed(records: readonly ListedRecord[]): Promise<void>;
  /**
   * Marks tags as being written until `untilMillis` or `endWrite`, and purges the narrow ones, hard. A second call for
   * the same writer replaces its mark. A mark that is not removed counts as a purge from the instant it expires. Wide
   * tags are only marked and do not show in `writingUntilMillis`: under steady writes no list would ever be cached
   * otherwise.
   */
  beginWrite(tags: readonly Tag[], writerId: string, untilMillis: number): Promise<void>;
  /**
   * Purges what the write touched, hard, and removes its marks. Marks of narrow tags are removed last, so that nothing
   * about them is stored before everything is purged. Safe to repeat.
   */
  endWrite(marked: readonly Tag[], writerId: string, touched: readonly Tag[]): Promise<void>;
  /** The ancestors' ids of a partition's entity, from a recent entry (ancestors.ts); undefined if none is recent. */
  ancestorsIn(partition: string): Promise<readonly string[] | undefined>;
  /** Records what the sweep has verified. Never moves backwards. */
  markSwept(sweep: Sweep): Promise<void>;
}

/** Port: one flight per key over all instances. */
interface FlightLock {
  /** The last flight for a key. */
  readFlight(key: EntryKey): Promise<Flight>;
  /** Starts the flight `next`; false if another started since `observed` was read. Atomic. */
  acquire(key: EntryKey, observed: Flight, next: Flight): Promise<boolean>;
  /** Extends the lease; false if a later flight has started. */
  renew(key: EntryKey, fence: number, leaseUntilMillis: number): Promise<boolean>;
  /** Records how a flight ended that stored nothing. No effect if a later one has started. */
  finish(key: EntryKey, fence: number, outcome: FlightOutcome): Promise<void>;
}

export type CacheStore = EntryStore & FlightLock;
