/**
 * A what-if is right if it predicts from the log of plan A what the same load does under plan B. The load runs through the product's
 * own cache, gate and governor under both plans, in virtual time.
 *
 * Tolerance: 10 % of the requests of a consumer, 15 % where the limit is short, and at least 12 requests. The replay does not know which entry a request
 * was about, by which instance it was handled, or how long the tenant takes for a request that the log shows refused. None of these
 * changes who is refused, but each moves single requests across the edge of a window.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toRequestListDocument } from '../../../shared/requests/request-list-document.ts';
import { beforeInstant } from '../../../shared/requests/request-store.ts';
import { createRandom } from '../../../shared/simulation/virtual-time.ts';
import type { Figures } from '../../../shared/what-if/figures.ts';
import type { LoggedRequest } from '../../../shared/what-if/logged-request.ts';
import type { WhatIfPlan } from '../../../shared/what-if/plan.ts';
import { readEntry } from '../../../shared/what-if/read-entry.ts';
import { replay } from '../../../shared/what-if/replay.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { isFull, sized } from '../../support/test-size.ts';
import { type Demand, runFacade, type Truth } from './facade-in-virtual-time.ts';
import { rules } from './rules.ts';

const hot = (random: () => number, most: number): number => Math.floor(random() ** 3 * most);
const demands: readonly Demand[] = [
  {
    ...{ consumerId: 'dashboard', priority: 'interactive', perMinute: 260 },
    ask: (random) =>
      random() < 0.6
        ? { method: 'GET', path: `/entities/experiment:e${hot(random, 60)}/children` }
        : { method: 'GET', path: `/entities/experiment:e${hot(random, 60)}` },
  },
  {
    ...{ consumerId: 'export', priority: 'background', perMinute: 200 },
    ask: (random) => ({ method: 'GET', path: `/entities/experiment:x${Math.floor(random() * 100_000)}/children` }),
  },
  {
    ...{ consumerId: 'writer', priority: 'interactive', perMinute: 30 },
    ask: (random) => ({ method: 'PATCH', path: `/entities/experiment:w${Math.floor(random() * 50)}/properties` }),
  },
];

const minutes = sized(10, 2);
const seeds = [7, 21, 99].slice(0, sized(3, 1));
const limited: WhatIfPlan = { quota: { limit: 200 } };
const plans: readonly (readonly [string, number, WhatIfPlan, WhatIfPlan])[] = [
  [
    'a cap and another priority',
    0.15,
    limited,
    {
      ...limited,
      consumers: { export: { caps: [{ units: 40, windowSeconds: 60 }] }, dashboard: { priority: 'background' } },
    },
  ],
  ['a larger limit', 0.15, limited, { quota: { limit: 320 } }],
  [
    'shorter freshness',
    0.1,
    { quota: { limit: 600 } },
    { quota: { limit: 600 }, freshness: { freshShares: { entity: 0.2 } } },
  ],
  [
    'a longer bound',
    0.1,
    { quota: { limit: 600 }, freshness: { boundMillis: 15_000 } },
    { quota: { limit: 600 }, freshness: { boundMillis: 180_000 } },
  ],
];

const predict = (log: readonly LoggedRequest[], today: WhatIfPlan, plan: WhatIfPlan): Promise<Figures> =>
  replay(
    log.toSorted((one, other) => one.atMillis - other.atMillis),
    { plan, today, rules, instances: 3 },
  );

const toLog = (documents: readonly unknown[]): LoggedRequest[] =>
  documents.flatMap((document) => {
    const reading = readEntry(document);
    if (typeof reading === 'string') throw new Error(`${reading}: ${JSON.stringify(document)}`);
    return [...reading];
  });

/** Several cases are about the same plan. */
const runs = new Map<string, ReturnType<typeof runFacade>>();
const outcomeOf = (plan: WhatIfPlan, seed: number): ReturnType<typeof runFacade> => {
  const key = JSON.stringify([plan, seed]);
  const run = runs.get(key) ?? runFacade(demands, plan, minutes, seed);
  runs.set(key, run);
  return run;
};

type Measure = 'requests' | 'fromCache' | 'upstreamCalls' | 'refused' | 'waited';
const measures: readonly Measure[] = ['requests', 'fromCache', 'upstreamCalls', 'refused', 'waited'];

const differences = (truth: Readonly<Record<string, Truth>>, figures: Figures, share: number) =>
  nonEmpty(Object.entries(truth)).flatMap(([id, real]) =>
    measures.map((measure) => {
      const predicted = figures.consumers[id]?.[measure] ?? 0;
      const tolerance = Math.max(12, real.requests * share);
      return { id, measure, real: real[measure], predicted, isNear: Math.abs(predicted - real[measure]) <= tolerance };
    }),
  );

describe('a prediction from the log of another plan', () => {
  // Who waits for another instance's call looks again after a time of chance.
  beforeEach(() => void vi.spyOn(Math, 'random').mockImplementation(createRandom(1)));

  // Each plan takes two runs of the product, a second of the processor each: at the small size one of the quota and one of the freshness.
  const chosen = plans.filter((_, index) => isFull || index % 2 === 0);
  const cases = seeds.flatMap((seed) => chosen.map(([name, share, a, b]) => [name, seed, share, a, b] as const));
  it.each(cases)('meets the real outcome: %s (seed %d)', async (_name, seed, share, a, b) => {
    const before = await outcomeOf(a, seed);
    const after = await outcomeOf(b, seed);
    const rows = differences(after.truth, await predict(toLog(before.records), a, b), share);
    expect(rows.filter(({ isNear }) => !isNear)).toEqual([]);
    // The plans differ so much that a replay which ignored the plan would fail.
    const unchanged = differences(after.truth, await predict(toLog(before.records), a, a), share);
    expect(unchanged.some(({ isNear }) => !isNear)).toBe(true);
  });

  it('meets it from stored records too, where refusals are sampled and hits are summed', async () => {
    const [, share, a, b] = plans[0] as (typeof plans)[number];
    const before = await outcomeOf(a, 7);
    const after = await outcomeOf(b, 7);
    const until = before.nowMillis() + 1;
    const hours = [until - (until % 3_600_000), until - (until % 3_600_000) - 3_600_000];
    const listed = await Promise.all(
      demands.flatMap(({ consumerId }) =>
        hours.map((hour) => before.requestStore.list(consumerId, hour, beforeInstant(until), 100_000)),
      ),
    );
    const page = toRequestListDocument({ entries: listed.flat() }, 'https://facade.example.com', []);
    expect(page.data.some(({ attributes: { standsFor } }) => standsFor > 1)).toBe(true);
    const rows = differences(after.truth, await predict(toLog([page]), a, b), share);
    expect(rows.filter(({ isNear }) => !isNear)).toEqual([]);
  });
});
