/**
 * Sends the requests of a log once more, through the product's own governor and cache rules under a plan, in virtual time. No
 * time passes in the world, and nothing is sent. What a replay takes for granted: `assumptions`.
 */
import type { ShortRead } from '../cache/parts.ts';
import { createScarcity } from '../cache/scarcity.ts';
import { AppError } from '../errors/app-error.ts';
import type { Priority } from '../exchange/quota-profile.ts';
import { createGovernor, type Governor } from '../quota/governor.ts';
import { shortageOf, tenantStanding } from '../quota/standing.ts';
import { createFaultyItem } from '../simulation/faulty-store.ts';
import { createMachine } from '../simulation/machine.ts';
import { createRandom, createVirtualTime } from '../simulation/virtual-time.ts';
import { createAnswerTimes } from './answer-times.ts';
import { type Classified, createClassifier, type UpstreamRules } from './classify.ts';
import { createEntries, freshMillisOf } from './entries.ts';
import { createFigures, type Figures } from './figures.ts';
import { createKeys, type Key } from './keys.ts';
import type { LoggedRequest } from './logged-request.ts';
import { boundOf, cachePolicyOf, profileOf, quotaPolicyOf, type WhatIfPlan } from './plan.ts';

export const assumptions: readonly string[] = [
  'Demand does not react: a request comes when it came in the log, however long others wait, and who was refused does not come again sooner or later.',
  'A request that the log shows refused asks once. If it is admitted, the tenant answers it as fast as others of its operation.',
  'The tenant answers each call with the status and after the time of the log. A 429 of the tenant for the quota comes again.',
  'Each uri-miss of the log is an entry of its own. So what a write, a push or the sweep has purged in the log is purged in the replay too, at the same time.',
  'A hit belongs to the entry of its operation that was fetched when its ttl says. Where the ttl does not say it, since the sweep has verified the entry, each living entry of the operation has its turn. Hits that the log only sums are spread over their minute and over the entries that their consumer fetched last.',
  'Refusals that a record stands for are spread over the 5 s before it, with its operation. Each would read an entry of its own.',
  'The change sweep runs twice a minute without a failure, and verifies what is read of entities with the service key.',
  'The store of the budget answers after about 4 ms. No bookings run, and nobody else uses the tenant.',
];

export type ReplayOptions = {
  readonly plan: WhatIfPlan;
  /** Under which the log was recorded: how fresh an answer was then. */
  readonly today: WhatIfPlan;
  readonly rules: UpstreamRules;
  /** Instances of the facade that share the demand. */
  readonly instances?: number;
  readonly seed?: number;
};

const noFaults = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
/** After the last request, until each has its answer or its refusal. */
const restMillis = 600_000;

/** @param requests in the order of time. They are read as time passes, so memory does not grow with their number. */
export const replay = async (
  requests: AsyncIterable<LoggedRequest> | Iterable<LoggedRequest>,
  { plan, today, rules, instances = 4, seed = 1 }: ReplayOptions,
): Promise<Figures> => {
  const [policy, cachePolicy, todaysCache] = [quotaPolicyOf(plan), cachePolicyOf(plan), cachePolicyOf(today)];
  const random = createRandom(seed);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, noFaults);
  const bound = boundOf(plan);
  const governors = Array.from({ length: instances }, () => {
    const machine = createMachine(time, random, { skewMillis: 0, driftShare: 0 });
    return createGovernor({ ticker: machine.ticker, store: item.storeFor(machine), policy, bound });
  });
  const figures = createFigures((cacheClass) => freshMillisOf(todaysCache, cacheClass));
  const keys = createKeys((cacheClass) => freshMillisOf(todaysCache, cacheClass));
  const classify = createClassifier(rules);
  const answerTimes = createAnswerTimes();
  const priorities = new Map<string, Priority>();
  let originMillis = 0;

  const nowMillis = (): number => originMillis + time.now();
  const after = (millis: number): Promise<void> => new Promise((resolve) => time.at(time.now() + millis, resolve));
  const anyGovernor = (): Governor => governors[Math.floor(random() * instances)] as Governor;
  const profile = ({ consumerId, priority }: LoggedRequest) =>
    profileOf(plan, consumerId, priority ?? priorities.get(consumerId));

  const shortageAt = (governor: Governor): number => {
    const state = governor.lastState();
    return state ? shortageOf(tenantStanding(state, policy, governor.clock.earliestMillis())) : 0;
  };
  const scarcity = createScarcity({
    shortage: () => shortageAt(governors[0] as Governor),
    priorityOf: ({ consumer }) => consumer.quota?.priority ?? 'interactive',
    policy: cachePolicy,
  });
  const entries = createEntries(cachePolicy, scarcity);
  const readOf = (request: LoggedRequest, cache: Key['cacheClass']): ShortRead => ({
    consumer: { id: request.consumerId, scopes: [], state: 'active', quota: profile(request) },
    operation: { cache },
  });

  /** One send after the other, as the retries of a request are. @returns the wait of all. @throws AppError of the governor. */
  const send = async (request: LoggedRequest, classified: Classified): Promise<number> => {
    const governor = anyGovernor();
    const { consumerId, operation } = request;
    const applicant = { consumerId, ...profile(request), ...(operation ? { operation } : {}) };
    const answerMillis = request.answerMillis ?? answerTimes.usual(operation);
    let waitedMillis = 0;
    for (const status of request.statuses.length > 0 ? request.statuses : [200]) {
      let admission = await governor.admit(applicant);
      waitedMillis += admission.waitedMillis;
      while (!admission.departs()) {
        admission = await governor.admit(applicant);
        waitedMillis += admission.waitedMillis;
      }
      figures.sent(consumerId, classified.cacheClass);
      await after(answerMillis);
      if (status !== 0) admission.answered();
      if (classified.isQuotaRefusal(status)) governor.upstreamRefused(undefined, operation);
    }
    return waitedMillis;
  };

  const refuse = ({ consumerId }: LoggedRequest, error: unknown): void => {
    if (!(error instanceof AppError)) throw error;
    figures.refused(consumerId, error.facts.limit ?? 'store');
  };

  const pass = async (request: LoggedRequest, classified: Classified): Promise<void> => {
    try {
      figures.waited(request.consumerId, await send(request, classified));
    } catch (error) {
      refuse(request, error);
    }
  };

  const hit = (request: LoggedRequest, key: Key, count: number): void =>
    figures.fromCache(request.consumerId, key.cacheClass, entries.ageMillis(key, nowMillis()), count);

  /** Fetches what the key is about. Others that want it wait meanwhile. */
  const fetch = async (request: LoggedRequest, classified: Classified, key: Key): Promise<number> => {
    key.waiting = [];
    const sinceMillis = nowMillis();
    try {
      const waitedMillis = await send(request, { ...classified, cacheClass: key.cacheClass });
      entries.store(key, request.statuses.at(-1) ?? 200, sinceMillis);
      return waitedMillis;
    } finally {
      const waiting = key.waiting ?? [];
      key.waiting = undefined;
      for (const proceed of waiting) proceed();
    }
  };

  const lead = async (request: LoggedRequest, classified: Classified, key: Key): Promise<void> => {
    try {
      figures.waited(request.consumerId, await fetch(request, classified, key));
    } catch (error) {
      if (entries.mayStandIn(key, readOf(request, key.cacheClass), nowMillis())) hit(request, key, 1);
      else refuse(request, error);
    }
  };

  const refresh = (request: LoggedRequest, classified: Classified, key: Key): Promise<unknown> =>
    // No caller waits for it, and none is refused.
    fetch({ ...request, statuses: request.statuses.slice(-1) }, classified, key).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });

  const read = async (request: LoggedRequest, classified: Classified, key: Key): Promise<void> => {
    const startMillis = nowMillis();
    for (;;) {
      const judgement = entries.judge(key, readOf(request, key.cacheClass), nowMillis());
      const isFetched = key.entry !== undefined && key.entry.requestedAtMillis >= startMillis;
      if (judgement === 'fresh' || isFetched) return hit(request, key, request.count);
      if (judgement === 'refresh') {
        hit(request, key, request.count);
        if (!key.waiting) await refresh(request, classified, key);
        return;
      }
      const { waiting } = key;
      if (!waiting) break;
      await new Promise<void>((resolve) => void waiting.push(resolve));
      if (key.entry !== undefined && startMillis - key.entry.requestedAtMillis < cachePolicy.boundMillis)
        return hit(request, key, request.count);
    }
    const rest = request.count - 1;
    const led = lead({ ...request, count: 1 }, classified, key);
    // Hits of one second: the others find the fetch under way.
    const others = rest > 0 ? read({ ...request, count: rest }, classified, key) : undefined;
    await Promise.all([led, others]);
  };

  const arrive = async (request: LoggedRequest): Promise<void> => {
    const { consumerId, outcome, operation, count } = request;
    if (request.priority) priorities.set(consumerId, request.priority);
    if (request.answerMillis !== undefined) answerTimes.note(operation, request.answerMillis);
    figures.requested(consumerId, count);
    if (outcome === 'other') return;
    const classified = classify(request);
    if (classified.cacheClass === 'never') return pass(request, classified);
    const key = keys.keyOf(request, classified);
    if (key) return read(request, classified, key);
    return figures.fromCache(consumerId, 'unknown', undefined, count);
  };

  let failure: unknown;
  for await (const request of requests) {
    originMillis ||= request.atMillis;
    await time.runUntil(Math.max(time.now(), request.atMillis - originMillis));
    arrive(request).catch((error: unknown) => {
      failure ??= error;
    });
    if (failure) throw failure;
  }
  await time.runUntil(time.now() + restMillis);
  if (failure) throw failure;
  return figures.result();
};
