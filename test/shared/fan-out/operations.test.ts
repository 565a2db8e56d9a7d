/** What one event costs: calls of DynamoDB with their write units, and batches of SQS. */

import { describe, expect, it } from 'vitest';
import { createDynamoPendingStore } from '../../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLatestStore } from '../../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createSqsSender } from '../../../shared/fan-out/adapters/sqs-sender.ts';
import { createFanOut } from '../../../shared/fan-out/fan-out.ts';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import { createDynamoLedger } from '../../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { freshNotificationsTable } from '../../contracts/notifications-table.ts';
import { notificationOf, source, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';
import { noEnrichment } from '../../support/simulated-enrichment.ts';

type Sent = { readonly input: { readonly Entries?: readonly unknown[]; readonly ReturnConsumedCapacity?: string } };

/** Ten events of 1 KB, one after the other of each entity, with so many subscriptions. @returns figures of one event. */
const costOf = async (count: number) => {
  // dynoxide counts the units of an update otherwise than DynamoDB.
  const { dynamo, tableName } = await freshNotificationsTable('dynalite');
  const clock = { nowMillis: () => startMillis };
  const figures = { reads: 0, writes: 0, writeUnits: 0, batches: 0, messages: 0 };
  const send = dynamo.send.bind(dynamo) as (
    command: unknown,
  ) => Promise<{ ConsumedCapacity?: { CapacityUnits?: number } }>;
  Object.assign(dynamo, {
    async send(command: Sent) {
      const isWrite = /^(Put|Update|Delete)/.test(command.constructor.name);
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
      const output = await send(command);
      figures[isWrite ? 'writes' : 'reads'] += 1;
      if (isWrite) figures.writeUnits += output.ConsumedCapacity?.CapacityUnits ?? 0;
      return output;
    },
  });
  const client = {
    async send({ input: { Entries = [] } }: Sent) {
      figures.batches += 1;
      figures.messages += Entries.length;
      return { Successful: Entries.map((_, index) => ({ Id: String(index), MessageId: crypto.randomUUID() })) };
    },
  };
  const store = createMemorySubscriptionStore();
  for (let index = 0; index < count; index += 1) await store.write(subscriptionOf({ isFifo: index % 2 === 0 }));
  const ledger = createDynamoLedger(dynamo, tableName, clock);
  const fanOut = createFanOut({
    ...{ ledger, clock, source, observe: () => {}, newId: () => 'id', health: createQueueHealth(clock) },
    ...{ ingress: createMemoryIngress(clock), enrichment: noEnrichment(clock) },
    pending: createDynamoPendingStore(dynamo, tableName, clock.nowMillis),
    latest: createDynamoLatestStore(dynamo, tableName),
    subscriptions: createRememberedSubscriptions(store, clock),
    sender: createSqsSender({ clientFor: () => client as never, endpointOf: () => 'https://sqs.example.com' }),
  });
  const document = { data: { attributes: { name: 'Suzuki coupling', description: 'x'.repeat(900) } } };
  const events = Array.from({ length: 10 }, (_, index) =>
    notificationOf({ id: crypto.randomUUID(), entity: `experiment:${crypto.randomUUID()}-${index % 2}`, document }),
  );
  for (const event of events) await ledger.keep(event, 'writer');
  await Promise.all(events.map(({ id, entity }) => fanOut.handle({ kind: 'notification', id, entity })));
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value / events.length]),
  ) as typeof figures;
};

describe('what an event costs', () => {
  it.each([1, 20, 200])('is at most 4 write units and one for ten deliveries, with %i subscriptions', async (count) => {
    const { reads, writes, writeUnits, batches, messages } = await costOf(count);
    expect(messages).toBe(count);
    // Kept, the head of the entity, dispatched. Beside these, the index of the ledger.
    expect(writes).toBe(3);
    expect(writeUnits + 1).toBeLessThanOrEqual(4 + count / 10);
    expect(reads).toBeLessThanOrEqual(3);
    // Fewer where events are sent within 10 ms of each other.
    expect(batches).toBeLessThanOrEqual(count);
  });
});
