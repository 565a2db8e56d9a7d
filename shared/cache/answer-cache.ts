/** The cache in the native pipeline: reads from it, one flight per miss, and purges for what is written. */
import { randomUUID } from 'node:crypto';
import type { CacheOutcome, Exchange, Forward } from '../exchange/exchange.ts';
import { defaultFlightSettings } from './flights.ts';
import { formatCacheStatus } from './http/cache-status.ts';
import { createMemoryTier } from './memory-tier.ts';
import { type AnswerCacheOptions, noScarcity } from './parts.ts';
import { createReader } from './read.ts';
import { createRevocation } from './revoked.ts';
import { createWriter } from './write.ts';

const defaultMostBodyBytes = 8 * 1_048_576;
const defaultMemoryBytes = 32 * 1_048_576;

/** An AnswerCache that works on any store. When the store fails, requests go upstream and say `detail=STORE-FAILED`. */
export const createAnswerCache = (options: AnswerCacheOptions) => {
  const { store, clock, plan, observe = () => {}, onFailure = () => {} } = options;
  const shared = {
    store,
    clock,
    memory: createMemoryTier(options.memoryBytes ?? defaultMemoryBytes, clock),
    mostBodyBytes: options.mostBodyBytes ?? defaultMostBodyBytes,
    flight: { ...defaultFlightSettings, ...options.flight },
    scarcity: options.scarcity ?? noScarcity,
    revocation: createRevocation({ store, onFailure }),
    observe,
    onFailure,
  };
  const read = createReader(shared);
  const write = createWriter(shared, randomUUID);

  return {
    /**
     * @throws what `forward` throws, if no entry may be served instead; UPSTREAM_LATE for `only-if-cached` without a
     * hit.
     */
    async answer(exchange: Exchange, unwatched: Forward): Promise<CacheOutcome> {
      const planned = plan(exchange);
      const forward: Forward = (changes) => shared.revocation.watch(exchange, () => unwatched(changes));
      if (planned.kind === 'read') return read(exchange, planned, forward);
      if (planned.kind === 'write') return write(exchange, planned, forward);
      observe({ cacheClass: exchange.operation.cache, verdict: 'pass' });
      return { answer: await forward(), cacheStatus: formatCacheStatus({ fwd: planned.fwd, detail: planned.detail }) };
    },
  };
};
