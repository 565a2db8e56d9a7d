/** Moves dead letters back. The twin's SQS has no StartMessageMoveTask, so this is a receive, send, delete loop. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export type Redrive = {
  readonly client: SQSClient;
  readonly deadLetterQueueUrl: string;
  readonly targetQueueUrl: string;
  /** How long a message that is being moved stays hidden, in seconds; after a crash it returns by itself. */
  readonly visibilitySeconds?: number;
};
export type RedriveOutcome = { readonly moved: number; readonly failed: number };

/**
 * Moves every message that lies in the dead-letter queue when the call starts to the target. A message is deleted only
 * after its send was acknowledged: a failed send leaves it where it was, a crash between the two makes a duplicate.
 * On FIFO queues nothing overtakes a message that failed. Letters that arrive meanwhile stay for the next call.
 */
export const redriveDeadLetters = async (redrive: Redrive): Promise<RedriveOutcome> => {
  const startedMillis = Date.now();
  const held: Message[] = [];
  const blockedGroups = new Set<string>();
  let moved = 0;
  let failed = 0;
  for (let batch = await receive(redrive); batch.length > 0; batch = await receive(redrive)) {
    for (const message of batch) {
      const outcome = await moveUnless(redrive, message, startedMillis, blockedGroups);
      if (outcome === 'moved') moved += 1;
      if (outcome === 'failed') failed += 1;
      if (outcome !== 'moved') held.push(message);
    }
  }
  for (const message of held) await release(redrive, message);
  return { moved, failed };
};

const receive = async ({ client, deadLetterQueueUrl, visibilitySeconds = 60 }: Redrive): Promise<Message[]> => {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
      VisibilityTimeout: visibilitySeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return answer.Messages ?? [];
};

const moveUnless = async (
  redrive: Redrive,
  message: Message,
  startedMillis: number,
  blockedGroups: Set<string>,
): Promise<'moved' | 'failed' | 'late'> => {
  if (Number(message.Attributes?.SentTimestamp) > startedMillis) return 'late';
  const group = message.Attributes?.MessageGroupId;
  if (group !== undefined && blockedGroups.has(group)) return 'failed';
  try {
    await move(redrive, message, group);
    return 'moved';
  } catch {
    if (group !== undefined) blockedGroups.add(group);
    return 'failed';
  }
};

const move = async (
  { client, deadLetterQueueUrl, targetQueueUrl }: Redrive,
  message: Message,
  group: string | undefined,
): Promise<void> => {
  // A new deduplication id: with the old one the target would silently drop a message that it saw minutes ago.
  const fifo = targetQueueUrl.endsWith('.fifo')
    ? { MessageGroupId: group ?? 'redrive', MessageDeduplicationId: `redrive-${message.MessageId}` }
    : {};
  await client.send(
    new SendMessageCommand({
      QueueUrl: targetQueueUrl,
      MessageBody: message.Body,
      MessageAttributes: message.MessageAttributes,
      ...fifo,
    }),
  );
  await client.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle: message.ReceiptHandle }));
};

/** Best effort: a message that cannot be released returns when its visibility time is over. */
const release = async ({ client, deadLetterQueueUrl }: Redrive, message: Message): Promise<void> => {
  const input = { QueueUrl: deadLetterQueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 };
  await client.send(new ChangeMessageVisibilityCommand(input)).catch(() => {});
};
