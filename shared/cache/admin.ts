/** GET /v1/cache and POST /v1/cache/purges: the state of the cache, and purges. */
import { AppError } from '../errors/app-error.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Clock } from '../time/clock.ts';
import type { WantedPurge } from './cache-document.ts';
import { type FiguresStore, hourOf } from './figures.ts';
import { plainRules } from './plain-rules.ts';
import type { CachePolicy } from './policy.ts';
import type { PurgeLimit } from './purge-limit.ts';
import type { EntryStore, Tag } from './store.ts';
import { sweepHealth, sweepLagMillis } from './sweep/sweep.ts';
import { everything, groupTag, recordTag } from './tags.ts';

/** Whether it purges more than one entity. */
export const isWide = ({ entity }: WantedPurge): boolean => entity === undefined;

const figuresHours = 24;

export type CacheAdminOptions = {
  readonly store: Pick<EntryStore, 'read' | 'purge'>;
  readonly figures: FiguresStore;
  readonly policy: CachePolicy;
  readonly clock: Clock;
  readonly limit: PurgeLimit;
  readonly upstream: Pick<Upstream, 'name' | 'catalogue' | 'cache'>;
};

const invalid = (detail: string, pointer: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { pointer } });

export const createCacheAdmin = ({ store, figures, policy, clock, limit, upstream }: CacheAdminOptions) => {
  /** A misspelt group would purge nothing and say that it had. */
  const groups = [...new Set(upstream.catalogue.operations.map(({ group }) => group))].sort();

  const tagOf = (wanted: WantedPurge): Tag => {
    const named = [wanted.entity, wanted.group, wanted.all].filter((one) => one !== undefined);
    if (named.length !== 1) throw invalid('Name one of entity, group and all.', '/data/attributes');
    if (wanted.entity !== undefined) return recordTag(upstream.cache ?? plainRules, wanted.entity);
    if (wanted.group === undefined) return everything;
    if (groups.includes(wanted.group)) return groupTag(wanted.group);
    throw invalid(`There is no group ${wanted.group}. Groups: ${groups.join(', ')}.`, '/data/attributes/group');
  };

  const sumByClass = async () => {
    const hours = await figures.read(hourOf(clock.nowMillis() - (figuresHours - 1) * 3_600_000));
    const classes: Record<string, Record<string, number>> = {};
    for (const { figures: counts } of hours) {
      for (const [name, count] of Object.entries(counts)) {
        const [cacheClass = '', verdict = ''] = name.split(' ');
        const ofClass = classes[cacheClass] ?? {};
        classes[cacheClass] = { ...ofClass, [verdict]: (ofClass[verdict] ?? 0) + count };
      }
    }
    return classes;
  };

  return {
    /** The JSON:API document of `GET /v1/cache`: figures of the last 24 hours by class, and the state of the sweep. */
    async report() {
      const now = clock.nowMillis();
      const [{ sweep }, classes] = await Promise.all([store.read(undefined, []), sumByClass()]);
      const boundMillis = policy.boundMillis - policy.clockSkewMillis;
      const hasSwept = sweep.sweptUntilMillis > 0;
      return {
        data: {
          type: 'cache' as const,
          id: upstream.name,
          attributes: {
            boundSeconds: policy.boundMillis / 1_000,
            sweep: {
              state: sweepHealth(sweep, now, boundMillis),
              ...(hasSwept ? { lagSeconds: Math.round(sweepLagMillis(sweep, now) / 1_000) } : {}),
              types: sweep.types,
            },
            figuresHours,
            classes,
          },
        },
      };
    },

    /**
     * Purges and returns the document that says so; every instance sees it with its next request.
     * @param consumerId who asks.
     * @throws AppError REQUEST_INVALID unless exactly one thing is named, and known; TOO_MANY_REQUESTS.
     */
    async purge(wanted: WantedPurge, consumerId: string) {
      const tag = tagOf(wanted);
      await (isWide(wanted) ? limit.takeWide() : limit.takeEntity(consumerId));
      await store.purge([tag], wanted.kind);
      const purgedAt = new Date(clock.nowMillis()).toISOString();
      return { data: { type: 'cache-purge' as const, id: purgedAt, attributes: { ...wanted, purgedAt } } };
    },
  };
};
export type CacheAdmin = ReturnType<typeof createCacheAdmin>;
