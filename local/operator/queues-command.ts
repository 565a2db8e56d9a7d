/** `queues`: lists the queues that were made for subscriptions. Removals are recorded. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoSubscriptionStore } from '../../shared/subscriptions/adapters/dynamodb.ts';
import { findRecordedStage } from './find-stage.ts';
import { findMadeQueues, queuesOfStage, removeMadeQueues } from './made-queues.ts';
import { createRecording } from './recording.ts';
import { UsageError } from './usage-error.ts';

/** The facts by which the queues of a stage are found. */
const findQueues = async (stage: string, region: string) => {
  const resources = await findRecordedStage(stage, region);
  const { subscriptionsTable, senderRoleArn, audit } = resources;
  if (!subscriptionsTable || !senderRoleArn || !audit)
    throw new UsageError('The stage was deployed by a version without subscriptions.');
  const client = new DynamoDBClient({ region });
  const store = createDynamoSubscriptionStore(DynamoDBDocumentClient.from(client), subscriptionsTable);
  return { queues: queuesOfStage(stage, region, senderRoleArn), store, recorded: createRecording(client, audit) };
};

export const queuesCommand = async (stage: string, region: string, remove: string | undefined): Promise<void> => {
  if (remove !== undefined && remove !== 'orphans' && remove !== 'all')
    throw new UsageError('--remove takes orphans or all.');
  const { queues, store, recorded } = await findQueues(stage, region);
  if (remove === 'orphans')
    console.log('Waiting a minute, so that no queue is taken for an orphan while it is being made.');
  const found = await findMadeQueues(queues, store, remove === 'orphans' ? sleep : undefined);
  for (const { name, isOrphan } of found) console.log(isOrphan ? `${name} (its subscription is gone)` : name);
  const chosen = found.filter(({ isOrphan }) => remove === 'all' || (remove === 'orphans' && isOrphan));
  if (remove === undefined) return console.log(`${found.length} queues`);
  await recorded({ name: 'queues', target: `signals-facade-${stage}`, asked: { remove } }, async (note) => {
    await removeMadeQueues(queues, chosen, (name) => note({ of: name, field: 'queue', old: 'present' }));
    return [];
  });
  console.log(`${chosen.length} of ${found.length} queues removed`);
};
