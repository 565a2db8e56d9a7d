/** Ports of the cache: where answers are kept, how purges reach every instance, and who may fetch. */
import type { Entry, Epochs } from './entry.ts';
import type { WatchedChanges } from './sweep/watched.ts';

/** Names a stored answer. `partition` groups what is about one entity; `id` tells nothing about the request. */
export type EntryKey = { readonly partition: string; readonly id: string };

/**
 * Where a purge is counted. Wide tags (`all`, `search`) are many answers' and share one record of the tenant; narrow ones
 * (`entity:e1`) have one each and hold a colon.
 */
export type Tag = string;
export const isNarrow = (tag: Tag): boolean => tag.includes(':');

/**
 * What a lapsed mark adds to the hard count of its tag. A fraction: on two instances whose clocks differ, one of which has
 * counted the mark and the other not yet, no sum of purges and lapsed marks may look like another.
 */
export const lapsedShare = 2 ** -20;

/** The flight that last set out for a key. */
export type Flight = {
  /** Grows with each flight; 0 = there was none. */
  readonly fence: number;
  /** The flight counts as lost when this is over and nothing was heard of it. */
  readonly leaseUntilMillis: number;
  /** The purges that it knows of, as one text: its answer is of no use to who knows of others. */
  readonly basis: string;
  /** How it ended when it stored nothing: `passed` = not to be shared, `failed` = the upstream gave no answer. */
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
      /** Whose request it was: the quota may refuse one consumer and grant another. */
      readonly consumerId: string;
    };

/** What the change sweep vouches for. */
export type Sweep = {
  /** Every change that the upstream made before this instant has been purged; 0 = never swept. */
  readonly sweptUntilMillis: number;
  /** Entity types that it saw. */
  readonly types: readonly string[];
  /** As whom it asked: it saw nothing that only others may see. Undefined = it is not known. */
  readonly principal?: string | undefined;
  /** Changes of what stands above others; undefined = none was watched yet. */
  readonly watched?: WatchedChanges | undefined;
  /** Where the next run begins to list, by the tenant's clock; undefined = never swept. */
  readonly resumeAtMillis: number | undefined;
};

export type Snapshot = {
  readonly entry: Entry | undefined;
  readonly flight: Flight;
  /** Of every tag asked for. */
  readonly epochs: Epochs;
  /** A write on one of the narrow tags is on its way, until this instant at the latest; 0 = none is. */
  readonly writingUntilMillis: number;
  readonly sweep: Sweep;
};

export const noFlight: Flight = { fence: 0, leaseUntilMillis: 0, basis: '' };
export const neverSwept: Sweep = { sweptUntilMillis: 0, types: [], resumeAtMillis: undefined };

/** Port: answers and purges of one tenant. Every read sees every write that was acknowledged before it began. */
export interface EntryStore {
  /**
   * The answer, its flight and the tags in one request. Without a key only the tags are read. The parts need not be from
   * the same instant. An answer whose bytes cannot be read whole counts as absent.
   */
  read(key: EntryKey | undefined, tags: readonly Tag[]): Promise<Snapshot>;
  /** Replaces the answer, whole or not at all; false when a later flight has already stored one. */
  put(key: EntryKey, entry: Entry): Promise<boolean>;
  /** Counts a purge on each tag. Not atomic over tags; safe to repeat. */
  purge(tags: readonly Tag[], kind: 'hard' | 'soft'): Promise<void>;
  /**
   * Marks tags as being written until `untilMillis` or `endWrite`, and purges the narrow ones, hard; once more for the same
   * writer replaces its mark. A mark that nobody took away counts as a purge from when it lapses. Wide tags are only marked,
   * and do not show in `writingUntilMillis`: under steady writes no list would ever be kept otherwise.
   */
  beginWrite(tags: readonly Tag[], writerId: string, untilMillis: number): Promise<void>;
  /**
   * Purges what the write touched, hard, and takes its marks away: those of narrow tags last, so that nothing about them is
   * kept before all is purged. Safe to repeat.
   */
  endWrite(marked: readonly Tag[], writerId: string, touched: readonly Tag[]): Promise<void>;
  /** Ids above the entity of a partition, as far as a stored answer can still tell (ancestors.ts); undefined when none can. */
  ancestorsIn(partition: string): Promise<readonly string[] | undefined>;
  /** Vouches for what the sweep covered. Never moves backwards. */
  markSwept(sweep: Sweep): Promise<void>;
}

/** Port: one flight per key over all instances. */
interface FlightLock {
  /** Sets out as `next`; false when somebody set out since `observed` was read. Atomic. */
  acquire(key: EntryKey, observed: Flight, next: Flight): Promise<boolean>;
  /** Extends the lease; false when a later flight has set out. */
  renew(key: EntryKey, fence: number, leaseUntilMillis: number): Promise<boolean>;
  /** Tells how a flight ended that stored nothing. Without effect when a later one has set out. */
  finish(key: EntryKey, fence: number, outcome: FlightOutcome): Promise<void>;
}

export type CacheStore = EntryStore & FlightLock;
