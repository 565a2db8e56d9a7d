/**
 * Consumers that have had less than their share lately. A consumer that has had its share leaves them room: without it, one
 * burst takes the whole window, and everybody else is refused until it is over.
 */
import { isOwnId } from '../exchange/consumer.ts';
import { lastMinute, type Queue } from './fairness.ts';
import type { QuotaState } from './state.ts';

/** What a small consumer may need soon: twice what it has had lately, and this part of the limit at least. */
const growth = 2;
const leastShare = 0.05;
/** Part of the limit that is kept for all small consumers together. */
const mostShare = 0.25;

type Use = { readonly key: string; readonly units: number };

const isInteractive = (key: string): boolean => key.startsWith('i:') && !isOwnId(key.slice(2));

/** Interactive consumers with calls in the last minute. What the facade does by itself is none: nobody makes room for it. */
const usesOf = ({ flows }: QuotaState, nowMillis: number): readonly Use[] =>
  Object.entries(flows)
    .filter(([key]) => isInteractive(key))
    .map(([key, flow]) => ({ key, units: lastMinute(flow, nowMillis) }))
    .filter(({ units }) => units > 0);

export type SmallConsumers = {
  /** Whether the consumer has had less than its share in the last minute. */
  readonly has: (queue: Pick<Queue, 'key' | 'weight'>) => boolean;
  /** Units in a window to keep for them. */
  readonly units: number;
};

/** @param limit units in a window. */
export const smallConsumersOf = (state: QuotaState, limit: number, nowMillis: number): SmallConsumers => {
  const uses = usesOf(state, nowMillis);
  const unitsOf = (key: string): number => uses.find((use) => use.key === key)?.units ?? 0;
  const others = (key: string): number => uses.filter((use) => use.key !== key).length;
  const has = ({ key, weight }: Pick<Queue, 'key' | 'weight'>): boolean =>
    unitsOf(key) < (limit * weight) / (weight + others(key));
  const units = uses
    .filter(({ key }) => has({ key, weight: 1 }))
    .reduce((sum, use) => sum + Math.max(limit * leastShare, growth * use.units), 0);
  return { has, units: Math.min(units, Math.floor(limit * mostShare)) };
};
