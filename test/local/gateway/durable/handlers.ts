/** Durable handlers that AWS's own test runner and the twin's emulator run alike. */
import { createRetryStrategy, type DurableContext } from '@aws/durable-execution-sdk-js';

type Handler = (event: { readonly n?: number }, context: DurableContext) => Promise<unknown>;

const never = () => ({ shouldRetry: false }) as const;
const twice = createRetryStrategy({
  maxAttempts: 2,
  initialDelay: { seconds: 1 },
  backoffRate: 1,
  jitter: 'NONE' as never,
});

const failing = (times: number) => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw new Error('not yet');
    return tries;
  };
};

/** By name; each call makes a handler without a past. */
export const handlers: Readonly<Record<string, () => Handler>> = {
  plain: () => async (event) => ({ got: event.n }),
  'one step': () => async (_, context) => context.step('one', async () => 1),
  'two steps': () => async (_, context) => {
    const a = await context.step('a', async () => ({ a: 1 }));
    return context.step('b', async () => ({ ...a, b: 2 }));
  },
  'a retried step': () => {
    const work = failing(1);
    return async (_, context) => context.step('again', work, { retryStrategy: twice });
  },
  'a failed step': () => {
    const work = failing(9);
    return async (_, context) => context.step('fails', work, { retryStrategy: never });
  },
  'a caught failure': () => {
    const work = failing(9);
    return async (_, context) => {
      await context.step('fails', work, { retryStrategy: never }).catch(() => {});
      return context.step('goes on', async () => 'fine');
    };
  },
  'a thrown error': () => async () => {
    throw new RangeError('thrown by the handler');
  },
  'a wait': () => async (_, context) => {
    await context.wait('pause', { seconds: 1 });
    return 'waited';
  },
  'a poll': () => async (_, context) =>
    context.waitForCondition('poll', async (count: number) => count + 1, {
      initialState: 0,
      waitStrategy: (count) =>
        count < 3 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
    }),
  'a poll that throws': () => async (_, context) =>
    context.waitForCondition(
      'poll',
      async () => {
        throw new Error('cannot look');
      },
      { initialState: 0, waitStrategy: () => ({ shouldContinue: false }) },
    ),
  'a child context': () => async (_, context) =>
    context.runInChildContext('child', async (child) => {
      await child.step('inner', async () => 1);
      return 'done';
    }),
};
