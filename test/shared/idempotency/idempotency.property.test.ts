import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import type { IdempotencyStore } from '../../../shared/idempotency/record.ts';
import { codeOf, counting, create, made, post } from './idempotency-support.ts';

describe('many identical POSTs at once', () => {
  it('are carried out once: the others are told to wait, or get the first answer', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 20 }), fc.scheduler(), async (count, scheduler) => {
        const memory = createMemoryIdempotencyStore();
        const slow =
          <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
          async (...args: Args): Promise<Result> => {
            await scheduler.schedule(Promise.resolve());
            return act(...args);
          };
        const store: IdempotencyStore = {
          begin: slow(memory.begin),
          finish: slow(memory.finish),
          release: slow(memory.release),
        };
        const { around } = create({ store });
        const run = counting(async () => {
          await scheduler.schedule(Promise.resolve());
          return made();
        });
        const results = Array.from({ length: count }, () => codeOf(around(post(), run)));
        await scheduler.waitFor(Promise.all(results));
        const codes = await Promise.all(results);
        expect(run.count).toBe(1);
        expect(codes.filter((code) => code !== 'answered' && code !== 'IDEMPOTENCY_IN_PROGRESS')).toEqual([]);
      }),
    ));

  it('are never carried out twice within the lease, whatever fails after the tenant did it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('finish fails', 'finish is carried out, its answer lost', 'the answer is lost'),
        fc.integer({ min: 1, max: 5 }),
        async (fault, repetitions) => {
          const memory = createMemoryIdempotencyStore();
          const finish: IdempotencyStore['finish'] = async (...args) => {
            if (fault !== 'finish fails') await memory.finish(...args);
            if (fault !== 'the answer is lost') throw new Error(fault);
            return true;
          };
          const { around } = create({ store: { ...memory, finish } });
          const run = counting(() => {
            if (fault === 'the answer is lost') throw new AppError('UPSTREAM_LATE');
            return made();
          });
          await codeOf(around(post(), run));
          for (let times = 0; times < repetitions; times += 1) await codeOf(around(post(), run));
          expect(run.count).toBe(1);
        },
      ),
    ));
});
