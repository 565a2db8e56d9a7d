import { describe, expect, it } from 'vitest';
import { cachePolicyOf, profileOf, quotaPolicyOf, readPlan, type WhatIfPlan } from '../../../shared/what-if/plan.ts';

describe('a plan', () => {
  it('with several faults reports all of them, each with its place', () => {
    const result = readPlan({
      quota: { limit: 0, burst: 5 },
      consumers: { app: { weigth: 2, caps: [{ units: 5, windowSeconds: 60, unit: 'call' }] }, 'Not an id': {} },
      freshness: { freshShares: { entity: 2, entities: 0.5 } },
      prices: {},
    });
    const faults = 'faults' in result ? result.faults : [];
    const places = faults.map((fault) => fault.slice(0, fault.indexOf(':')));
    expect(places.toSorted()).toEqual([
      '/consumers/Not an id',
      '/consumers/app/caps/0/unit',
      '/consumers/app/weigth',
      '/freshness/freshShares/entities',
      '/freshness/freshShares/entity',
      '/prices',
      '/quota/burst',
      '/quota/limit',
    ]);
  });

  it.each([[null], [[]], ['text'], [5]])('that is no object has a fault: %s', (value) => {
    expect(readPlan(value)).toEqual({ faults: ['The document: must be an object.'] });
  });

  it('changes what it names, and leaves the rest as the product has it', () => {
    const plan: WhatIfPlan = {
      quota: { limit: 700 },
      consumers: { '*': { weight: 2 }, app: { priority: 'background' } },
      freshness: { freshShares: { search: 0.1 } },
    };
    expect(quotaPolicyOf(plan)).toMatchObject({ limit: 700, reservedShare: 0.25 });
    expect(cachePolicyOf(plan).freshShares).toEqual({ entity: 0.8, listing: 0.8, search: 0.1, reference: 0.8 });
    expect(profileOf(plan, 'app', 'interactive')).toEqual({ priority: 'background', weight: 1, caps: [] });
    expect(profileOf(plan, 'other', 'background')).toEqual({ priority: 'background', weight: 2, caps: [] });
    expect(profileOf(plan, 'facade.change-sweep', 'interactive')).toMatchObject({ weight: 1 });
    expect(profileOf(plan, 'constructor', undefined)).toMatchObject({ weight: 2 });
  });
});
