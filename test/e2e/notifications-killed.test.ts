/**
 * Promise P8 with real processes: the bundled functions of the twin are killed (kill -9) at random points, while a tenant pushes events
 * twice, out of order, malformed or not at all, and 20 subscriptions want different ones of them. Two queues are gone, one is slow. The clock
 * of the whole twin is moved on where the facade would wait.
 */
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { notificationDocument } from '../../packages/signals-simulator/src/documents/notification-document.ts';
import { createRandom } from '../../packages/signals-simulator/src/random.ts';
import type { Notification as Recorded } from '../../packages/signals-simulator/src/tenant/notifications.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { faultsOf } from '../support/fan-out-promise.ts';
import { createQueue } from '../support/queues.ts';
import { startKilling } from './notifications-killed/killer.ts';
import { entriesOf, hasPending, messagesIn, settle, witnessOf } from './notifications-killed/outcome.ts';
import { planPushes, pushAll, record } from './notifications-killed/pushes.ts';
import { startScene } from './notifications-killed/scene.ts';
import { eventCount, itInFull, meanLines, mostMillis, tell } from './notifications-killed/size.ts';
import { ask, broken, type Made, slow, subscribe } from './notifications-killed/subscriptions.ts';

const minute = 60_000;

itInFull(
  `brings ${eventCount} events to 20 subscriptions while functions are killed, and redrives what broken queues did not take`,
  async () => {
    const random = createRandom(11).next;
    const scene = await startScene();
    const { twin, sqs, pending } = scene;
    const subscriptions = await subscribe(scene);
    const badOnes = broken.map((index) => subscriptions[index] as Made);
    const goodOnes = subscriptions.filter((one) => !badOnes.includes(one));
    for (const { url } of badOnes) await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    scene.slowDown(subscriptions[slow]?.url ?? '');
    await scene.runOnce('Pull');
    const recorded = record(scene, random);
    const base = twin.simulator.url + signalsBasePath;
    const bodyOf = (one: Recorded) => JSON.stringify(notificationDocument(twin.simulator.tenant, base, one));
    const pushes = planPushes(recorded, bodyOf, random);

    tell(`${subscriptions.length} subscriptions, ${recorded.length} events`);
    const stopKilling = startKilling(twin, meanLines, random);
    await pushAll(scene, pushes);
    await scene.drained();
    const killed = await stopKilling();
    const isSent = async () => {
      const entries = await entriesOf(scene);
      const isWhole = entries.length === recorded.length && entries.every(({ dispatched }) => dispatched);
      return isWhole && !(await hasPending(scene, goodOnes));
    };
    await settle(scene, isSent);
    const entries = await entriesOf(scene);
    const notifications = entries.map(({ notification }) => notification);
    expect(killed).toBeGreaterThan(5);
    expect(entries.map(({ notification }) => notification.id).toSorted()).toEqual(
      recorded.map(({ id }) => id).toSorted(),
    );
    const late = entries.filter(({ dispatched }) => dispatched?.isLate).length;
    const deliveries = entries.reduce((sum, { dispatched }) => sum + (dispatched?.deliveries.length ?? 0), 0);
    tell(`${killed} functions killed, ${entries.length} events kept, ${late} of them late, ${deliveries} deliveries`);
    const origins = Map.groupBy(notifications, ({ origin }) => origin);
    expect(origins.get('push')?.length).toBeGreaterThan(eventCount / 2);
    expect(origins.get('pull')?.length).toBeGreaterThan(0);
    expect(await faultsOf(await witnessOf(scene, subscriptions, entries), goodOnes, notifications)).toEqual([]);

    // If the function of a malformed push was killed, there is no record of the push.
    const malformed = pushes.filter(({ isWhole }) => !isWhole);
    const range = { fromMillis: 0, untilMillis: Date.now() + minute, order: 'oldest-first', limit: 1_000 } as const;
    const kept = new Set(
      (await scene.ledger.listMalformed(range)).entries.map(({ bytes }) => Buffer.from(bytes).toString()),
    );
    const answered = malformed.filter(({ recorded: { isDismissed } }) => isDismissed).map(({ body }) => body);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.filter((body) => !kept.has(body))).toEqual([]);

    // Longer than is retried: what the broken queues did not take becomes dead letters.
    scene.pass(29 * 60 * minute);
    tell('28 hours later, for the broken queues');
    const stopKillingAgain = startKilling(twin, meanLines, random);
    await settle(scene, async () => !(await hasPending(scene, badOnes)));
    await stopKillingAgain();
    for (const { queue, filter } of badOnes) {
      const letters = await messagesIn(scene, queue.deadLettersArn);
      const wanting = [{ ...queue, arn: queue.deadLettersArn, isFifo: false }].map(
        (dead) => ({ ...subscriptions[0], queue: dead, filter }) as Made,
      );
      const witness = { ...(await witnessOf(scene, [], entries)), queues: { receivedBy: () => letters } };
      expect(letters.length).toBeGreaterThan(0);
      expect(await faultsOf(witness, wanting, notifications)).toEqual([]);
    }

    for (const { queue } of badOnes) {
      await createQueue(sqs, queue.arn.split(':').at(-1) ?? '');
    }
    const redrive = ({ id }: Made) =>
      ask(scene, `/v1/subscriptions/${id}/redrives`, { type: 'redrive', attributes: {} });
    tell('the broken queues are mended: redrives');
    const redrives = await Promise.all(badOnes.map(redrive));
    const stateOf = async ({ id, attributes }: { id: string; attributes: { subscriptionId: string } }) =>
      (await ask(scene, `/v1/subscriptions/${attributes.subscriptionId}/replays/${id}`)).attributes.state;
    await settle(scene, async () => {
      const states = await Promise.all(redrives.map(stateOf));
      return states.every((state) => state === 'done') && !(await hasPending(scene, badOnes));
    });
    expect(await faultsOf(await witnessOf(scene, subscriptions, entries), subscriptions, notifications)).toEqual([]);
    for (const { id } of badOnes) expect((await pending.dead(id, 1)).items).toEqual([]);
    tell('every subscription has what it wants');
  },
  mostMillis,
);
