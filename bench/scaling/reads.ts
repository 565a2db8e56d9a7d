/** Reads and writes through the real cache, on its store in memory and a clock that jumps: how many become calls to the tenant. */
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import { noChangesSince } from '../../shared/cache/sweep/watched.ts';
import type { Exchange, NativeAnswer } from '../../shared/exchange/exchange.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createRandom } from '../../shared/simulation/virtual-time.ts';
import { baseLoad } from './base-load.ts';

const upstream = createSignalsUpstream('https://tenant.example.com');
const principal = 'service:signals';
const sweepEveryMillis = 30_000;

const exchangeOf = (method: string, path: string): Exchange => ({
  ...upstream.catalogue.match(method, path),
  request: {
    ...{ requestId: 'r', method, path, query: [], headers: [['x-api-key', 'k']], body: undefined },
    ...{ publicUrl: 'https://facade.example.com', deadlineMillis: Number.MAX_SAFE_INTEGER },
    background: (work) => void work.catch(() => {}),
  },
  ...{ upstream, consumer: { id: 'app', scopes: ['*:*'], state: 'active' }, principal },
  target: upstream.basePath + path,
});

const answerOf = (path: string): NativeAnswer => ({
  status: 200,
  headers: [['content-type', 'application/vnd.api+json']],
  body: Buffer.from(
    JSON.stringify({
      data: { type: 'entity', id: path.split('/')[2], attributes: { type: 'experiment', state: 'open' } },
    }),
  ),
});

/** Ranks by their share 1/rank. */
const createRanks = (count: number, random: () => number) => {
  const sums = new Float64Array(count);
  for (let rank = 0, sum = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return (): number => {
    const wanted = random() * (sums[count - 1] as number);
    let low = 0;
    for (let high = count - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

export type ReadFigures = {
  readonly reads: number;
  readonly writes: number;
  readonly seconds: number;
  /** Reads that were sent to the tenant, refreshes in the background included. */
  readonly fetches: number;
  /** Most reads of one record in the time. */
  readonly hottest: number;
};

export type ReadScenario = {
  readonly factor: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Whether a change sweep vouches for records, so that they stay fresh for 15 minutes. */
  readonly isSwept: boolean;
};

export const simulateReads = async ({ factor, warmSeconds, seconds, isSwept }: ReadScenario): Promise<ReadFigures> => {
  const random = createRandom(11);
  let now = 1_800_000_000_000;
  const clock = { nowMillis: () => now };
  const store = createMemoryCacheStore(clock);
  const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store) });
  const next = createRanks(baseLoad.records, random);
  const byRecord = new Map<string, number>();
  const figures = { reads: 0, writes: 0, fetches: 0 };
  let isCounting = false;
  const call = async (method: string, path: string): Promise<void> => {
    await cache.answer(exchangeOf(method, path), async (changes) => {
      await changes?.beforeSend?.();
      if (isCounting && method === 'GET') figures.fetches += 1;
      return answerOf(path);
    });
  };
  const step = 1_000 / (baseLoad.readsPerSecond * factor);
  const startMillis = now;
  let sweptMillis = Number.NEGATIVE_INFINITY;
  while (now < startMillis + (warmSeconds + seconds) * 1_000) {
    isCounting = now >= startMillis + warmSeconds * 1_000;
    if (isSwept && now - sweptMillis >= sweepEveryMillis) {
      sweptMillis = now;
      const watched = noChangesSince(0);
      await store.markSwept({ sweptUntilMillis: now, types: ['experiment'], principal, watched, resumeAtMillis: 0 });
    }
    const path = `/entities/experiment:e${next()}`;
    const isWrite = random() < baseLoad.writeShare;
    await (isWrite ? call('PATCH', `${path}/properties`) : call('GET', path));
    if (isCounting) {
      figures[isWrite ? 'writes' : 'reads'] += 1;
      if (!isWrite) byRecord.set(path, (byRecord.get(path) ?? 0) + 1);
    }
    now += step;
  }
  return { ...figures, seconds, hottest: Math.max(0, ...byRecord.values()) };
};
