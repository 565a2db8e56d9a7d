/**
 * The mix in virtual time: the cache of the facade on several instances with one store, the change sweep and a tenant, all in
 * this process. The load of the machine does not change the counts; the random pauses of followers change them by a few
 * calls. Two oracles are counted beside the facade. They are asked the same at the same instants, know every edit, and call
 * only for what has changed.
 */
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../shared/cache/store.ts';
import { createSweeper } from '../../shared/cache/sweep/sweep.ts';
import type { Exchange, NativeAnswer } from '../../shared/exchange/exchange.ts';
import { createSignalsFeed } from '../../shared/signals/cache/feed.ts';
import { signalsCacheRules } from '../../shared/signals/cache/rules.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createRandom, createVirtualTime } from '../../shared/simulation/virtual-time.ts';
import { createZipf, editShare, writeShare } from './mix.ts';
import { createReasons, type Reason } from './reasons.ts';
import { createVirtualTenant } from './virtual-tenant.ts';

export type VirtualMix = {
  readonly requests: number;
  readonly experiments: number;
  readonly inFlight: number;
  /** From an answer to the next request of the same driver. */
  readonly pauseMillis: number;
};
export type VirtualCalls = {
  /** Of an oracle that shows each edit at once. */
  readonly oracle: number;
  /** Of an oracle that shows an edit in the tenant after the bound, and so asks once for several: the fewest that the promises allow. */
  readonly lateOracle: number;
  /** Of a cache that keeps everything for 60 s, as nginx does in the mix over HTTP: its reads miss writes and edits. */
  readonly timed: number;
  readonly facade: number;
  readonly seconds: number;
  /** Reads older than a write through the facade that was answered before they began, and than an edit 60 s before. */
  readonly afterWrite: number;
  readonly beyondBound: number;
  readonly calls: Readonly<Record<Reason, number>>;
  readonly writes: number;
  readonly own: number;
};

const upstreamMillis = 120;
const storeMillis = 6;
const instances = 8;
const boundMillis = 60_000;
const principal = 'service:signals';
const upstream = createSignalsUpstream('https://snb.example.com');

const exchangeOf = (method: string, path: string): Exchange => ({
  ...upstream.catalogue.match(method, path),
  request: {
    ...{ requestId: 'r', method, path, query: [], headers: [], body: undefined },
    ...{ publicUrl: 'https://facade.example.com', deadlineMillis: Number.MAX_SAFE_INTEGER },
  },
  ...{ upstream, consumer: { id: 'app', scopes: ['*:*'], state: 'active' }, principal },
  target: upstream.basePath + path,
});

const answerOf = (document: unknown): NativeAnswer => ({
  status: 200,
  headers: [['content-type', 'application/vnd.api+json']],
  body: Buffer.from(JSON.stringify(document)),
});

type Change = { readonly version: number; readonly atMillis: number; readonly isBehind: boolean };

export const runVirtualMix = async (mix: VirtualMix): Promise<VirtualCalls> => {
  const time = createVirtualTime();
  const clock = { nowMillis: () => 1_800_000_000_000 + time.now() };
  const sleep = (millis: number) => new Promise<void>((resolve) => time.at(time.now() + millis, resolve));
  const tenant = createVirtualTenant(mix.experiments, clock.nowMillis);
  const random = createRandom(7);
  const zipf = createZipf(mix.experiments, random);
  /** Not of the mix: the mix has the same requests, whatever answers them. */
  const chance = createRandom(11);
  const oneOf = <One>(all: readonly One[]): One => all[Math.floor(chance() * all.length)] as One;
  const reasons = createReasons();
  const changes = new Map<string, Change[]>();
  const kept = new Map<string, number>();
  const keptLate = new Map<string, number>();
  const keptUntil = new Map<string, number>();
  const counts = { oracle: 0, lateOracle: 0, timed: 0, facade: 0, own: 0, writes: 0, afterWrite: 0, beyondBound: 0 };

  /** Each step of the store takes a while, before and after it is done. */
  const slow = (store: CacheStore): CacheStore =>
    new Proxy(store, {
      get:
        (of, name: keyof CacheStore) =>
        async (...args: never[]) => {
          await sleep(storeMillis / 2);
          const result = await (of[name] as (...given: never[]) => Promise<unknown>)(...args);
          await sleep(storeMillis / 2);
          return result;
        },
    });
  const store = slow(createMemoryCacheStore(clock));
  const every = (millis: number, work: () => void): (() => void) => {
    let isOver = false;
    const next = (): void => {
      if (isOver) return;
      work();
      plan();
    };
    const plan = (): void => time.at(time.now() + millis, next);
    plan();
    return () => {
      isOver = true;
    };
  };
  const flight = { timers: { sleep, every } };
  const caches = Array.from({ length: instances }, () =>
    createAnswerCache({ store, clock, plan: createNativePlanner(store), flight }),
  );
  const feed = createSignalsFeed(async (pathAndQuery) => {
    counts.own += 1;
    await sleep(upstreamMillis / 2);
    const answer = tenant.list(pathAndQuery);
    await sleep(upstreamMillis / 2);
    return { ...answer, principal };
  });
  const sweeper = createSweeper(store, feed, clock, signalsCacheRules);

  const known = (eid: string): Change[] => changes.get(eid) ?? [];
  const change = (eid: string, isBehind: boolean): void => {
    changes.set(eid, [...known(eid), { version: tenant.versionOf(eid), atMillis: time.now(), isBehind }]);
  };
  const editBehind = async (eid: string): Promise<void> => {
    await sleep(upstreamMillis / 2);
    tenant.edit(eid);
    change(eid, true);
    await sleep(upstreamMillis / 2);
  };

  const write = async (eid: string): Promise<void> => {
    counts.writes += 1;
    counts.oracle += 1;
    counts.lateOracle += 1;
    counts.timed += 1;
    const cache = oneOf(caches);
    let version = 0;
    await cache.answer(exchangeOf('PATCH', `/entities/${eid}/properties`), async (given) => {
      await given?.beforeSend?.();
      counts.facade += 1;
      await sleep(upstreamMillis / 2);
      tenant.edit(eid);
      version = tenant.versionOf(eid);
      await sleep(upstreamMillis / 2);
      return answerOf({ data: [] });
    });
    changes.set(eid, [...known(eid), { version, atMillis: time.now(), isBehind: false }]);
  };

  const askOthers = (eid: string, before: readonly Change[]): void => {
    if ((keptUntil.get(eid) ?? 0) <= time.now()) {
      counts.timed += 1;
      keptUntil.set(eid, time.now() + boundMillis);
    }
    if (kept.get(eid) !== before.length) counts.oracle += 1;
    kept.set(eid, before.length);
    const unseen = before.slice(keptLate.get(eid));
    const mustShow = ({ isBehind, atMillis }: Change) => !isBehind || time.now() - atMillis >= boundMillis;
    if (keptLate.has(eid) && !unseen.some(mustShow)) return;
    counts.lateOracle += 1;
    keptLate.set(eid, before.length);
  };

  const read = async (eid: string): Promise<void> => {
    const startMillis = time.now();
    const before = known(eid);
    askOthers(eid, before);
    const cache = oneOf(caches);
    const exchange = exchangeOf('GET', `/entities/${eid}`);
    const { answer, cacheStatus } = await cache.answer(exchange, async () => {
      counts.facade += 1;
      await sleep(upstreamMillis / 2);
      const document = tenant.document(eid);
      await sleep(upstreamMillis / 2);
      return answerOf(document);
    });
    const { version } = JSON.parse(Buffer.from(answer.body as Uint8Array).toString()).data.attributes;
    const missed = before.filter((one) => one.version > version);
    if (missed.some(({ isBehind }) => !isBehind)) counts.afterWrite += 1;
    if (missed.some(({ atMillis }) => startMillis - atMillis > boundMillis)) counts.beyondBound += 1;
    const edits = before.filter(({ isBehind }) => isBehind).length;
    reasons.note(eid, cacheStatus, { writes: before.length - edits, edits, atMillis: startMillis });
  };

  let left = mix.requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const eid = tenant.eidAt(zipf());
      const dice = random();
      if (dice < editShare) await editBehind(eid);
      await (dice > 1 - writeShare ? write(eid) : read(eid));
      await sleep(mix.pauseMillis * (0.5 + chance()));
    }
  };

  // As in a stage: the sweep runs at 0 and 28 s of each minute, and has run before.
  let isOver = false;
  const sweep = async (): Promise<void> => {
    while (!isOver) {
      await sweeper.run();
      const second = time.now() % 60_000;
      await sleep((second < 28_000 ? 28_000 : 60_000) - second);
    }
  };
  void sweep();
  await time.runUntil(10_000);
  counts.own = 0;
  const all = Promise.all(Array.from({ length: mix.inFlight }, work)).then(() => {
    isOver = true;
  });
  await time.runUntil(Number.MAX_SAFE_INTEGER, () => isOver);
  await all;
  return { ...counts, facade: counts.facade + counts.own, seconds: time.now() / 1_000 - 10, calls: reasons.counts };
};
