/**
 * How long answers stay fresh that state nothing themselves: by the class of their operation and the state of their
 * record. The class of each operation is in the upstream's table, such as signals/policy.ts.
 */
import type { CacheClass, Operation } from '../catalogue/operation.ts';
import type { PolicyTerms } from './entry.ts';

/** The classes whose answers are kept. */
type KeptClass = Exclude<CacheClass, 'never'>;

export type CachePolicy = {
  /** The published bound: no answer is served if it was last known to be current longer ago. */
  readonly boundMillis: number;
  /** Largest difference between the clocks of two instances. It is subtracted from the bound. */
  readonly clockSkewMillis: number;
  /** For each class: the share of the bound for which an answer is fresh. After it, an answer is refreshed while it is served. */
  readonly freshShares: Readonly<Record<KeptClass, number>>;
  /** How long a 404 or 410 is fresh, in any class. */
  readonly negativeMillis: number;
  /**
   * Longest life of an entry that the sweep verifies: of a record that may change, and of a closed one. It is also the
   * bound for rights: records that the service account may no longer see, or that were erased, drop out of the listing
   * of changes, so no sweep reports them.
   */
  readonly mostMillis: number;
  readonly mostImmutableMillis: number;
  /** How long an entry may be served when the upstream fails. `Cache-Status` then says `detail=STALE-IF-ERROR`. */
  readonly errorMillis: number;
  /** `ignore`: Cache-Control, Expires and Pragma of the upstream do not count. */
  readonly statedFreshness: 'obey' | 'ignore';
};

export const defaultPolicy: CachePolicy = {
  boundMillis: 60_000,
  clockSkewMillis: 5_000,
  freshShares: { entity: 0.8, listing: 0.8, search: 0.8, reference: 0.8 },
  negativeMillis: 10_000,
  mostMillis: 900_000,
  mostImmutableMillis: 3_600_000,
  errorMillis: 600_000,
  statedFreshness: 'obey',
};

/** To whom an answer was given, and the type under which the change feed lists its record; undefined = it lists none. */
export type AnswerSubject = { readonly type: string | undefined; readonly principal: string };

const missing: ReadonlySet<number> = new Set([404, 410]);

/**
 * The terms of an answer of this operation with this status; undefined = it is not cached. Whether its document shows
 * other records is known only after its body was read: unverifiedTerms.
 */
export const termsOf = (
  policy: CachePolicy,
  operation: Pick<Operation, 'cache'>,
  { type, principal }: AnswerSubject,
  status: number,
): PolicyTerms | undefined => {
  const boundMillis = policy.boundMillis - policy.clockSkewMillis;
  if (operation.cache === 'never') return undefined;
  if (missing.has(status)) {
    const short = Math.min(policy.negativeMillis, boundMillis);
    return { freshMillis: short, boundMillis: short, mostMillis: short, errorMillis: 0 };
  }
  if (status !== 200 && status !== 204) return undefined;
  return {
    freshMillis: boundMillis * policy.freshShares[operation.cache],
    boundMillis,
    mostMillis: type === undefined ? boundMillis : policy.mostMillis,
    errorMillis: policy.errorMillis,
    verifiedBySweep: type === undefined ? undefined : { type, principal },
  };
};

/**
 * Terms for a record that can change only by being reopened, unarchived or voided. Each of these is an event, a change
 * that the sweep sees, or a write through the facade. So the entry may live longer in between, and the bound still
 * holds.
 */
export const immutableTerms = (policy: CachePolicy, terms: PolicyTerms): PolicyTerms =>
  terms.verifiedBySweep === undefined ? terms : { ...terms, mostMillis: policy.mostImmutableMillis };

/** Terms for a document that shows records inside its own: the sweep must list their types, too. */
export const insideTerms = (terms: PolicyTerms, insideTypes: readonly string[]): PolicyTerms =>
  terms.verifiedBySweep === undefined || insideTypes.length === 0
    ? terms
    : { ...terms, verifiedBySweep: { ...terms.verifiedBySweep, insideTypes } };

/** Terms for a document that shows other records too: the sweep sees only changes of this one. */
export const unverifiedTerms = (terms: PolicyTerms): PolicyTerms => ({
  ...terms,
  mostMillis: terms.boundMillis,
  verifiedBySweep: undefined,
});
