import { describe, expect, it } from 'vitest';
import { createMemoryTier } from '../../../shared/cache/memory-tier.ts';
import { entryWith } from '../../contracts/cache-store.contract.ts';
import { createManualClock } from './support.ts';

const small = entryWith({ body: new Uint8Array(10), deleteAtMillis: Number.MAX_SAFE_INTEGER });
const keptOf = (tier: ReturnType<typeof createMemoryTier>, count: number): number =>
  Array.from({ length: count }, (_, index) => tier.get(`k${index}`)).filter(Boolean).length;

describe('the copies of an instance', () => {
  it.each([
    ['headers', { headers: [['x-long', 'x'.repeat(50_000)]] as const }],
    [
      'purges',
      { epochs: Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`entity:${i}`, { hard: 0, soft: 0 }])) },
    ],
    ['ancestors', { ancestors: Array.from({ length: 3_000 }, (_, index) => `experiment:${index}`) }],
  ])('count their %s as well as their bodies', (_title, parts) => {
    const tier = createMemoryTier(400_000, createManualClock());
    for (let index = 0; index < 30; index += 1) tier.put(`k${index}`, { ...small, ...parts });
    const kept = keptOf(tier, 30);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(10);
  });

  it('keep no byte of the buffer that their bodies arrived in', () => {
    const tier = createMemoryTier(400_000, createManualClock());
    const read = new Uint8Array(65_536).fill(7);
    tier.put('a', { ...small, body: read.subarray(100, 110) });
    const body = tier.get('a')?.body;
    expect(body).toEqual(new Uint8Array(10).fill(7));
    expect(body?.buffer.byteLength).toBe(10);
  });

  it('drop what was used longest ago', () => {
    const tier = createMemoryTier(8_000, createManualClock());
    for (const id of ['a', 'b', 'c', 'd']) tier.put(id, small);
    tier.get('a');
    for (const id of ['e', 'f']) tier.put(id, small);
    expect(tier.get('a')).toBeDefined();
    expect(tier.get('b')).toBeUndefined();
  });

  it('do not keep the old one when a new one is too large', () => {
    const tier = createMemoryTier(8_000, createManualClock());
    tier.put('a', small);
    tier.put('a', { ...small, body: new Uint8Array(5_000) });
    expect(tier.get('a')).toBeUndefined();
  });

  it('are gone when their time is over', () => {
    const clock = createManualClock();
    const tier = createMemoryTier(8_000, clock);
    tier.put('a', { ...small, deleteAtMillis: clock.nowMillis() + 10 });
    clock.advance(10);
    expect(tier.get('a')).toBeUndefined();
  });
});
