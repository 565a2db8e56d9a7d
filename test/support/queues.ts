/** Queues of the embedded SQS. */
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Makes a queue, a FIFO queue if its name ends in `.fifo`, and returns its URL. */
export const createQueue = async (client: Pick<SQSClient, 'send'>, QueueName: string): Promise<string> => {
  const Attributes: Record<string, string> = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
};
