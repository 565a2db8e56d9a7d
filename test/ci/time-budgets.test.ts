/** .ci/time-budgets.ts, part of npm run check: what no test may rely on. */
import { describe, expect, it } from 'vitest';
import { findTimeBudgets } from '../../.ci/time-budget-rules.ts';

const sleep = `import { setTimeout as sleep } from 'node:timers/promises';`;

describe('the check of time budgets', () => {
  it.each([
    ['a test with a time limit', `it('x', async () => {}, 60_000);`],
    ['a limit by size', `it('x', async () => {}, sized(1_200_000, 60_000));`],
    ['a limit beside rows', `it.each([1])('x %i', async () => {}, 5 * 1_000);`],
    ['a hook with a time limit', 'beforeAll(() => start(), 30_000);'],
    ['options with a time limit', `it('x', { timeout: 9_000 }, () => {});`],
    ['a poll with a time limit', 'await expect.poll(() => calls, { timeout: 30_000 }).toBe(1);'],
    ['a process with a time limit', `execFile('node', [], { timeout: 10_000 });`],
    ['a property with a time limit', 'fc.assert(property, { interruptAfterTimeLimit: 1_000 });'],
    ['vi.waitFor', 'await vi.waitFor(() => expect(calls).toBe(1));'],
    ['a signal that aborts', 'await fetch(url, { signal: AbortSignal.timeout(100) });'],
    ['a near deadline', 'const request = { deadlineMillis: Date.now() + 30_000 };'],
    ['a near deadline in a variable', 'const answerByMillis = performance.now() + 20_000;'],
    ['a duration', 'expect(Date.now() - startMillis).toBeLessThan(500);'],
    ['a duration in a variable', 'const took = performance.now() - start; expect(took).toBeLessThan(500);'],
    ['a sleep before an assertion', `${sleep} it('x', async () => { await sleep(5); expect(calls).toBe(1); });`],
    [
      'a timer before an assertion',
      `async () => { await new Promise((r) => setTimeout(r, 5)); expect(calls).toBe(1); };`,
    ],
    [
      'a sleep under another name',
      `const pause = (millis) => new Promise((r) => setTimeout(r, millis)); async () => { await pause(5); expect(calls).toBe(1); };`,
    ],
  ])('refuses %s', (_what, text) => {
    expect(findTimeBudgets(`\n${text}`)).toEqual([{ line: 2, message: expect.any(String) }]);
  });

  it.each([
    ['a limit that ends what hangs', `it('x', async () => {}, 900_000);`],
    ['a number that is no limit', `it('x', () => {}); create('y', () => {}, 5);`],
    ['a poll as it is', 'await expect.poll(() => calls, { interval: 300 }).toBe(1);'],
    ['a look again and again', `${sleep} async () => { while (!done) await sleep(5); expect(calls).toBe(1); };`],
    ['an upstream that is slow', `${sleep} const forward = async () => { await sleep(5); return answer; };`],
    ['a far deadline', 'const request = { deadlineMillis: Date.now() + 3_600_000 };'],
    ['a deadline in the past', 'const request = { deadlineMillis: Date.now() - 1 };'],
    ['the order of instants', 'expect(since).toBeLessThanOrEqual(Date.now());'],
    ['the timeout of a resource', 'new Queue({ timeout: Duration.seconds(30) });'],
  ])('lets %s be', (_what, text) => {
    expect(findTimeBudgets(text)).toEqual([]);
  });
});
