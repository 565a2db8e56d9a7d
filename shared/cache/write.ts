/** Carries out a write: what it touched is purged before its answer leaves, also if the outcome is unknown. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { beliesItsType, isDocument } from '../exchange/document.ts';
import type { CacheOutcome, Exchange, Forward, NativeAnswer } from '../exchange/exchange.ts';
import { formatCacheStatus } from './http/cache-status.ts';
import type { CacheParts } from './parts.ts';
import type { WritePlan } from './plan.ts';
import { isNarrow } from './tags.ts';

const tries = 3;
const pauseMillis = 50;

/** This long after the last byte was sent, the upstream has finished or never will. */
const settleMillis = 120_000;
/** The clocks of two instances differ by less. */
const clockSkewMillis = 5_000;
/** Lambda ends every function after this time. */
const longestRunMillis = 900_000;
/** Larger answers are not searched for ids. */
const mostReadBytes = 1_048_576;

/**
 * `refused`: nothing was changed. `changed`: something was, or may have been in part, and it is over. `open`: the
 * upstream may still carry it out.
 */
type Fate = 'refused' | 'changed' | 'open';

/**
 * A 409 may come after the upstream has started. 408 and 5xx may come from a proxy in front of it, while it continues.
 */
const fateOfStatus = (status: number): Fate => {
  if (status === 408 || status >= 500) return 'open';
  return status >= 400 && status !== 409 ? 'refused' : 'changed';
};

/** Failures before anything was sent, or after a refusal by 401 or 429. */
const refusals: ReadonlySet<string> = new Set(['TOO_MANY_REQUESTS', 'CREDENTIAL_UNAVAILABLE', 'USER_TOKEN_NEEDED']);

const fateOfFailure = (error: unknown): Fate =>
  error instanceof AppError && (error.facts.sent === false || refusals.has(error.code)) ? 'refused' : 'open';

/**
 * The body that is searched for ids. An empty one names nothing, unless it claims to be a document. One that is no document, or not the
 * document that it claims to be, cannot be searched.
 */
const readBody = (exchange: Exchange, answer: NativeAnswer): Uint8Array | undefined => {
  const { body } = answer;
  if (body === undefined) return new Uint8Array();
  if (!(body instanceof Uint8Array) || body.byteLength > mostReadBytes) return undefined;
  if (beliesItsType(exchange, answer)) return undefined;
  return body.byteLength === 0 || isDocument(exchange, answer) ? body : undefined;
};

type Readable = NonNullable<Parameters<WritePlan['touched']>[0]>;

const readable = (exchange: Exchange, answer: NativeAnswer): Readable => ({
  status: answer.status,
  headers: answer.headers,
  body: readBody(exchange, answer),
});

export const createWriter = ({ store, clock, observe, onFailure }: CacheParts, newId: () => string) => {
  /** Pauses between tries of a purge: changes that are not purged stay hidden until the bound. */
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

  /** When the upstream has finished, if bytes are sent to it until `sendingUntilMillis`. */
  const settledMillis = (sendingUntilMillis: number): number => sendingUntilMillis + settleMillis + clockSkewMillis;

  /**
   * Sets the marks before anything is sent. If the function dies from here on, nothing stays stale for good: reads of
   * the entity go to the upstream until the mark expires, and the expiry purges everything stored under any marked tag.
   * Lists and searches are neither marked nor purged here. They end by themselves within the bound.
   */
  const begin = async ({ marked }: WritePlan, writerId: string, deadlineMillis: number): Promise<void> => {
    if (!marked || marked.length === 0) return;
    const now = clock.nowMillis();
    const sendingUntilMillis = Math.max(now, Math.min(deadlineMillis, now + longestRunMillis));
    await insist('begin of write', () => store.beginWrite(marked, writerId, settledMillis(sendingUntilMillis)));
  };

  /**
   * Purges what was touched. The marks are removed only when the outcome is known. While it is open, they stay for
   * their full time on everything that the write would touch, because the upstream may still carry it out.
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
      // A write that was refused before it started has set no marks, so there is nothing to end.
      purged =
        hasBegun || fate !== 'refused'
          ? await settle(plan, writerId, answer && readable(exchange, answer), fate)
          : true;
    }
    return { answer, cacheStatus: formatCacheStatus({ fwd: 'method', detail: purged ? undefined : 'PURGE-FAILED' }) };
  };
};
