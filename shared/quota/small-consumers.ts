/**
 * Small consumers: those that have recently had less than their share. Other consumers leave them room. Otherwise one burst would
 * take the whole window, and all other calls would be refused until it ends.
 */
import { isOwnId } from '../exchange/consumer.ts';
import { lastMinute, type Queue } from './fairness.ts';
import type { QuotaState } from './state.ts';

/** The room for a small consumer: twice its recent units, and at least this part of the limit. */
const growth = 2;
const leastShare = 0.05;
/** Part of the limit that is kept for all small consumers together. */
const mostShare = 0.25;

type Use = { readonly key: string; readonly units: number };

const isInteractive = (key: string): boolean => key.startsWith('i:') && !isOwnId(key.slice(2));

/** Interactive consumers with calls in the last minute, without the facade's own purposes, for which no room is kept. */
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
