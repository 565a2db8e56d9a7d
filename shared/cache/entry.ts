/** A stored answer: plain data, instants instead of durations, so that readers compare and never add. */
import type { Headers } from '../http/headers.ts';

/**
 * How often a tag was purged. An answer remembers the counts that were current before it was asked for; it holds as long as
 * they have not moved. No clock is involved, so skewed clocks cannot revive what was purged.
 */
export type Epoch = { readonly hard: number; readonly soft: number };
export type Epochs = Readonly<Record<string, Epoch>>;

/** Windows of an answer that states nothing itself: see windows.ts. Durations in milliseconds. */
export type PolicyTerms = {
  /** Fresh for so long after it was last known to be current. */
  readonly freshMillis: number;
  /** Never served, other than on errors, when it was last known to be current longer ago. */
  readonly boundMillis: number;
  /** Never fresh longer than this after it was fetched, however often it was verified. */
  readonly mostMillis: number;
  /** Served on upstream errors for so long after it was fetched. */
  readonly errorMillis: number;
  /**
   * The entity type that the change sweep must cover, and the principal that it must ask as, for its runs to count as
   * verification; undefined = they never do. A listing shows only what its principal may see.
   */
  readonly verifiedBySweep?: { readonly type: string; readonly principal: string } | undefined;
};

export type Entry = {
  readonly status: number;
  /** As they came from the upstream, without fields of one hop and without Age. */
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** When the upstream was asked: the version is at least as new as this. */
  readonly requestedAtMillis: number;
  /** When the answer's age was zero. */
  readonly bornAtMillis: number;
  readonly freshUntilMillis: number;
  /** Until then it may be served while it is refreshed. */
  readonly staleUntilMillis: number;
  /** Until then it may be served when the upstream fails. */
  readonly errorUntilMillis: number;
  /** After this it is not read any more. */
  readonly deleteAtMillis: number;
  readonly terms?: PolicyTerms | undefined;
  /**
   * Not served after this, whatever the answer states, the caller allows or the upstream fails with; undefined = no such end.
   * Answers to people and bearer tokens have it: nothing tells the facade that their rights ended.
   */
  readonly servedUntilMillis?: number | undefined;
  readonly mustRevalidate: boolean;
  /** Each use needs the upstream's consent. */
  readonly noCache: boolean;
  /** Made by the facade where the upstream sends none. */
  readonly ownEtag?: { readonly value: string } | undefined;
  /** Request fields that selected it, and what they were. */
  readonly vary: { readonly names: readonly string[]; readonly variant: string };
  readonly cacheClass: string;
  /** Ids of the entities above the one that it is about. */
  readonly ancestors?: readonly string[] | undefined;
  readonly epochs: Epochs;
  /** Number of the flight that fetched it. */
  readonly fence: number;
};

export const noEpoch: Epoch = { hard: 0, soft: 0 };

/** The one tag that has moved furthest decides: `hard` = not to be used, `soft` = to be validated, `none` = as it was. */
export const purgedSince = (epochs: Epochs, current: Epochs): 'none' | 'soft' | 'hard' => {
  let purged: 'none' | 'soft' = 'none';
  for (const [tag, before] of Object.entries(epochs)) {
    const now = current[tag] ?? noEpoch;
    if (now.hard !== before.hard) return 'hard';
    if (now.soft !== before.soft) purged = 'soft';
  }
  return purged;
};

/** Whether nothing was purged between two readings of the same tags. */
export const sameEpochs = (before: Epochs, current: Epochs): boolean => purgedSince(before, current) === 'none';
