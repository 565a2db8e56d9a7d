/** How many messages are in each queue of the stack. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Gateway } from '../gateway/gateway.ts';

export type QueueDepth = { readonly name: string; readonly waiting: number; readonly inFlight: number };

/** `PullsDeadLetters` of `PullsDeadLetters1A2B3C4D`, and `Pulls` of `PullsQueue1A2B3C4D`. */
const nameOf = (logicalId: string): string => logicalId.replace(/(Queue)?[0-9A-F]{8}$/, '');

/** @param nameOfQueue as `nameOf` gives it. @throws Error when the stack has no such queue. */
export const queueUrlOf = ({ resources }: Pick<Gateway, 'resources'>, nameOfQueue: string): string => {
  const found = queuesOf(resources).find(({ name }) => name === nameOfQueue);
  if (!found) throw new Error(`The stack has no queue ${nameOfQueue}.`);
  return found.url;
};

const queuesOf = (resources: Gateway['resources']) =>
  Object.entries(resources)
    .filter(([, { type }]) => type === 'AWS::SQS::Queue')
    .map(([logicalId, { id: url }]) => ({ name: nameOf(logicalId), url }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const attributes = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

export const readQueueDepths = (sqs: SQSClient, { resources }: Pick<Gateway, 'resources'>): Promise<QueueDepth[]> =>
  Promise.all(
    queuesOf(resources).map(async ({ name, url: QueueUrl }) => {
      const wanted = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...attributes] });
      const { Attributes = {} } = await sqs.send(wanted);
      const [waiting = 0, inFlight = 0] = attributes.map((attribute) => Number(Attributes[attribute] ?? 0));
      return { name, waiting, inFlight };
    }),
  );
