/** Calls the upstream for all requests that wait for an answer, and stores what may be stored. */

import { AppError } from '../errors/app-error.ts';
import { beliesItsType } from '../exchange/document.ts';
import type { Exchange, Forward, NativeAnswer } from '../exchange/exchange.ts';
import { type Headers, withoutFields } from '../http/headers.ts';
import { collect, discard } from './collect.ts';
import type { Entry, Epochs } from './entry.ts';
import { toValidationRequest, updatedHeaders, validatorsOf } from './http/validation.ts';
import { varyNames } from './http/vary.ts';
import type { Landing } from './landing.ts';
import { type EntryHead, makeEntryHead } from './make-entry.ts';
import type { CacheParts } from './parts.ts';
import type { ReadPlan } from './plan.ts';
import { markedPrivate, respond, withOwnEtag } from './respond.ts';
import type { EntryKey } from './store.ts';

export type Task = {
  readonly key: EntryKey;
  readonly fence: number;
  /** The purges that were known before the upstream was asked. */
  readonly epochs: Epochs;
  readonly stale: Entry | undefined;
};

export type Fetched = {
  readonly answer: NativeAnswer;
  readonly upstreamStatus: number;
  readonly stored: boolean;
  readonly entry: Entry | undefined;
};

/** How long a failure is stored: for the requests that wait for it, not for later ones. */
const failureKeepMillis = 10_000;

/** The entry head with which a failure is passed to the waiting requests. */
const failureHead = (answer: NativeAnswer, requestedAtMillis: number, cacheClass: string): EntryHead => ({
  status: answer.status,
  headers: answer.headers,
  requestedAtMillis,
  bornAtMillis: requestedAtMillis,
  freshUntilMillis: requestedAtMillis,
  staleUntilMillis: requestedAtMillis,
  errorUntilMillis: requestedAtMillis,
  deleteAtMillis: requestedAtMillis + failureKeepMillis,
  mustRevalidate: true,
  noCache: false,
  vary: { names: [], variant: '[]' },
  cacheClass,
});

const cookies: ReadonlySet<string> = new Set(['set-cookie']);

/** The headers that may be shared. Cookies belong to the first caller; they do not prevent storing the rest. */
const keptOf = ({ rules }: ReadPlan, answer: NativeAnswer): NativeAnswer =>
  rules.cookies ? answer : { ...answer, headers: withoutFields(answer.headers, cookies) };

const isFailure = (status: number): boolean => status >= 500 || status === 429;

/** It varies by a header that this request did not send: each request asks for itself, with its own value. */
const isForNobody = ({ ownField }: ReadPlan, { status, headers }: NativeAnswer): boolean =>
  ownField !== undefined && !isFailure(status) && varyNames(headers).includes(ownField);

export const createFetcher = ({ store, clock, memory, mostBodyBytes, onFailure }: CacheParts) => {
  const save = async (plan: ReadPlan, { key }: Task, entry: Entry): Promise<boolean> => {
    const keys =
      plan.variantKey && entry.vary.names.length > 0 ? [plan.variantKey(entry.vary.variant), plan.key] : [key];
    try {
      const done = await Promise.all(keys.map((one) => store.put(one, entry)));
      if (plan.variantKey === undefined) memory.put(key.id, entry);
      return done.every(Boolean);
    } catch (error) {
      onFailure('store', error);
      return false;
    }
  };

  const conditionsOf = (plan: ReadPlan, stale: Entry | undefined) =>
    stale && toValidationRequest(plan.forwardHeaders, validatorsOf(stale.headers));

  /** For the leader: headers as they came, without an Age. */
  const replyOf = (exchange: Exchange, plan: ReadPlan, entry: Entry, came: Headers): NativeAnswer => {
    const headers = markedPrivate(withOwnEtag(came, entry), plan.rules);
    return respond(exchange.request.method, plan.requestHeaders, entry, headers, clock.nowMillis());
  };

  /** A 304 brings the stored answer up to date; its body stays. */
  const revalidated = async (
    exchange: Exchange,
    plan: ReadPlan,
    task: Task & { readonly stale: Entry },
    answer: NativeAnswer,
    requestedAtMillis: number,
  ): Promise<{ landing: Landing; result: Fetched }> => {
    const { stale, fence, epochs } = task;
    const headers = updatedHeaders(stale.headers, answer.headers);
    const now = clock.nowMillis();
    const timing = { requestedAtMillis, receivedAtMillis: now };
    const whole = { status: stale.status, headers };
    const head = makeEntryHead(plan.requestHeaders, whole, timing, plan.rules);
    const drawn = head ? plan.draw(whole, stale.body, head) : {};
    const entry: Entry = { ...stale, headers, ...head, ...drawn, fence, epochs };
    const stored = head !== undefined && (await save(plan, task, entry));
    const reply = replyOf(exchange, plan, entry, headers);
    return {
      landing: stored ? { kind: 'entry', entry } : { kind: 'passed' },
      result: { answer: reply, upstreamStatus: 304, stored, entry },
    };
  };

  return async (
    exchange: Exchange,
    plan: ReadPlan,
    task: Task,
    forward: Forward,
  ): Promise<{ landing: Landing; result: Fetched }> => {
    const conditional = conditionsOf(plan, task.stale);
    const requestedAtMillis = clock.nowMillis();
    const answer = keptOf(plan, await forward({ headers: conditional ?? plan.forwardHeaders }));
    if (isForNobody(plan, answer)) {
      discard(answer);
      const own = await forward();
      const result = { answer: own, upstreamStatus: own.status, stored: false, entry: undefined };
      return { landing: { kind: 'passed' }, result };
    }
    if (answer.status === 304 && conditional && task.stale) {
      // A 304 with a masked credential changes nothing: the stored headers stay.
      const update = answer.isMasked ? { ...answer, headers: [] } : answer;
      return revalidated(exchange, plan, { ...task, stale: task.stale }, update, requestedAtMillis);
    }
    const failed = new AppError('UPSTREAM_UNREACHABLE', { detail: `The upstream answered ${answer.status}.` });
    const unshared = (body: NativeAnswer['body']): { landing: Landing; result: Fetched } => ({
      landing: isFailure(answer.status) ? { kind: 'failed', error: failed } : { kind: 'passed' },
      result: { answer: { ...answer, body }, upstreamStatus: answer.status, stored: false, entry: undefined },
    });
    if (answer.isMasked) return unshared(answer.body);
    const timing = { requestedAtMillis, receivedAtMillis: clock.nowMillis() };
    const ruled = makeEntryHead(plan.requestHeaders, answer, timing, plan.rules);
    const shareFailure = !ruled && isFailure(answer.status) && !task.stale && plan.variantKey === undefined;
    const head = ruled ?? (shareFailure ? failureHead(answer, requestedAtMillis, plan.cacheClass) : undefined);
    if (!head) return unshared(answer.body);
    const collected = await collect(answer, mostBodyBytes);
    if ('rest' in collected) return unshared(collected.rest);
    const body = collected.whole;
    if (answer.body !== undefined && beliesItsType(exchange, { ...answer, body })) return unshared(body);
    const { fence, epochs } = task;
    const entry: Entry = { ...head, ...(ruled ? plan.draw(answer, body, ruled) : {}), body, fence, epochs };
    const stored = await save(plan, task, entry);
    const reply = replyOf(exchange, plan, entry, answer.headers);
    return {
      landing: stored ? { kind: 'entry', entry } : { kind: 'passed' },
      result: { answer: reply, upstreamStatus: answer.status, stored: stored && ruled !== undefined, entry },
    };
  };
};
