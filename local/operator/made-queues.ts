/** The queues that were made for subscriptions. CloudFormation does not manage them, so an operator lists and removes them. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { createSqsQueues } from '../../shared/subscriptions/adapters/sqs-queues.ts';
import { sqsEndpointOf } from '../../shared/subscriptions/queue-arn.ts';
import type { SubscriptionQueues } from '../../shared/subscriptions/queues.ts';
import type { SubscriptionStore } from '../../shared/subscriptions/store.ts';
import { UsageError } from './usage-error.ts';

export type Found = {
  readonly name: string;
  readonly subscriptionId: string;
  readonly isFifo: boolean;
  /** Its subscription is gone. */
  readonly isOrphan: boolean;
};

/** A subscription is written after its queues were made: by then that request is over. */
const settleMillis = 60_000;

const idOf = (name: string): string => /-(sub-[a-z0-9]{16})(?:-dead)?(?:\.fifo)?$/.exec(name)?.[1] ?? '';

/**
 * Every queue that was made in the stage, with whether its subscription is gone.
 * @param wait between the list of queues and that of subscriptions; left out = a queue that is just being made looks like an orphan.
 */
export const findMadeQueues = async (
  queues: Pick<SubscriptionQueues, 'list'>,
  store: Pick<SubscriptionStore, 'list'>,
  wait: (millis: number) => Promise<unknown> = async () => {},
): Promise<readonly Found[]> => {
  const made = await queues.list();
  await wait(settleMillis);
  const present = new Set((await store.list()).map(({ id }) => id));
  return made
    .map(({ name }) => ({ name, subscriptionId: idOf(name), isFifo: name.endsWith('.fifo') }))
    .filter(({ subscriptionId }) => subscriptionId !== '')
    .map((one) => ({ ...one, isOrphan: !present.has(one.subscriptionId) }));
};

/** Removes them with the messages in them, and tells of each when it is gone. Safe to repeat. */
export const removeMadeQueues = async (
  queues: Pick<SubscriptionQueues, 'remove'>,
  found: readonly Found[],
  removed: (name: string) => void,
): Promise<void> => {
  const pairs = Map.groupBy(found, ({ subscriptionId, isFifo }) => `${subscriptionId} ${isFifo}`);
  for (const pair of pairs.values()) {
    const [{ subscriptionId, isFifo }] = pair as [Found];
    await queues.remove(subscriptionId, isFifo);
    for (const { name } of pair) removed(name);
  }
};

/** The queues of a deployed stage. @param sender ARN of the role that sends, which names the account. */
export const queuesOfStage = (stage: string, region: string, sender: string): SubscriptionQueues => {
  const [, partition, account] = /^arn:([\w-]+):iam::(\d{12}):/.exec(sender) ?? [];
  if (!partition || !account) throw new UsageError('The output SenderRoleArn of the stack is no ARN of a role.');
  const client = new SQSClient({ region });
  return createSqsQueues({
    // The sender roles are needed only to create queues.
    ...{ home: { partition, region, account, stage }, sender, tester: sender },
    ...{ clientFor: () => client, endpointOf: sqsEndpointOf },
  });
};
