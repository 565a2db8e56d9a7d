import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError, withHeaders } from '../../../shared/errors/app-error.ts';

/** How many traces have been formatted from now on. */
const countTraces = (): (() => number) => {
  const before = Error.prepareStackTrace;
  let count = 0;
  Error.prepareStackTrace = (error) => {
    count += 1;
    return `trace of ${String(error)}`;
  };
  onTestFinished(() => {
    Error.prepareStackTrace = before;
  });
  return () => count;
};

describe('withHeaders', () => {
  it('keeps code, facts and cause, and adds the headers', () => {
    const cause = new Error('inner');
    const error = new AppError('TOO_MANY_REQUESTS', { detail: 'Wait.', headers: [['a', '1']], cause });

    const other = withHeaders(error, [['b', '2']]);

    expect(other).toBeInstanceOf(AppError);
    expect(other).toMatchObject({ code: 'TOO_MANY_REQUESTS', message: error.message, cause });
    expect(other.facts).toEqual({ ...error.facts, headers: [...(error.facts.headers ?? []), ['b', '2']] });
  });

  it('replaces headers of the same names', () => {
    const error = new AppError('TOO_MANY_REQUESTS', {
      headers: [
        ['a', '1'],
        ['b', '1'],
      ],
    });
    expect(withHeaders(error, [['a', '2']]).facts.headers).toEqual([
      ['b', '1'],
      ['a', '2'],
    ]);
  });

  it('has the trace of the first error, and formats none before it is read', () => {
    const traces = countTraces();
    const error = new AppError('TOO_MANY_REQUESTS');

    const other = withHeaders(withHeaders(error, [['a', '1']]), [['b', '2']]);

    expect(traces()).toBe(0);
    expect(other.stack).toBe(error.stack);
    expect(traces()).toBe(1);
  });
});
