/** Fills the ledger with events that were sent long ago, as the ledger itself would store them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, type PutCommand } from '@aws-sdk/lib-dynamodb';
import { packDispatched } from '../../shared/notifications/adapters/dynamodb-items.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';

const batchSize = 25;
const atOnce = 4;

export type Seed = {
  readonly count: number;
  readonly entityType: string;
  readonly fromMillis: number;
  readonly untilMillis: number;
};

/** The items of a ledger, without a store. */
const createItems = () => {
  const items: Record<string, unknown>[] = [];
  const send = async ({ input }: PutCommand) => void items.push(input.Item as Record<string, unknown>);
  const ledger = createDynamoLedger(
    { send: async (command: PutCommand) => (await send(command)) ?? {} } as never,
    'none',
    {
      nowMillis: () => Date.now(),
    },
  );
  return { items, ledger };
};

const dispatched = packDispatched({ sequence: 1, isLate: false, deliveries: [] });

const toldEvery = 1_000;

export const seedLedger = async (
  client: DynamoDBClient,
  table: string,
  seed: Seed,
  progress: (line: string) => void,
): Promise<void> => {
  const { count, entityType, fromMillis, untilMillis } = seed;
  const { items, ledger } = createItems();
  for (let index = 0; index < count; index += 1) {
    const id = `seeded-${index}`;
    const receivedAtMillis = Math.floor(fromMillis + (index * (untilMillis - fromMillis)) / count);
    const entity = `${entityType}:${index % 1_000}`;
    const document = { data: { type: 'notification', id, attributes: { id, type: 'close', comment: null } } };
    const times = { createdAtMillis: receivedAtMillis, receivedAtMillis };
    await ledger.keep({ id, type: 'close', entity, ...times, origin: 'push', document }, 'seed');
  }
  const dynamo = DynamoDBDocumentClient.from(client);
  const batches = Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items
      .slice(index * batchSize, (index + 1) * batchSize)
      .map((Item) => ({ PutRequest: { Item: { ...Item, dispatched } } })),
  );
  const lane = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      if (batches.length % toldEvery === 0) progress(`${batches.length * batchSize} to go`);
      const { UnprocessedItems } = await dynamo.send(new BatchWriteCommand({ RequestItems: { [table]: batch } }));
      if (UnprocessedItems && Object.keys(UnprocessedItems).length > 0) throw new Error('DynamoDB left items out');
      await sleep(0);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
};
