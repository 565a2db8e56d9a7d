/** Sends events to an SQS queue: one message each, whose body is the event. */
import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { traceAttributes } from '../../queues/adapters/sqs-trace.ts';
import { type RaisedEvent, toEventText } from '../facade-event.ts';
import type { EventSink, RefusedEvent } from '../publisher.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** By its place in the batch: an event's id may hold what SQS takes in no `Id`. Readers filter by `type` without the body. */
const toEntry = (event: RaisedEvent, index: number): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: toEventText(event),
  MessageAttributes: {
    type: text(event.type),
    ...(event.requestid === undefined ? {} : { requestId: text(event.requestid) }),
  },
  ...traceAttributes(event.traceid),
});

const reasonOf = ({ Code, Message }: BatchResultErrorEntry): string => [Code, Message].filter(Boolean).join(': ');

export const createSqsEventSink = (client: Pick<SQSClient, 'send'>, queueUrl: string): EventSink => {
  /** Ten events of 16 KiB are far below the limit of a batch (1 MiB; 256 KiB on older queues). */
  const sendOnce = async (events: readonly RaisedEvent[]): Promise<readonly BatchResultErrorEntry[]> => {
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: events.map(toEntry) });
    // 200 with a list of entries that failed (API reference, SendMessageBatch).
    return (await client.send(command)).Failed ?? [];
  };

  return {
    async send(events): Promise<readonly RefusedEvent[]> {
      const failed = await sendOnce(events);
      const at = ({ Id }: BatchResultErrorEntry): RaisedEvent => events[Number(Id)] as RaisedEvent;
      const refused = failed.filter(({ SenderFault }) => SenderFault).map((entry) => ({ entry, event: at(entry) }));
      const again = failed.filter(({ SenderFault }) => !SenderFault);
      // A fault of SQS itself: tried once more. The SDK repeats whole calls only.
      const repeated = again.map(at);
      const failedAgain = repeated.length === 0 ? [] : await sendOnce(repeated).catch(() => again.map(toOrder));
      return [
        ...refused,
        ...failedAgain.map((entry) => ({ entry, event: repeated[Number(entry.Id)] as RaisedEvent })),
      ].map(({ entry, event }) => ({ id: event.id, reason: reasonOf(entry) }));
    },
  };
};

/** An entry of the first try, at its place in the second. */
const toOrder = (entry: BatchResultErrorEntry, index: number): BatchResultErrorEntry => ({
  ...entry,
  Id: String(index),
});
