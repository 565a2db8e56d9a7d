import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { createAudit } from '../../../shared/audit/audit.ts';
import { readAuditPage } from '../../../shared/audit/page.ts';
import type { AuditLog, AuditRecord } from '../../../shared/audit/record.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { sized } from '../../support/test-size.ts';
import { answer, credential, patch, sending } from './audit-support.ts';
import { exchangeOf } from './exchange.ts';
import { noon } from './support.ts';

describe('concurrent writes', () => {
  const call = fc.record({
    fails: fc.constantFrom('no', 'status', 'lost'),
    /** Per append: whether it is carried out, and whether its answer comes back. */
    store: fc.array(fc.constantFrom('ok', 'lost answer', 'down'), { minLength: 6, maxLength: 6 }),
  });

  it('lose no entry and make none twice, whatever the store does and forgets to tell', () =>
    fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 15 }), fc.scheduler(), async (calls, scheduler) => {
        const memory = createMemoryAuditLog(() => noon);
        const lost: AuditRecord[] = [];
        const sent = new Set<string>();
        const logOf = (behaviours: readonly string[]): AuditLog => {
          const left = [...behaviours];
          return {
            ...memory,
            async append(record) {
              const behaviour = left.shift() ?? 'ok';
              await scheduler.schedule(Promise.resolve());
              if (behaviour !== 'down') await memory.append(record);
              if (behaviour !== 'ok') throw new Error(behaviour);
            },
          };
        };
        const runs = calls.map(({ fails, store }, index) => {
          const audit = createAudit({
            log: logOf(store),
            clock: { nowMillis: () => noon },
            newId: () => `id-${index}`,
            retentionDays: 1,
            whenStoreFails: 'refuse',
            onLost: (record) => void lost.push(record),
            pause: async () => {},
          });
          const call = async (): Promise<NativeAnswer> => {
            sent.add(`id-${index}`);
            await scheduler.schedule(Promise.resolve());
            if (fails === 'lost') throw new AppError('UPSTREAM_LATE');
            return answer(fails === 'status' ? 500 : 200);
          };
          return audit.aroundWrite(exchangeOf(patch), credential, sending(call));
        });
        await scheduler.waitFor(Promise.allSettled(runs));
        const page = await readAuditPage(memory, { fromMillis: 0, untilMillis: noon + 1, size: 100 }, noon);
        const ids = page.entries.map(({ record }) => record.id);
        expect(new Set(ids).size).toBe(ids.length);
        // Each write that was sent has an entry. An outcome is missing only if its loss was reported.
        for (const id of sent) {
          const entry = page.entries.find(({ record }) => record.id === id);
          expect(entry).toBeDefined();
          if (entry?.record.stage === 'intent') expect(lost.map((record) => record.id)).toContain(id);
        }
      }),
      { numRuns: sized(1_000, 100) },
    ));
});
