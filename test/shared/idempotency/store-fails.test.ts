import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import type { IdempotencyStore } from '../../../shared/idempotency/record.ts';
import { codeOf, counting, create, post } from './idempotency-support.ts';

describe('a POST whose key cannot be kept, or ends unsent', () => {
  it('is refused while the keys cannot be looked up: nothing is sent', async () => {
    const store = { ...createMemoryIdempotencyStore(), begin: () => Promise.reject(new Error('down')) };
    const run = counting();
    await expect(create({ store }).around(post(), run)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_UNAVAILABLE',
      facts: { sent: false },
    });
    expect(run.count).toBe(0);
  });

  it('frees its key when it is refused because the answer of the store was lost', async () => {
    const memory = createMemoryIdempotencyStore();
    const begin: IdempotencyStore['begin'] = async (...args) => {
      await memory.begin(...args);
      throw new Error('the answer was lost');
    };
    const refused = create({ store: { ...memory, begin } }).around(post(), counting());
    expect(await codeOf(refused)).toBe('IDEMPOTENCY_UNAVAILABLE');
    const run = counting();
    await create({ store: memory, newId: () => 'another' }).around(post(), run);
    expect(run.count).toBe(1);
  });

  it('leaves the key to its owner when it cannot be freed', async () => {
    const down = () => Promise.reject(new Error('down'));
    const { around } = create({ store: { ...createMemoryIdempotencyStore(), begin: down, release: down } });
    expect(await codeOf(around(post(), counting()))).toBe('IDEMPOTENCY_UNAVAILABLE');
  });

  it('gets its answer when the store hangs, at the latest after 5 s', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const finish = () => new Promise<boolean>(() => {});
    const { around, failures } = create({ store: { ...createMemoryIdempotencyStore(), finish } });
    const answered = around(post(), counting());
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await answered).status).toBe(201);
    expect(failures).toEqual(['an outcome was not kept in time']);
  });

  it('frees its key when it failed before anything was sent, whatever the failure', async () => {
    const { around } = create();
    const fault = new Error('a table is throttled');
    const unsent = around(post(), () => Promise.reject(fault), { mayHaveSent: () => false });
    await expect(unsent).rejects.toBe(fault);
    const run = counting();
    await around(post(), run);
    expect(run.count).toBe(1);
  });

  it('gets its answer when the outcome cannot be kept; the key then stays in progress until its lease ends', async () => {
    const memory = createMemoryIdempotencyStore();
    const store = { ...memory, finish: () => Promise.reject(new Error('down')) };
    const { around, failures, pass } = create({ store });
    const run = counting();
    expect((await around(post(), run)).status).toBe(201);
    expect(failures).toEqual(['an outcome was not kept']);
    expect(await codeOf(around(post(), run))).toBe('IDEMPOTENCY_IN_PROGRESS');
    pass(40_000);
    await around(post(), run);
    expect(run.count).toBe(2);
  });
});
