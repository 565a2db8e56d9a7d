/** What the ledger and the queues hold, and waits for it. */
import { expect } from 'vitest';
import type { Entry } from '../../../shared/notifications/ledger.ts';
import type { Witness } from '../../support/fan-out-promise.ts';
import type { Received } from '../../support/simulated-queues.ts';
import type { Scene } from './scene.ts';
import { tell } from './size.ts';
import type { Made } from './subscriptions.ts';

const minute = 60_000;
/** Messages of a killed dispatcher return after three minutes. A FIFO queue still recognises repeated messages then. */
const nextTryMillis = 200_000;

export const entriesOf = async ({ ledger }: Scene): Promise<Entry[]> => {
  const range = { fromMillis: 0, untilMillis: Date.now() + minute, order: 'oldest-first', limit: 100 } as const;
  const found: Entry[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ledger.list({ ...range, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.entries);
    cursor = page.cursor;
    if (cursor === undefined) return found;
  }
};

/** All messages of a queue without a reader, in order. */
export const messagesIn = async ({ twin }: Scene, arn: string): Promise<Received[]> => {
  const answer = await fetch(`${twin.endpoints.sqs}/_fauxqs/queues/${arn.split(':').at(-1)}`);
  if (answer.status === 404) return [];
  const { messages } = (await answer.json()) as { messages: { ready: { body: string }[] } };
  return messages.ready.map(({ body }) => ({ ...JSON.parse(body), atMillis: 0 }));
};

export const witnessOf = async (
  scene: Scene,
  subscriptions: readonly Made[],
  entries: readonly Entry[],
): Promise<Witness> => {
  const received = new Map<string, Received[]>();
  for (const { queue } of subscriptions) received.set(queue.arn, await messagesIn(scene, queue.arn));
  const byId = new Map(entries.map((entry) => [entry.notification.id, entry]));
  return {
    queues: { receivedBy: (arn) => received.get(arn) ?? [] },
    ledger: { read: async (id) => byId.get(id) },
  };
};

export const hasPending = async ({ pending }: Scene, subscriptions: readonly Made[]): Promise<boolean> => {
  for (const { id } of subscriptions) if ((await pending.page(id, 1)).items.length > 0) return true;
  return false;
};

/** Pulls and wakes up, again and again, until it is done. */
export const settle = async (scene: Scene, isDone: () => Promise<boolean>): Promise<void> => {
  for (let round = 0; ; round += 1) {
    await scene.runOnce('Pull');
    await scene.runOnce('Wake');
    await scene.drained();
    tell(`round ${round + 1} of pulls, wake-ups and retries`);
    if (await isDone()) return;
    expect(round, 'rounds').toBeLessThan(60);
    scene.pass(nextTryMillis);
  }
};
