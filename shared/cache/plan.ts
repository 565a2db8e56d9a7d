/**
 * What the cache does with one request. Planners make plans: plan-native.ts for the facade, bench/cache/plan-http.ts
 * for a plain proxy.
 */
import type { CacheRules } from '../exchange/cache-rules.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Headers } from '../http/headers.ts';
import type { Entry } from './entry.ts';
import type { AnswerHead, EntryHead, EntryRules } from './make-entry.ts';
import type { EntryKey, Tag } from './store.ts';

/** Facts that are extracted from a body once, when it is stored. */
export type Drawn = Partial<Pick<Entry, 'ownEtag' | 'ancestors' | 'stamp' | 'terms' | 'deleteAtMillis'>>;

export type ReadPlan = {
  readonly kind: 'read';
  readonly key: EntryKey;
  /** The tags whose purges end the entry. */
  readonly tags: readonly Tag[];
  /** The caller's headers: directives, conditions, ranges, and the fields that Vary may name. */
  readonly requestHeaders: Headers;
  /** The headers that are sent to the upstream. */
  readonly forwardHeaders: Headers;
  /** A field that is sent with a value of the facade's own. An answer that varies by it fits no caller. */
  readonly ownField?: string;
  readonly rules: EntryRules;
  /** The key of another variant; undefined if the key contains every field that is sent. */
  readonly variantKey: ((variant: string) => EntryKey) | undefined;
  /** The name that all spellings of one record's id share. */
  readonly nameOf: CacheRules['nameOf'];
  readonly draw: (answer: AnswerHead, body: Uint8Array, head: EntryHead) => Drawn;
  readonly cacheClass: string;
};

export type WritePlan = {
  readonly kind: 'write';
  /**
   * Tags that the write purges whatever its outcome, and whose answers could outlive the published bound. They are marked before it is
   * sent (EntryStore). Undefined = only the answer shows what the write ends, and nothing is marked.
   */
  readonly marked: readonly Tag[] | undefined;
  /**
   * Tags to purge for this outcome, the marked ones or not. No answer means that none came; no body means that it was
   * not read.
   */
  readonly touched: (
    answer: (AnswerHead & { readonly body: Uint8Array | undefined }) | undefined,
  ) => Promise<readonly Tag[]>;
};

type PassPlan = {
  readonly kind: 'pass';
  readonly fwd: 'bypass' | 'method' | 'request';
  readonly detail?: string;
};

export type Plan = ReadPlan | WritePlan | PassPlan;

export type Planner = (exchange: Exchange) => Plan;
