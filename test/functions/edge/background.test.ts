/** Work that goes on after an answer: the function waits for it, the caller does not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../functions/edge/background.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { turns } from '../../support/turns.ts';

const { httpHandler } = await import('../../../functions/edge/http-handler.ts');

describe('a handler', () => {
  it('is done when the work is that its request left behind, and tells of it only then', async () => {
    const gate = Promise.withResolvers<void>();
    const told: string[] = [];
    const handler = httpHandler(
      '',
      async ({ background }) => {
        background?.(gate.promise.then(() => void told.push('work')));
        return { status: 200, headers: [], body: Buffer.from('at once') };
      },
      async () => void told.push('after'),
    );
    const invoked = invokeStreaming(handler, proxyEvent({ resource: '/x' })).then((reply) => {
      told.push('done');
      return reply;
    });
    await turns();
    expect(told).toEqual([]);
    gate.resolve();
    expect((await invoked).body.toString()).toBe('at once');
    expect(told).toEqual(['work', 'after', 'done']);
  });
});

describe('background work', () => {
  const mostMillis = undefined;

  it('is waited for no longer than it may take', async () => {
    await expect(settle([{ work: new Promise(() => {}), mostMillis }], 10)).resolves.toBeUndefined();
  });

  it('that says that it may take longer is waited for', async () => {
    const done: string[] = [];
    const slow = sleep(30).then(() => void done.push('slow'));
    await settle([{ work: slow, mostMillis: 60_000 }], 1);
    expect(done).toEqual(['slow']);
  });

  it('of several kinds is waited for to the last, also when one fails', async () => {
    const done: string[] = [];
    const slow = sleep(10).then(() => void done.push('slow'));
    await settle([
      { work: Promise.reject(new Error('failed')), mostMillis },
      { work: slow, mostMillis },
    ]);
    expect(done).toEqual(['slow']);
  });
});
