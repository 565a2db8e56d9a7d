/** SQS queues of the template, with their dead-letter queues. */
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  QueueDoesNotExist,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';
import { clientSettings } from './client-settings.ts';

const whole = z.coerce.number().int().optional();
const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int() });
const Queue = z.object({
  DelaySeconds: whole,
  MaximumMessageSize: whole,
  MessageRetentionPeriod: whole,
  ReceiveMessageWaitTimeSeconds: whole,
  VisibilityTimeout: whole,
  FifoQueue: z.boolean().optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  DeduplicationScope: z.enum(['messageGroup', 'queue']).optional(),
  FifoThroughputLimit: z.enum(['perMessageGroupId', 'perQueue']).optional(),
  RedrivePolicy: Redrive.optional(),
});
type Queue = z.output<typeof Queue>;
type Attributes = Partial<Record<QueueAttributeName, string>>;

const changeable = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
] as const;

/** fauxqs takes them when a queue is made, and not later. */
const fixed = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'] as const;

const attributesOf = (queue: Partial<Queue>, names: readonly (keyof Queue & QueueAttributeName)[]): Attributes =>
  Object.fromEntries(names.flatMap((name) => (queue[name] === undefined ? [] : [[name, String(queue[name])]])));

const existingUrl = async (client: SQSClient, name: string): Promise<string | undefined> => {
  try {
    return (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist || (error as Error).name.endsWith('NonExistentQueue')) return undefined;
    throw error;
  }
};

/** Puts messages into queues, each with a connection of its own: a rule sends one a minute. */
export const senderTo =
  (endpoint: string, region: string) =>
  async (QueueUrl: string, MessageBody: string): Promise<void> => {
    const client = new SQSClient(clientSettings(endpoint, region));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody })).finally(() => client.destroy());
  };

const create = async (client: SQSClient, stack: Stack, logicalId: string): Promise<void> => {
  const reference = stack.reference(logicalId);
  const QueueName = reference.attributes.QueueName ?? '';
  const Attributes = attributesOf(stack.read(logicalId, Queue), fixed);
  const url =
    (await existingUrl(client, QueueName)) ??
    (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ??
    '';
  reference.ref = url;
  reference.attributes.QueueUrl = url;
};

/** Redrive policies name other queues, so they are set once every queue is there. */
const configure = async (client: SQSClient, stack: Stack, logicalId: string): Promise<void> => {
  const queue = stack.read(logicalId, Queue);
  const redrive: Attributes = queue.RedrivePolicy ? { RedrivePolicy: JSON.stringify(queue.RedrivePolicy) } : {};
  const Attributes = { ...attributesOf(queue, changeable), ...redrive };
  if (Object.keys(Attributes).length === 0) return;
  await client.send(new SetQueueAttributesCommand({ QueueUrl: stack.reference(logicalId).ref, Attributes }));
};

/** Creates missing queues, applies the template's settings, and fills in the addresses. */
export const createQueues = async (stack: Stack, endpoint: string): Promise<void> => {
  const client = new SQSClient(clientSettings(endpoint, stack.region));
  const queues = stack.ofType('AWS::SQS::Queue');
  try {
    await Promise.all(queues.map((logicalId) => create(client, stack, logicalId)));
    await Promise.all(queues.map((logicalId) => configure(client, stack, logicalId)));
  } finally {
    client.destroy();
  }
};
