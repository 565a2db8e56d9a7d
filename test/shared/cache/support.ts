/** What the cache's tests share: exchanges, an upstream with versions, and stores that several instances can share. */
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import type { AnswerCacheOptions } from '../../../shared/cache/parts.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { Sweep } from '../../../shared/cache/store.ts';
import { noChangesSince } from '../../../shared/cache/sweep/watched.ts';
import type {
  CacheOutcome,
  Exchange,
  Forward,
  NativeAnswer,
  NativeRequest,
} from '../../../shared/exchange/exchange.ts';
import type { Headers } from '../../../shared/http/headers.ts';
import { toUpstreamQuery } from '../../../shared/pipeline/native-path.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';

export const upstream = createSignalsUpstream('https://snb.example.com', ['x-units']);

/** A clock that only the test moves. Flights poll in real time, so it is stopped, not slow. */
export const createManualClock = (startMillis = 1_800_000_000_000) => {
  let now = startMillis;
  return {
    nowMillis: () => now,
    advance: (millis: number): void => {
      now += millis;
    },
  };
};
export type ManualClock = ReturnType<typeof createManualClock>;

export type ExchangeParts = Partial<Pick<NativeRequest, 'method' | 'path' | 'query' | 'body' | 'publicUrl'>> & {
  readonly headers?: Headers;
  readonly principal?: string;
  readonly deadlineMillis?: number;
};

/** A read of one experiment by the service principal; a case names only what matters to it. */
export const exchangeOf = (parts: ExchangeParts = {}): Exchange => {
  const { principal = 'service:signals', method = 'GET', path = '/entities/experiment:e1', query = [] } = parts;
  return {
    ...upstream.catalogue.match(method, path),
    request: {
      requestId: 'r1',
      method,
      path,
      query,
      headers: parts.headers ?? [['x-api-key', 'a-consumer-key']],
      body: parts.body,
      publicUrl: parts.publicUrl ?? 'https://facade.example.com',
      deadlineMillis: parts.deadlineMillis ?? Number.MAX_SAFE_INTEGER,
    },
    upstream,
    consumer: { id: 'app', scopes: ['*:*'], state: 'active' },
    principal,
    target: upstream.basePath + path + toUpstreamQuery(query),
  };
};

export const jsonAnswer = (document: unknown, status = 200, headers: Headers = []): NativeAnswer => ({
  status,
  headers: [['content-type', 'application/vnd.api+json'], ...headers],
  body: Buffer.from(JSON.stringify(document)),
});

const bodyOf = async (answer: NativeAnswer): Promise<Buffer> => {
  if (answer.body === undefined) return Buffer.alloc(0);
  if (answer.body instanceof Uint8Array) return Buffer.from(answer.body);
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export const textOf = async ({ answer }: CacheOutcome): Promise<string> => (await bodyOf(answer)).toString('utf8');

/** A cache on a memory store, with a clock of its own, in front of an upstream that the test writes. */
export const createTestCache = (overrides: Partial<AnswerCacheOptions> = {}) => {
  const clock = createManualClock();
  const store = overrides.store ?? createMemoryCacheStore(clock);
  const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store), ...overrides });
  return { clock, store, cache };
};

/** Counts its calls and answers each with its number, unless a test gives another answer. */
export const createCountingUpstream = (answering: (call: number) => NativeAnswer | Promise<NativeAnswer>) => {
  const seen: Parameters<Forward>[0][] = [];
  const forward: Forward = async (changes) => {
    seen.push(changes);
    await changes?.beforeSend?.();
    return answering(seen.length);
  };
  return { forward, seen, calls: () => seen.length };
};

/** A sweep as the service principal of `exchangeOf`, which has watched the notebooks from the beginning. */
export const sweptUntil = (sweptUntilMillis: number, types: readonly string[] = ['experiment']): Sweep => ({
  sweptUntilMillis,
  types,
  principal: 'service:signals',
  watched: noChangesSince(0),
  resumeAtMillis: 0,
});

/** The same exchange, and the work that goes on after its answer. */
export const withBackground = (exchange: Exchange) => {
  const works: Promise<void>[] = [];
  const background = (work: Promise<void>): void => void works.push(work);
  return { works, exchange: { ...exchange, request: { ...exchange.request, background } } };
};
