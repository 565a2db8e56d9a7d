/** A request that changes something: what it touched is purged before its answer leaves, also when the outcome is unknown. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { beliesItsType } from '../exchange/document.ts';
import type { CacheOutcome, Exchange, Forward, NativeAnswer } from '../exchange/exchange.ts';
import { formatCacheStatus } from './http/cache-status.ts';
import type { CacheParts } from './parts.ts';
import type { WritePlan } from './plan.ts';
import { isNarrow } from './store.ts';

const tries = 3;
const pauseMillis = 50;

/** Once nothing is sent any more, the upstream has settled after so long. */
const settleMillis = 120_000;
/** Two clocks that take part differ by less. */
const clockSkewMillis = 5_000;
/** No function runs longer. */
const longestRunMillis = 900_000;
/** Larger answers are not looked into for ids. */
const mostReadBytes = 1_048_576;

/**
 * `refused`: nothing was changed. `changed`: it was, or may have been in part, and is over. `open`: nobody knows whether the
 * upstream will still do it.
 */
type Fate = 'refused' | 'changed' | 'open';

/** A 409 may come after the upstream has begun; 408 and 5xx may come from something in front of it, which goes on. */
const fateOfStatus = (status: number): Fate => {
  if (status === 408 || status >= 500) return 'open';
  return status >= 400 && status !== 409 ? 'refused' : 'changed';
};

/** Failures before anything was sent, or after a refusal by 401 or 429. */
const refusals: ReadonlySet<string> = new Set(['TOO_MANY_REQUESTS', 'CREDENTIAL_UNAVAILABLE', 'USER_TOKEN_NEEDED']);

const fateOfFailure = (error: unknown): Fate =>
  error instanceof AppError && (error.facts.sent === false || refusals.has(error.code)) ? 'refused' : 'open';

/** What can be looked into for ids; a body that is not the document that it claims to be names nothing for certain. */
const readBody = (exchange: Exchange, answer: NativeAnswer): Uint8Array | undefined => {
  const { body } = answer;
  if (body === undefined) return new Uint8Array();
  const isSmall = body instanceof Uint8Array && body.byteLength <= mostReadBytes;
  return isSmall && !beliesItsType(exchange, answer) ? body : undefined;
};

type Readable = NonNullable<Parameters<WritePlan['touched']>[0]>;

const readable = (exchange: Exchange, answer: NativeAnswer): Readable => ({
  status: answer.status,
  headers: answer.headers,
  body: readBody(exchange, answer),
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

  /** When the upstream has settled, if it is sent something until `sendingUntilMillis`. */
  const settledMillis = (sendingUntilMillis: number): number => sendingUntilMillis + settleMillis + clockSkewMillis;

  /**
   * Marks before anything is sent. A function that dies from here on leaves nothing stale for good: its entity goes upstream
   * until the mark lapses, and the lapse ends whatever is stored by then under any of the marked tags. Lists and searches are
   * not purged already here: they end by themselves within the bound, and would be fetched twice for every write.
   */
  const begin = async ({ marked }: WritePlan, writerId: string, deadlineMillis: number): Promise<void> => {
    if (!marked || marked.length === 0) return;
    const now = clock.nowMillis();
    const sendingUntilMillis = Math.max(now, Math.min(deadlineMillis, now + longestRunMillis));
    await insist('begin of write', () => store.beginWrite(marked, writerId, settledMillis(sendingUntilMillis)));
  };

  /**
   * Purges what was touched. The marks go only when the outcome is known. While it is open they stay for their full time,
   * on everything that the write would touch: the upstream may still carry it out.
   */
  const settle = (plan: WritePlan, writerId: string, answer: Readable | undefined, fate: Fate): Promise<boolean> => {
    const { marked } = plan;
    return insist('purge', async () => {
      if (fate === 'refused') {
        if (marked && marked.length > 0) await store.endWrite(marked, writerId, []);
        return;
      }
      const touched = [...new Set([...(marked ?? []), ...(await plan.touched(answer))])];
      if (touched.length === 0) return;
      if (!marked) return store.purge(touched, 'hard');
      if (fate === 'changed') return store.endWrite(marked, writerId, touched);
      await store.beginWrite(touched, writerId, settledMillis(clock.nowMillis()));
      await store.purge(
        touched.filter((tag) => !isNarrow(tag)),
        'hard',
      );
    });
  };

  return async (exchange: Exchange, plan: WritePlan, forward: Forward): Promise<CacheOutcome> => {
    const writerId = newId();
    observe({ cacheClass: exchange.operation.cache, verdict: 'write' });
    let hasBegun = false;
    const beforeSend = (): Promise<void> => {
      hasBegun = true;
      return begin(plan, writerId, exchange.request.deadlineMillis);
    };
    let answer: NativeAnswer | undefined;
    let fate: Fate = 'open';
    let purged = false;
    try {
      answer = await forward({ beforeSend });
      fate = fateOfStatus(answer.status);
    } catch (error) {
      fate = fateOfFailure(error);
      throw error;
    } finally {
      // What was refused before it began has left no marks: it costs nothing.
      purged =
        hasBegun || fate !== 'refused'
          ? await settle(plan, writerId, answer && readable(exchange, answer), fate)
          : true;
    }
    return { answer, cacheStatus: formatCacheStatus({ fwd: 'method', detail: purged ? undefined : 'PURGE-FAILED' }) };
  };
};
