/** The check of the queues. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createQueueLook, judgeQueues, type QueueDepth } from '../../../shared/health/queue-look.ts';

const throttled = Object.assign(new Error('secret-text'), { name: 'ThrottlingException' });
const names = ['Ingress', 'Replays', 'Purges', 'MirrorStaging'];

/** @param counts by the URL of a queue; -1 cannot be read. */
const lookAt = async (counts: Readonly<Record<string, number>>) => {
  const troubles: QueueDepth[] = [];
  const look = createQueueLook({
    queues: names.map((name) => ({ name, queueUrl: name, deadLettersUrl: `${name}-dead` })),
    countMessages: async (url) => {
      const count = counts[url] ?? 0;
      if (count < 0) throw throttled;
      return count;
    },
    onTrouble: (depth) => troubles.push(depth),
  });
  return { ...(await look()), troubles: troubles.map(({ name }) => name) };
};

describe('the queues', () => {
  it('are well while no dead-letter queue has messages', async () => {
    expect(judgeQueues([{ name: 'ingress', waiting: 9, dead: 0 }]).state).toBe('ok');
    expect(await lookAt({ Ingress: 9 })).toEqual({
      state: 'ok',
      reason: 'None of 4 queues has dead letters. Messages that wait: 9 in Ingress.',
      troubles: [],
    });
  });

  it('are degraded while the function was not told of any, as during a deployment', async () => {
    const look = createQueueLook({ queues: [], countMessages: async () => 0, onTrouble: () => {} });
    expect(await look()).toEqual({
      state: 'degraded',
      reason: 'The function was not told which queues there are.',
    });
  });

  it('are degraded by dead letters, and say whose', async () => {
    expect(judgeQueues([{ name: 'Ingress', waiting: 0, dead: 2 }])).toEqual({
      state: 'degraded',
      reason: 'Ingress has 2 dead letters. Runbook: messages in a dead-letter queue.',
    });
  });

  it.each([
    ['Ingress', 'failed'],
    ['Replays', 'failed'],
    ['Purges', 'degraded'],
    ['MirrorStaging', 'degraded'],
    ['Purges-dead', 'degraded'],
  ])('that cannot be read hide nothing of the others: %s makes it %s', async (url, state) => {
    const others = names.filter((name) => !url.startsWith(name));
    const found = await lookAt({ [url]: -1, [`${others[0]}-dead`]: 1 });
    expect(found.state).toBe(state);
    expect(found.reason).toContain(`${others[0]} has 1 dead letter.`);
    expect(found.reason).toContain('cannot be reached: AWS throttles it.');
    expect(found.reason).not.toContain('secret-text');
    expect(found.reason).not.toContain('Staging');
    expect(found.troubles.toSorted()).toEqual([url.replace('-dead', ''), others[0]].toSorted());
  });

  it('never name a mirror to consumers, and name it to operators', async () => {
    const found = await lookAt({ 'MirrorStaging-dead': 2, MirrorStaging: 5 });
    expect(found.reason).toBe('A mirror has 2 dead letters. Runbook: messages in a dead-letter queue.');
    expect(found.troubles).toEqual(['MirrorStaging']);
    expect((await lookAt({ MirrorStaging: 5 })).reason).toMatch(/ 5 in a mirror\.$/);
    expect(judgeQueues([{ name: 'Mirrored', waiting: 0, dead: 1 }]).reason).toContain('Mirrored has 1 dead letter.');
  });

  it('are degraded when one of them never answers', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const look = createQueueLook({
      queues: ['Purges', 'Ingress'].map((name) => ({ name, queueUrl: name, deadLettersUrl: `${name}-dead` })),
      countMessages: (url) =>
        url === 'Purges' ? new Promise(() => {}) : Promise.resolve(url === 'Ingress-dead' ? 1 : 0),
      onTrouble: () => {},
    });
    const looking = look();
    // A check has 3 s (shared/health/health.ts).
    await vi.advanceTimersByTimeAsync(2_999);
    expect(await looking).toEqual({
      state: 'degraded',
      reason: expect.stringContaining(
        'Ingress has 1 dead letter. Runbook: messages in a dead-letter queue. The queue of Purges cannot be reached: it does not answer.',
      ),
    });
  });
});
