import { expect, it } from 'vitest';
import { defaultPolicy, termsOf } from '../../../shared/cache/policy.ts';

const subject = { type: undefined, principal: 'service:signals:facade' };
const classes = ['entity', 'listing', 'search', 'reference'] as const;

it.each(classes)('sets the freshness of the class %s in one place, and of no other class', (changed) => {
  const policy = { ...defaultPolicy, freshShares: { ...defaultPolicy.freshShares, [changed]: 0.5 } };
  const fresh = classes.map((cache) => termsOf(policy, { cache }, subject, 200)?.freshMillis);
  expect(fresh).toEqual(classes.map((cache) => (cache === changed ? 27_500 : 44_000)));
  expect(termsOf(policy, { cache: changed }, subject, 404)?.freshMillis, '404').toBe(10_000);
  expect(termsOf(policy, { cache: 'never' }, subject, 200)).toBeUndefined();
});
