/**
 * The signing check: reads entities and judges them by the rules. Whoever asks is not authenticated, so nothing of an entity comes out
 * but which rules it meets. Where anything is unclear, the verdict is to abort.
 */
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import type { Clock } from '../time/clock.ts';
import { readChildren, readEntity } from './read-entity.ts';
import { judge, needsChildren, type RuleResult, rulesFor, type SigningRule } from './signing-rules.ts';

export type EntityVerdict = {
  readonly eid: string;
  /** `unreadable`: why is not said, so that nobody learns which ids exist. `no-rules`: none is for this entity. */
  readonly outcome: 'met' | 'unmet' | 'no-rules' | 'unreadable';
  readonly results: readonly RuleResult[];
};

export type SigningVerdict = {
  readonly mayContinue: boolean;
  readonly entities: readonly EntityVerdict[];
};

/** A person who mends an entity and asks again gets a new verdict. Many requests at once cost one reading. */
const keptMillis = 2_000;
const mostKept = 200;

type Parts = { readonly rules: readonly SigningRule[]; readonly clock: Clock };
type Kept = { readonly verdict: Promise<EntityVerdict>; endsAtMillis: number };

export type SigningCheck = ReturnType<typeof createSigningCheck>;

export const createSigningCheck = ({ rules, clock }: Parts) => {
  const kept = new Map<string, Kept>();

  const judgeEntity = async (eid: string, tenant: Pick<Tenant, 'ask'>): Promise<EntityVerdict> => {
    const unreadable = { eid, outcome: 'unreadable', results: [] } as const;
    const entity = await readEntity(tenant, eid);
    if (!entity) return unreadable;
    const own = rulesFor(rules, entity);
    if (own.length === 0) return { eid, outcome: 'no-rules', results: [] };
    const children = needsChildren(own) ? await readChildren(tenant, eid) : [];
    if (!children) return unreadable;
    const results = judge(own, { ...entity, children });
    return { eid, outcome: results.every(({ isMet }) => isMet) ? 'met' : 'unmet', results };
  };

  /** A failure of the tenant or of the facade is no reason to sign. A fault of the facade's code is reported. */
  const verdictOn = async (eid: string, tenant: Pick<Tenant, 'ask'>): Promise<EntityVerdict> => {
    if (rules.length === 0) return { eid, outcome: 'no-rules', results: [] };
    try {
      return await judgeEntity(eid, tenant);
    } catch (error) {
      if (error instanceof AppError && error.code !== 'INTERNAL') return { eid, outcome: 'unreadable', results: [] };
      throw error;
    }
  };

  const forget = (): void => {
    for (const [eid, { endsAtMillis }] of kept) if (endsAtMillis <= clock.nowMillis()) kept.delete(eid);
    for (const eid of kept.keys()) if (kept.size >= mostKept) kept.delete(eid);
  };

  /** One reading for all who ask at once, and for those who ask within two seconds after it. */
  const shared = (eid: string, tenant: Pick<Tenant, 'ask'>): Promise<EntityVerdict> => {
    forget();
    const known = kept.get(eid);
    if (known) return known.verdict;
    const verdict = verdictOn(eid, tenant);
    const entry: Kept = { verdict, endsAtMillis: Number.POSITIVE_INFINITY };
    kept.set(eid, entry);
    verdict.then(
      () => {
        entry.endsAtMillis = clock.nowMillis() + keptMillis;
      },
      () => kept.delete(eid),
    );
    return verdict;
  };

  return {
    /** One after the other, so that a page for many entities does not take the quota at once. @param eids each once, at least one. */
    async check(eids: readonly string[], tenant: Pick<Tenant, 'ask'>): Promise<SigningVerdict> {
      const entities: EntityVerdict[] = [];
      for (const eid of eids) entities.push(await shared(eid, tenant));
      return { mayContinue: entities.length > 0 && entities.every(({ outcome }) => outcome === 'met'), entities };
    },
  };
};
