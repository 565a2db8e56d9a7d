/** Plans for a plain HTTP proxy: RFC 9111 and nothing else. The facade itself uses shared/cache/plan-native.ts. */
import { createHash } from 'node:crypto';
import type { EntryRules } from '../../shared/cache/make-entry.ts';
import type { Plan, ReadPlan, WritePlan } from '../../shared/cache/plan.ts';
import type { EntryKey } from '../../shared/cache/store.ts';
import type { Exchange } from '../../shared/exchange/exchange.ts';
import { isSafeMethod } from '../../shared/http/safe-methods.ts';
import { invalidates, relatedTargets } from './invalidation.ts';

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const keyOf = (target: string, variant = ''): EntryKey => ({
  partition: digest(target),
  id: digest('GET', target, variant),
});

/** A copy stands in for an origin that cannot be reached for an hour, unless the answer says otherwise. */
const statedErrorMillis = 3_600_000;

const rules: EntryRules = {
  keyedByPrincipal: false,
  cookies: true,
  serverErrors: true,
  guessFreshness: true,
  statedErrorMillis,
  mostServedMillis: undefined,
  variesByKey: false,
  obeysUpstream: true,
  terms: () => undefined,
  cacheClass: 'http',
};

const planRead = ({ request, target }: Exchange): ReadPlan => ({
  kind: 'read',
  key: keyOf(target),
  tags: ['all', `uri:${digest(target)}`],
  requestHeaders: request.headers,
  forwardHeaders: request.headers,
  rules,
  variantKey: (variant) => keyOf(target, variant),
  nameOf: (id) => id,
  draw: () => ({}),
  cacheClass: rules.cacheClass,
});

const planWrite = ({ request, target, upstream }: Exchange): WritePlan => ({
  kind: 'write',
  marked: undefined,
  touched: async (answer) => {
    if (answer && !invalidates(request.method, answer.status)) return [];
    const targets = [target, ...(answer ? relatedTargets(target, answer.headers, upstream.origin) : [])];
    return targets.map((one) => `uri:${digest(one)}`);
  },
});

/** GET and HEAD are read through the cache, unsafe methods invalidate, all others pass. */
export const planHttp = (exchange: Exchange): Plan => {
  const { method } = exchange.request;
  if (method === 'GET' || method === 'HEAD') return planRead(exchange);
  return isSafeMethod(method) ? { kind: 'pass', fwd: 'method' } : planWrite(exchange);
};
