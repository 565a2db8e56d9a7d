import { describe, expect, it } from 'vitest';
import { type CallingPipeline, withTenant } from '../../../functions/edge/tenant-of.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Caller } from '../../../shared/exchange/consumer.ts';
import type { Decision } from '../../../shared/exchange/decision.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';

const request = {
  ...{ requestId: 'r1', method: 'GET', route: '/v1/things', path: '/v1/things', query: [], headers: [] },
  ...{ body: undefined, publicUrl: 'https://facade.example.com', deadlineMillis: 0 },
};
const caller: Caller = { consumer: { id: 'app', scopes: ['*:*'], state: 'active' } };
const refusal = { limit: 'tenant', retryAtMillis: 1 };

/** Its limit refuses every call. */
const refusing: CallingPipeline = {
  upstream: createSignalsUpstream('https://tenant.example.com'),
  as: () => ({
    call: async (_call, decision: Decision = {}) => {
      decision.quota = { outcome: 'refused', priority: 'interactive', asked: 1, units: 0, waitedMillis: 0 };
      decision.refusal = refusal;
      throw new AppError('TOO_MANY_REQUESTS');
    },
  }),
};

describe('a request with a call that was refused', () => {
  it('was not refused where it succeeds all the same', async () => {
    const facts: Decision & Record<string, unknown> = {};
    await withTenant(refusing, { request, caller, facts }, async (tenant) => {
      await tenant.ask({ method: 'GET', path: '/entities' }).catch(() => {});
      return {};
    });
    expect(facts).toEqual({ quota: expect.objectContaining({ asked: 1 }) });
  });

  it('was not refused where it fails for another reason', async () => {
    const facts: Decision & Record<string, unknown> = {};
    const failing = withTenant(refusing, { request, caller, facts }, async (tenant) => {
      await tenant.ask({ method: 'GET', path: '/entities' }).catch(() => {});
      throw new AppError('TENANT_FAILED');
    });
    await expect(failing).rejects.toMatchObject({ code: 'TENANT_FAILED' });
    expect(facts.refusal).toBeUndefined();
  });

  it('was refused where it fails by it', async () => {
    const facts: Decision & Record<string, unknown> = {};
    const failing = withTenant(refusing, { request, caller, facts }, async (tenant) => ({
      answer: await tenant.ask({ method: 'GET', path: '/entities' }),
    }));
    await expect(failing).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(facts.refusal).toEqual(refusal);
  });
});
