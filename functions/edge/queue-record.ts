/** A record of Lambda's SQS event: its message by a schema, and its copy for the dead-letter queue. */
import type { SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { Letter, LetterAttribute } from '../../shared/queues/message.ts';
import { traceIdOf } from '../../shared/queues/trace.ts';

export type QueueMessage<Body> = {
  readonly body: Body;
  readonly messageId: string;
  /** 1 for the first receive. It counts each receive, also those in which the function did not get to the message. */
  readonly receiveCount: number;
  readonly sentAtMillis: number;
  /** Message group of a FIFO queue, or of a fair standard queue. */
  readonly group: string | undefined;
  /** The request that sent the message, if the sender added it. */
  readonly requestId: string | undefined;
  /** The trace that the message belongs to. */
  readonly traceId: string | undefined;
};

type Parsed<Body> = { readonly body: Body } | { readonly fault: string };

/** The places where the body does not match its schema. Values may be personal or secret, so they are left out. */
const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, code }) => `/${path.map(String).join('/').slice(0, 80)} ${code}`)
    .join(', ');

export const parseBody = <Schema extends z.ZodType>(schema: Schema, text: string): Parsed<z.infer<Schema>> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'the body is not JSON' };
  }
  const result = schema.safeParse(json);
  return result.success
    ? { body: result.data }
    : { fault: `the body departs from its schema: ${faultsOf(result.error)}` };
};

/** Everything known of a message except its body. */
export const factsOf = (record: SQSRecord): Omit<QueueMessage<never>, 'body'> => ({
  messageId: record.messageId,
  receiveCount: Number(record.attributes.ApproximateReceiveCount),
  sentAtMillis: Number(record.attributes.SentTimestamp),
  group: record.attributes.MessageGroupId,
  requestId: record.messageAttributes.requestId?.stringValue,
  traceId: traceIdOf(record.attributes.AWSTraceHeader),
});

/** Lambda gives binary values as base64 (developer guide, SQS event). */
const toLetterAttribute = ({
  dataType,
  stringValue,
  binaryValue,
}: SQSRecord['messageAttributes'][string]): LetterAttribute =>
  dataType.startsWith('Binary')
    ? { dataType, bytes: Buffer.from(binaryValue ?? '', 'base64') }
    : { dataType, text: stringValue ?? '' };

export const isFifo = ({ eventSourceARN }: SQSRecord): boolean => eventSourceARN.endsWith('.fifo');

export const letterOf = (record: SQSRecord): Letter => ({
  messageId: record.messageId,
  body: record.body,
  ...(isFifo(record) ? { group: record.attributes.MessageGroupId } : {}),
  attributes: Object.fromEntries(
    Object.entries(record.messageAttributes).map(([name, attribute]) => [name, toLetterAttribute(attribute)]),
  ),
  traceHeader: record.attributes.AWSTraceHeader,
});
