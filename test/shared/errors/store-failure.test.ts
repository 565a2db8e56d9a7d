import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { namingFailures } from '../../../shared/errors/store-failure.ts';

const failingWith = (error: unknown) => namingFailures('CACHE_UNAVAILABLE', { read: () => Promise.reject(error) });
const thrownBy = (store: { read: () => Promise<unknown> }): Promise<unknown> => store.read().catch((error) => error);

describe('a store whose failures are named', () => {
  it('answers as the store does', async () => {
    const store = namingFailures('CACHE_UNAVAILABLE', { add: async (one: number, other: number) => one + other });
    expect(await store.add(1, 2)).toBe(3);
  });

  it.each([new Error('refused'), 'a text', undefined])(
    'fails with its own code for %s, and keeps the cause',
    async (cause) => {
      const error = await thrownBy(failingWith(cause));
      expect(error).toMatchObject({ code: 'CACHE_UNAVAILABLE', facts: { retryAfterSeconds: 5 } });
      expect((error as AppError).facts.cause).toBe(cause);
    },
  );

  it.each([
    ['a fault of the code', new TypeError('x is undefined')],
    ['data that does not fit its schema', z.string().safeParse(1).error],
    ['an error that has a code', new AppError('TOO_MANY_REQUESTS')],
  ])('leaves %s as it is', async (_what, error) => {
    expect(error).toBeInstanceOf(Error);
    expect(await thrownBy(failingWith(error))).toBe(error);
  });

  it('names an answer that the client of the store could not read', async () => {
    const unreadable = Object.assign(new SyntaxError('Unexpected token'), { $metadata: {} });
    expect(await thrownBy(failingWith(unreadable))).toMatchObject({ code: 'CACHE_UNAVAILABLE' });
  });
});
