/**
 * A fleet of the facade in virtual time: the cache, the quota gate and the request log as functions/wiring joins them, in front of a
 * tenant that answers everything. Its request records are the log of a what-if, and its counts the truth that a what-if predicts.
 */
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { createScarcity } from '../../../shared/cache/scarcity.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type Decision, noteSend, type RequestRecord, toRecord } from '../../../shared/exchange/decision.ts';
import type { Exchange, Forward } from '../../../shared/exchange/exchange.ts';
import { createQuotaGate } from '../../../shared/quota/gate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { createMemoryRequestStore } from '../../../shared/requests/adapters/memory.ts';
import { createQuotaNotes } from '../../../shared/requests/quota-notes.ts';
import { explainRefusal } from '../../../shared/requests/rate-limit.ts';
import { createRequestLog } from '../../../shared/requests/request-log.ts';
import { createFaultyItem } from '../../../shared/simulation/faulty-store.ts';
import { createMachine, epochMillis } from '../../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { cachePolicyOf, profileOf, quotaPolicyOf, type WhatIfPlan } from '../../../shared/what-if/plan.ts';
import { exchangeOf, jsonAnswer, sweptUntil } from '../cache/support.ts';
import { timersOf } from '../cache/virtual-flights.ts';

const instances = 3;
const none = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
const patienceMillis = 29_000;
const principal = 'service:signals';

/** Who asks how often, and for what. */
export type Demand = {
  readonly consumerId: string;
  readonly perMinute: number;
  readonly priority: 'interactive' | 'background';
  /** @param random 0 to 1. */
  readonly ask: (random: () => number) => { readonly method: string; readonly path: string };
};

export type Truth = {
  readonly requests: number;
  readonly fromCache: number;
  readonly upstreamCalls: number;
  readonly refused: number;
  readonly waited: number;
};

const noTruth = () => ({ requests: 0, fromCache: 0, upstreamCalls: 0, refused: 0, waited: 0 });

export const runFacade = async (demands: readonly Demand[], plan: WhatIfPlan, minutes: number, seed: number) => {
  const demandRandom = createRandom(seed);
  const random = createRandom(seed + 1);
  const time = createVirtualTime();
  const clock = { nowMillis: () => epochMillis + time.now() };
  const item = createFaultyItem(time, random, none);
  const store = createMemoryCacheStore(clock);
  const requestStore = createMemoryRequestStore();
  const policy = quotaPolicyOf(plan);
  const cachePolicy = cachePolicyOf(plan);
  const records: RequestRecord[] = [];
  const truth = new Map<string, ReturnType<typeof noTruth>>();
  const timers = timersOf(time);

  const fleet = Array.from({ length: instances }, () => {
    const machine = createMachine(time, random, { skewMillis: 0, driftShare: 0 });
    const governor = createGovernor({ ticker: machine.ticker, store: item.storeFor(machine), policy });
    const notes = createQuotaNotes();
    const quota = createQuotaGate({
      ...{ governor, policy, nowMillis: clock.nowMillis },
      profileOf: (consumer) => profileOf(plan, consumer.id, consumer.quota?.priority),
      onNote: (note, exchange) => notes.asked(exchange, note),
    });
    const cache = createAnswerCache({
      ...{ store, clock, plan: createNativePlanner(store, cachePolicy), flight: { timers } },
      scarcity: createScarcity({
        ...{ shortage: quota.shortage, policy: cachePolicy },
        priorityOf: ({ consumer }) => profileOf(plan, consumer.id, consumer.quota?.priority).priority,
      }),
    });
    const later = (run: () => void, millis: number): void => time.at(time.now() + millis, run);
    const log = createRequestLog({ store: requestStore, nowMillis: clock.nowMillis, onFailure: () => {}, later });
    return { quota, notes, cache, log };
  });

  const handle = async ({ consumerId, priority, ask }: Demand, requestId: string): Promise<void> => {
    const { quota, notes, cache, log } = fleet[Math.floor(demandRandom() * instances)] as (typeof fleet)[number];
    const { method, path } = ask(demandRandom);
    const answerMillis = 100 + demandRandom() * 200;
    const startedAtMillis = clock.nowMillis();
    const plain = exchangeOf({ method, path, principal, deadlineMillis: startedAtMillis + patienceMillis });
    const decision: Decision = {
      consumer: consumerId,
      operation: `${plain.operation.method} ${plain.operation.path}`,
      credential: 'service signals',
      cacheClass: plain.operation.cache,
    };
    const exchange: Exchange = {
      ...plain,
      decision,
      consumer: { id: consumerId, scopes: ['*:*'], state: 'active', quota: { priority, weight: 1, caps: [] } },
    };
    const works: Promise<void>[] = [];
    Object.assign(exchange.request, { requestId, background: (work: Promise<void>) => void works.push(work) });
    const sums = truth.get(consumerId) ?? noTruth();
    truth.set(consumerId, sums);
    sums.requests += 1;
    const forward: Forward = async (changes) => {
      const send = { ...exchange };
      await quota.gate.admit(send);
      await changes?.beforeSend?.();
      if (quota.gate.departs?.(send) === false) throw new Error('a unit came too late in a run without faults');
      sums.upstreamCalls += 1;
      await timers.sleep(answerMillis);
      const outcome = { kind: 'answered', status: 200, retryAfterMillis: undefined } as const;
      quota.onSend(send, outcome);
      notes.sent(send, outcome);
      noteSend(decision, 200);
      return jsonAnswer({ data: { type: 'entity', id: path.split('/')[2] ?? '', attributes: {} } });
    };
    let status = 200;
    let errorCode: RequestRecord['errorCode'];
    try {
      decision.cacheStatus = (await cache.answer(exchange, forward)).cacheStatus;
    } catch (error) {
      const explained = explainRefusal(error, quota.headersFor(exchange.consumer), decision, clock.nowMillis());
      if (!(explained instanceof AppError)) throw error;
      status = 429;
      errorCode = explained.code;
      sums.refused += 1;
    }
    if (/^hit|collapsed/.test(decision.cacheStatus ?? '')) sums.fromCache += 1;
    if (status === 200 && (decision.quota?.waitedMillis ?? 0) > 100) sums.waited += 1;
    const answeredAtMillis = clock.nowMillis();
    await Promise.all(works);
    const endedAtMillis = clock.nowMillis();
    const times = { startedAtMillis, answeredAtMillis, endedAtMillis };
    const answered = { requestId, method, status, ...times, errorCode, bodyBytes: 1, decision };
    const record = toRecord(answered);
    if (record) records.push(record);
    await log.keep(answered);
  };

  const failures: unknown[] = [];
  let count = 0;
  for (const demand of demands) {
    const next = (): void =>
      time.at(time.now() - (Math.log(1 - demandRandom()) * 60_000) / demand.perMinute, () => {
        if (time.now() >= minutes * 60_000) return;
        count += 1;
        handle(demand, `request-${count}`).catch((error: unknown) => failures.push(error));
        next();
      });
    next();
  }
  for (let millis = 0; millis < minutes * 60_000; millis += 30_000)
    time.at(millis, () => void store.markSwept(sweptUntil(clock.nowMillis() - 2_000)));
  await time.runUntil((minutes + 1) * 60_000);
  if (failures.length > 0) throw failures[0];
  return {
    /** A record of each request, hits included, as the functions' log has it. */
    records,
    truth: Object.fromEntries([...truth].map(([name, sums]): [string, Truth] => [name, sums])),
    requestStore,
    nowMillis: clock.nowMillis,
  };
};
