/** What the cache is to do with one request. Planners make plans: plan-native.ts for the facade, bench/cache/plan-http.ts for a plain proxy. */
import type { CacheRules } from '../exchange/cache-rules.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Headers } from '../http/headers.ts';
import type { Entry } from './entry.ts';
import type { Answer, EntryHead, EntryRules } from './make-entry.ts';
import type { EntryKey, Tag } from './store.ts';

/** Facts that are drawn from a stored body once, when it is stored. */
export type Drawn = Partial<Pick<Entry, 'ownEtag' | 'ancestors' | 'terms' | 'deleteAtMillis'>>;

export type ReadPlan = {
  readonly kind: 'read';
  readonly key: EntryKey;
  /** Purges that end the answer. */
  readonly tags: readonly Tag[];
  /** As the caller sent them: directives, conditions, ranges, and what Vary looks at. */
  readonly requestHeaders: Headers;
  /** As they travel to the upstream. */
  readonly forwardHeaders: Headers;
  /** A field that travels with a value of the facade's own: an answer that varies by it is for no caller. */
  readonly ownField?: string;
  readonly rules: EntryRules;
  /** The key of another variant; undefined where the key names every field that travels. */
  readonly variantKey: ((variant: string) => EntryKey) | undefined;
  /** The name that all spellings of one record's id share. */
  readonly nameOf: CacheRules['nameOf'];
  readonly draw: (answer: Answer, body: Uint8Array, head: EntryHead) => Drawn;
  readonly cacheClass: string;
};

export type WritePlan = {
  readonly kind: 'write';
  /**
   * Tags that the write purges whatever comes of it: marked before it is sent, as EntryStore says. Undefined = it
   * is known by its answer alone what it ends: nothing is marked.
   */
  readonly marked: readonly Tag[] | undefined;
  /** Tags to purge for this outcome, besides the marked ones; no answer means that none came, no body that it is not read. */
  readonly touched: (
    answer: (Answer & { readonly body: Uint8Array | undefined }) | undefined,
  ) => Promise<readonly Tag[]>;
};

type PassPlan = {
  readonly kind: 'pass';
  readonly fwd: 'bypass' | 'method' | 'request';
  readonly detail?: string;
};

export type Plan = ReadPlan | WritePlan | PassPlan;

export type Planner = (exchange: Exchange) => Plan;
