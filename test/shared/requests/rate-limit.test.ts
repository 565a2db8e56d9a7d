import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { toErrorReply } from '../../../shared/errors/error-document.ts';
import type { Decision } from '../../../shared/exchange/decision.ts';
import { type Headers, headerValue } from '../../../shared/http/headers.ts';
import { rateLimitFields } from '../../../shared/quota/headers.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { emptyState } from '../../../shared/quota/state.ts';
import { explainRefusal } from '../../../shared/requests/rate-limit.ts';
import { failedRequest } from '../../support/failed-request.ts';

const policies = '"tenant";q=1000;w=60, "consumer-minute";q=300;w=60';
const fields = (rateLimit: string): Headers => [
  ['ratelimit-policy', policies],
  ['ratelimit', rateLimit],
];
const refusal = (retryAfterSeconds: number) =>
  new AppError('TOO_MANY_REQUESTS', { detail: 'Wait.', retryAfterSeconds });

/** The header fields of a refusal, and the recorded decision. */
const answerTo = (error: unknown, rateLimit: Headers) => {
  const decision: Decision = {};
  const { headers } = toErrorReply(explainRefusal(error, rateLimit, decision, 1_000), failedRequest);
  return { value: (name: string) => headerValue(headers, name), decision };
};

describe('explainRefusal', () => {
  it('makes Retry-After and t of the limit that refused the same', () => {
    const { value, decision } = answerTo(refusal(7), fields('"tenant";r=12;t=3, "consumer-minute";r=0;t=5'));
    expect(value('retry-after')).toBe('7');
    expect(value('ratelimit')).toBe('"tenant";r=12;t=3, "consumer-minute";r=0;t=7');
    expect(value('ratelimit-policy')).toBe(policies);
    expect(decision.refusal).toEqual({ limit: 'consumer-minute', retryAtMillis: 8_000 });
  });

  it('takes the used-up limit that comes back nearest to Retry-After', () => {
    const { decision } = answerTo(refusal(40_000), fields('"tenant";r=0;t=2, "consumer-day";r=0;t=39000'));
    expect(decision.refusal?.limit).toBe('consumer-day');
  });

  it('blames the tenant when nothing is used up: others were there first', () => {
    const { value, decision } = answerTo(refusal(4), fields('"tenant";r=3;t=1, "consumer-minute";r=9;t=60'));
    expect(decision.refusal?.limit).toBe('tenant');
    expect(value('ratelimit')).toBe('"tenant";r=0;t=4, "consumer-minute";r=9;t=60');
  });

  it('says what it can before the budget was looked at', () => {
    const { value, decision } = answerTo(refusal(2), []);
    expect([value('retry-after'), value('ratelimit')]).toEqual(['2', undefined]);
    expect(decision.refusal?.limit).toBe('tenant');
  });

  it.each([
    new AppError('SCOPE_MISSING'),
    new AppError('UPSTREAM_UNREACHABLE', { retryAfterSeconds: 3 }),
    new Error('x'),
  ])('leaves %s as it is', (error) => {
    const decision: Decision = {};
    expect(explainRefusal(error, fields('"tenant";r=0;t=3'), decision)).toBe(error);
    expect(decision).toEqual({});
  });

  it('keeps code, detail, cause and place of the refusal', () => {
    const error = new AppError('TOO_MANY_REQUESTS', { detail: 'Wait.', retryAfterSeconds: 1, cause: new Error('why') });
    const other = explainRefusal(error, fields('"tenant";r=0;t=3'), {}) as AppError;
    expect(other).toMatchObject({ code: error.code, message: error.message, cause: error.cause, stack: error.stack });
    expect(other.facts.detail).toBe('Wait.');
  });

  it('always agrees, whatever caps a consumer has and whatever the wait', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 86_400 }), { maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 93_600 }),
        (windows, units, retryAfterSeconds) => {
          const caps = windows.map((windowSeconds, index) => ({ windowSeconds, units: units[index] ?? 0 }));
          const made = rateLimitFields(emptyState, defaultPolicy, 1_800_000_000_000, 'app', { caps });
          const { value, decision } = answerTo(refusal(retryAfterSeconds), made);
          expect(value('ratelimit')).toContain(`"${decision.refusal?.limit}";r=0;t=${retryAfterSeconds}`);
          expect(value('ratelimit-policy')).toContain(`"${decision.refusal?.limit}";q=`);
          expect(value('ratelimit')?.match(/;r=/g)).toHaveLength(caps.length + 1);
        },
      ),
    ));
});
