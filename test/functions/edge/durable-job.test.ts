/** The effect of faults in steps and polls of a job. */
import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toJobContext } from '../../../functions/edge/durable-job.ts';
import { logger } from '../../../functions/edge/logger.ts';
import { withTrace } from '../../../functions/edge/trace.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { PassingFault } from '../../../shared/exports/job-failure.ts';

type Strategy = (error: Error, attempt: number) => { readonly shouldRetry: boolean };
type Pausing = (error: Error, attempt: number) => { readonly delay: { readonly seconds: number } };
type Wait = { readonly initialState: unknown; readonly waitStrategy: (state: never) => { shouldContinue: boolean } };

/** As the SDK does, without a journal and without waiting. */
const journal = {
  async step(_name: string, work: () => Promise<unknown>, { retryStrategy }: { retryStrategy: Strategy }) {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await work();
      } catch (error) {
        if (!retryStrategy(error as Error, attempt).shouldRetry) throw error;
      }
  },
  async waitForCondition(
    _name: string,
    look: (state: unknown) => Promise<unknown>,
    { initialState, waitStrategy }: Wait,
  ) {
    for (let state = await look(initialState); ; state = await look(state))
      if (!waitStrategy(state as never).shouldContinue) return state;
  },
} as unknown as DurableContext;
const context = toJobContext(journal);

const failing = <T>(times: number, error: Error, value: T) => {
  let left = times;
  return async (): Promise<T> => {
    left -= 1;
    if (left >= 0) throw error;
    return value;
  };
};
const refusal = new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 20 });

describe('a job', () => {
  it('waits for the budget as long as others use it up', async () => {
    expect(await context.step('one', failing(40, refusal, 'done'))).toBe('done');
    expect(await context.poll('two', '', failing(40, refusal, { state: 'done' }))).toBe('done');
  });

  it('survives an outage of the tenant, and gives up after twenty faults of a poll in a row', async () => {
    const fault = new Error('fault');
    expect(await context.step('one', failing(19, fault, 'done'))).toBe('done');
    expect(await context.poll('two', '', failing(19, fault, { state: 'done' }))).toBe('done');
    await expect(context.poll('two', '', failing(20, fault, { state: 'done' }))).rejects.toThrow('20 times');
  });

  it('fails for the last fault of a poll where it says what callers are told', async () => {
    const fault = new PassingFault('TENANT_FAILED', 'The tenant has a fault.');
    await expect(context.poll('two', '', failing(20, fault, { state: 'done' }))).rejects.toMatchObject({
      failure: { code: 'TENANT_FAILED', detail: 'The tenant has a fault.' },
    });
  });

  it('waits a minute at most, and as long as the refusal says', async () => {
    const pauses: number[] = [];
    const recording = toJobContext({
      async step(_name: string, _work: unknown, { retryStrategy }: { retryStrategy: Pausing }) {
        for (const attempt of [1, 5, 9]) pauses.push(retryStrategy(new Error('fault'), attempt).delay.seconds);
        for (const seconds of [20, 900])
          pauses.push(
            retryStrategy(new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: seconds }), 30).delay.seconds,
          );
        return { value: 'done' };
      },
    } as unknown as DurableContext);
    await recording.step('one', async () => 'done');
    expect(pauses).toEqual([2, 32, 60, 20, 60]);
  });

  it('prints a line for each try of a step and each look of a poll, in the trace of whoever asked for it', async () => {
    const lines: { readonly traceId?: string }[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(JSON.parse(String(text))) > 0);
    logger.setLogLevel('INFO');
    onTestFinished(() => {
      logger.setLogLevel('SILENT');
      vi.restoreAllMocks();
    });
    const named = toJobContext(journal, { run: 'r-1' });
    const traceId = '1-5759e988-bd862e3fe1be46a994272793';
    await withTrace(traceId, async () => {
      await named.step('one', failing(1, refusal, 'done'));
      await named.poll('two', '', failing(1, new Error('fault'), { state: 'done' }));
    });
    expect(lines).toMatchObject([
      { message: 'job step', traceId, run: 'r-1', step: 'one', outcome: 'later' },
      { message: 'job step', traceId, run: 'r-1', step: 'one', outcome: 'done' },
      { message: 'job step', traceId, run: 'r-1', step: 'two', outcome: 'failed' },
      { message: 'job step', traceId, run: 'r-1', step: 'two', outcome: 'done' },
    ]);
  });
});
