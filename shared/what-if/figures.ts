/** Sums of a log or of a replay: by consumer, and by cache class. */
import type { CacheClass } from '../catalogue/operation.ts';
import { createHistogram, type Histogram } from './histogram.ts';

/** A shorter wait is the way to the store of the budget, and no caller notices it. */
const shortWaitMillis = 100;

export type ConsumerFigures = {
  readonly requests: number;
  readonly fromCache: number;
  readonly upstreamCalls: number;
  /** Requests that waited for the budget for more than 100 ms and were not refused. */
  readonly waited: number;
  /** Over all requests that asked for the budget and were not refused. */
  readonly waitMillis: { readonly p50: number; readonly p99: number };
  readonly refused: number;
  /** By the limit that refused. */
  readonly refusedBy: Readonly<Record<string, number>>;
};

type ClassFigures = {
  readonly upstreamCalls: number;
  readonly fromCache: number;
  /** Of the answers from the cache: the time since they were last known to be current. */
  readonly ageMillis: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Answers from the cache that are older than the log's own plan lets an answer be fresh. */
  readonly olderThanToday: number;
};

export type Figures = {
  readonly total: ConsumerFigures;
  readonly consumers: Readonly<Record<string, ConsumerFigures>>;
  /** `unknown`: hits of which the log names no operation. */
  readonly classes: Readonly<Record<string, ClassFigures>>;
};

type Sums = {
  requests: number;
  fromCache: number;
  upstreamCalls: number;
  waited: number;
  readonly waits: Histogram;
  refused: number;
  readonly refusedBy: Map<string, number>;
};
type ClassSums = { upstreamCalls: number; fromCache: number; readonly ages: Histogram; olderThanToday: number };

const noSums = (): Sums => ({
  ...{ requests: 0, fromCache: 0, upstreamCalls: 0, waited: 0, refused: 0 },
  waits: createHistogram(),
  refusedBy: new Map(),
});
const noClassSums = (): ClassSums => ({ upstreamCalls: 0, fromCache: 0, ages: createHistogram(), olderThanToday: 0 });

const toConsumerFigures = ({ waits, refusedBy, ...sums }: Sums): ConsumerFigures => ({
  ...sums,
  waitMillis: { p50: Math.round(waits.quantile(0.5)), p99: Math.round(waits.quantile(0.99)) },
  refusedBy: Object.fromEntries([...refusedBy].sort()),
});
const toClassFigures = ({ ages, ...sums }: ClassSums): ClassFigures => ({
  ...sums,
  ageMillis: {
    p50: Math.round(ages.quantile(0.5)),
    p99: Math.round(ages.quantile(0.99)),
    most: Math.round(ages.most()),
  },
});

const of = <Value>(map: Map<string, Value>, name: string, create: () => Value): Value => {
  const known = map.get(name) ?? create();
  map.set(name, known);
  return known;
};

const sorted = <Value, Shown>(map: Map<string, Value>, show: (value: Value) => Shown): Record<string, Shown> =>
  Object.fromEntries(
    [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => [name, show(value)]),
  );

export type ClassName = CacheClass | 'unknown';

/** @param freshMillisOf how long an answer of a class is fresh under the plan of the log. */
export const createFigures = (freshMillisOf: (cacheClass: ClassName) => number) => {
  const total = noSums();
  const consumers = new Map<string, Sums>();
  const classes = new Map<string, ClassSums>();
  const both = (consumerId: string): readonly Sums[] => [total, of(consumers, consumerId, noSums)];
  const classOf = (name: string): ClassSums => of(classes, name, noClassSums);
  return {
    requested(consumerId: string, count: number): void {
      for (const sums of both(consumerId)) sums.requests += count;
    },
    sent(consumerId: string, cacheClass: ClassName, count = 1): void {
      for (const sums of both(consumerId)) sums.upstreamCalls += count;
      classOf(cacheClass).upstreamCalls += count;
    },
    waited(consumerId: string, millis: number): void {
      for (const sums of both(consumerId)) {
        sums.waits.add(millis);
        if (millis > shortWaitMillis) sums.waited += 1;
      }
    },
    refused(consumerId: string, limit: string): void {
      for (const sums of both(consumerId)) {
        sums.refused += 1;
        sums.refusedBy.set(limit, (sums.refusedBy.get(limit) ?? 0) + 1);
      }
    },
    /** @param ageMillis undefined = not known. */
    fromCache(consumerId: string, cacheClass: ClassName, ageMillis: number | undefined, count: number): void {
      for (const sums of both(consumerId)) sums.fromCache += count;
      const sums = classOf(cacheClass);
      sums.fromCache += count;
      if (ageMillis === undefined) return;
      sums.ages.add(ageMillis, count);
      if (ageMillis > freshMillisOf(cacheClass)) sums.olderThanToday += count;
    },
    result: (): Figures => ({
      total: toConsumerFigures(total),
      consumers: sorted(consumers, toConsumerFigures),
      classes: sorted(classes, toClassFigures),
    }),
  };
};
