/** The event that Lambda makes of a batch of SQS messages. */
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

const toAttribute = (attribute: MessageAttributeValue) => ({
  ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
  ...(attribute.BinaryValue === undefined
    ? {}
    : { binaryValue: Buffer.from(attribute.BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType: attribute.DataType,
});

const toRecord = (message: Message, queueArn: string, region: string) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, toAttribute(value)]),
  ),
  ...(message.MD5OfMessageAttributes ? { md5OfMessageAttributes: message.MD5OfMessageAttributes } : {}),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** The event as JSON. */
export const toQueueEvent = (batch: readonly Message[], queueArn: string, region: string): string =>
  JSON.stringify({ Records: batch.map((message) => toRecord(message, queueArn, region)) });
