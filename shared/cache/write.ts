/** A request that changes something: what it touched is purged before its answer leaves, also when the outcome is unknown. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { CacheOutcome, Exchange, Forward, NativeAnswer } from '../native/exchange.ts';
import type { CacheParts } from './answer-cache.ts';
import { formatCacheStatus } from './http/cache-status.ts';
import type { WritePlan } from './plan.ts';
import type { Tag } from './store.ts';

const tries = 3;
const pauseMillis = 50;

/** Refused by the upstream before it changed anything. 408 and 409 may come after it has begun. */
const changedNothing = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 409;

/** A function that dies while it writes leaves its mark for so long; the upstream has settled by then. */
const markMillis = 120_000;
/** Larger answers are not looked into for ids. */
const mostReadBytes = 1_048_576;

const readable = (answer: NativeAnswer) => ({
  status: answer.status,
  headers: answer.headers,
  body: answer.body instanceof Uint8Array && answer.body.byteLength <= mostReadBytes ? answer.body : undefined,
});

export const createWriter = ({ store, clock, observe, onFailure }: CacheParts, newId: () => string) => {
  /** Purging is worth some patience: what is missed here stays visible until the bound. */
  const insist = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await work();
        return true;
      } catch (error) {
        if (attempt === tries) {
          onFailure(what, error);
          return false;
        }
        await sleep(pauseMillis * attempt);
      }
    }
  };

  const settle = async (
    plan: WritePlan,
    writerId: string,
    answer: NativeAnswer | undefined,
    wasSent: boolean,
  ): Promise<boolean> => {
    const { marked } = plan;
    const changed = wasSent && (answer === undefined || !changedNothing(answer.status));
    const purge = async (): Promise<void> => {
      if (!changed) return;
      const touched: readonly Tag[] = await plan.touched(answer && readable(answer));
      if (touched.length > 0) await store.purge(touched, 'hard');
    };
    // The mark goes last: until everything is purged, reads about the entity go upstream.
    if (!(await insist('purge', purge))) return false;
    return marked === undefined || insist('end of write', () => store.endWrite(marked, writerId, changed));
  };

  return async (exchange: Exchange, plan: WritePlan, forward: Forward): Promise<CacheOutcome> => {
    const writerId = newId();
    const { marked, forwardHeaders, forwardTarget } = plan;
    observe({ cacheClass: exchange.operation.cache, verdict: 'write' });
    if (marked !== undefined) {
      await insist('begin of write', () =>
        store.beginWrite(marked, writerId, Math.min(exchange.request.deadlineMillis, clock.nowMillis() + markMillis)),
      );
    }
    let answer: NativeAnswer | undefined;
    let purged = false;
    let wasSent = true;
    try {
      answer = await forward({
        ...(forwardHeaders ? { headers: forwardHeaders } : {}),
        ...(forwardTarget ? { target: forwardTarget } : {}),
      });
    } catch (error) {
      wasSent = !(error instanceof AppError && error.facts.sent === false);
      throw error;
    } finally {
      purged = await settle(plan, writerId, answer, wasSent);
    }
    return { answer, cacheStatus: formatCacheStatus({ fwd: 'method', detail: purged ? undefined : 'PURGE-FAILED' }) };
  };
};
