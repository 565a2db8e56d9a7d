/** A cache entry: plain data with instants instead of durations, so that readers compare and never add. */
import type { RecordStamp } from '../exchange/cache-rules.ts';
import type { Headers } from '../http/headers.ts';

/**
 * How often a tag was purged. An entry records the counters from before it was requested, and is valid while they have
 * not changed. No clock is involved, so skewed clocks cannot make a purged entry valid again.
 */
export type Epoch = {
  readonly hard: number;
  readonly soft: number;
  /** How often the sweep has listed the tag's record with a new stamp, and the last of these; undefined = never. */
  readonly listed?: { readonly count: number; readonly stamp: RecordStamp } | undefined;
};
export type Epochs = Readonly<Record<string, Epoch>>;

/** The terms of an answer that states no freshness (windows.ts). Durations in milliseconds. */
export type PolicyTerms = {
  /** Fresh this long after it was last known to be current. */
  readonly freshMillis: number;
  /** Not served, except on errors, when it was last known to be current longer ago than this. */
  readonly boundMillis: number;
  /** Never fresh longer than this after it was fetched, even if it was verified since. */
  readonly mostMillis: number;
  /** Served on upstream errors this long after it was fetched. */
  readonly errorMillis: number;
  /**
   * The sweep verifies the entry if it covers this entity type and runs as this principal; undefined = it never does. A
   * listing shows only what its principal may see.
   */
  readonly verifiedBySweep?:
    | {
        readonly type: string;
        readonly principal: string;
        /** Types of the records inside it that the answer shows; undefined = it shows none. */
        readonly insideTypes?: readonly string[] | undefined;
      }
    | undefined;
};

export type Entry = {
  readonly status: number;
  /** The upstream's headers, without hop-by-hop fields and without Age. */
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** When the upstream was asked: the version is at least as new as this. */
  readonly requestedAtMillis: number;
  /** When the answer's age was zero. */
  readonly bornAtMillis: number;
  readonly freshUntilMillis: number;
  /** Until this instant it may be served while it is refreshed. */
  readonly staleUntilMillis: number;
  /** Until this instant it may be served when the upstream fails. */
  readonly errorUntilMillis: number;
  /** After this it is not read any more. */
  readonly deleteAtMillis: number;
  readonly terms?: PolicyTerms | undefined;
  /**
   * Not served after this instant in any case; undefined = no such end. Answers for people and bearer tokens have it,
   * because the facade does not learn when their rights end.
   */
  readonly servedUntilMillis?: number | undefined;
  readonly mustRevalidate: boolean;
  /** Each use must be validated with the upstream. */
  readonly noCache: boolean;
  /** Made by the facade where the upstream sends none. */
  readonly ownEtag?: { readonly value: string } | undefined;
  /** The request fields that selected it (Vary), and their values. */
  readonly vary: { readonly names: readonly string[]; readonly variant: string };
  readonly cacheClass: string;
  /** Ids of the entities above the one that it is about. */
  readonly ancestors?: readonly string[] | undefined;
  /** The version of the entity that it shows; undefined = the answer does not say it. */
  readonly stamp?: RecordStamp | undefined;
  readonly epochs: Epochs;
  /** The fence of the flight that fetched it. */
  readonly fence: number;
};

export const noEpoch: Epoch = { hard: 0, soft: 0 };

export const isSameStamp = (one: RecordStamp, other: RecordStamp | undefined): boolean =>
  one.own === other?.own && one.editedAtMillis === other.editedAtMillis;

/** Whether the tag's record was listed since, and not with the stamp that the answer shows. */
export const isListedAnew = (before: Epoch, { listed }: Epoch, stamp: RecordStamp | undefined): boolean =>
  listed !== undefined && listed.count !== before.listed?.count && !isSameStamp(listed.stamp, stamp);

/**
 * The strongest purge of any tag decides: `hard` = not usable, `soft` = to be validated, `none` = unchanged.
 * @param stamp what the answer with these counters shows; undefined = every listing of the record is a purge.
 */
export const purgedSince = (epochs: Epochs, current: Epochs, stamp?: RecordStamp): 'none' | 'soft' | 'hard' => {
  let purged: 'none' | 'soft' = 'none';
  for (const [tag, before] of Object.entries(epochs)) {
    const now = current[tag] ?? noEpoch;
    if (now.hard !== before.hard) return 'hard';
    if (now.soft !== before.soft || isListedAnew(before, now, stamp)) purged = 'soft';
  }
  return purged;
};

/** Whether nothing was purged between two readings of the same tags. */
export const sameEpochs = (before: Epochs, current: Epochs): boolean => purgedSince(before, current) === 'none';
