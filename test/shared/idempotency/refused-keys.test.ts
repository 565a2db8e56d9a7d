import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { codeOf, counting, create, post } from './idempotency-support.ts';

describe('an Idempotency-Key', () => {
  it('costs the store nothing when it is refused beforehand', async () => {
    const { around, store } = create();
    const beforeBegin = () => {
      throw new AppError('TOO_MANY_REQUESTS');
    };
    expect(await codeOf(around(post(), counting(), { beforeBegin }))).toBe('TOO_MANY_REQUESTS');
    expect(store.records.size).toBe(0);
  });

  it('counts on a path that may be read as a write', async () => {
    const { around } = create();
    const run = counting();
    const keyed = post({}, { operation: { kind: 'read-body' }, lookalike: { kind: 'write' } });
    await around(keyed, run);
    await around(keyed, run);
    expect(run.count).toBe(1);
  });

  it.each([[['']], [['two words']], [['k'.repeat(256)]], [['k1', 'k2']]])(
    'passes on to the tenant when it has the keys %j, and is refused on a route of the facade',
    async (values) => {
      const { around, store } = create();
      const run = counting();
      const headers = values.map((value) => ['idempotency-key', value] as const);
      await around(post({ headers }), run);
      const { upstream: _none, operation: _nor, ...route } = post({ headers });
      expect(await codeOf(around(route, run))).toBe('REQUEST_INVALID');
      expect([run.count, store.records.size]).toEqual([1, 0]);
    },
  );
});
