/** Every sink of the facade's events against the contract of its port. */
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { startSqs } from '../../local/emulators/sqs.ts';
import { createMemoryEventSink } from '../../shared/facade-events/adapters/memory.ts';
import { createSqsEventSink } from '../../shared/facade-events/adapters/sqs.ts';
import type { FacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { closedAfterTest, sqsClient } from '../support/aws.ts';
import { createQueue } from '../support/queues.ts';
import { eventSinkContract, type ReadableSink } from './event-sink.contract.ts';

const onSqs = async (): Promise<ReadableSink> => {
  const { url } = await closedAfterTest(startSqs());
  const client = sqsClient(url);
  const QueueUrl = await createQueue(client, 'operations');
  return {
    sink: createSqsEventSink(client, QueueUrl),
    async read(count) {
      const events: FacadeEvent[] = [];
      while (events.length < count) {
        const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
        const { Messages = [] } = await client.send(command);
        events.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as FacadeEvent));
      }
      return events;
    },
  };
};

const inMemory = async (): Promise<ReadableSink> => {
  const sink = createMemoryEventSink();
  return { sink, read: async () => [...sink.events] };
};

eventSinkContract('memory', inMemory);
eventSinkContract('SQS on fauxqs', onSqs);
