/**
 * Sends to the queues of subscribers by SQS's batches. Sends that are asked for at about the same time, by whomever, travel together. A queue
 * that hangs is cut by its time-out and holds nobody else: each queue has its own batches.
 */
import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { traceAttributes } from '../../queues/adapters/sqs-trace.ts';
import { type QueueArn, readQueueArn } from '../../subscriptions/queue-arn.ts';
import { withinMillis } from '../../time/within.ts';
import type { OutgoingMessage, QueueSender, SendResult } from '../queue-sender.ts';

export type SqsSenderOptions = {
  /** A client for a region, one try each, without `useQueueUrlAsEndpoint`. */
  readonly clientFor: (region: string) => Pick<SQSClient, 'send'>;
  /** `https://sqs.<region>.amazonaws.com`, without a trailing slash; in the twin its own. */
  readonly endpointOf: (arn: QueueArn) => string;
  /** How long one batch may take. */
  readonly mostMillis?: number;
  /** How long a send waits for others that travel with it. */
  readonly gatherMillis?: number;
};

const mostEntries = 10;
/** Bytes of a batch (API reference, SendMessageBatch); a queue may have a lower bound of its own. */
const mostBatchBytes = 1_048_576;
/** What older queues have as their bound (quotas of messages before August 2025). */
const olderBatchBytes = 262_144;
/** Room for attributes, which count too. */
const attributeBytes = 1_024;

type Waiting = {
  readonly message: OutgoingMessage;
  readonly bytes: number;
  readonly resolve: (result: SendResult) => void;
};

type Lane = {
  readonly waiting: Waiting[];
  isGathering: boolean;
  /** Batches in flight. */
  flights: number;
  mostBytes: number;
};

/** So many batches of one queue travel at a time. On a FIFO queue one, so that a group has one message in flight. */
const mostFlights = { fifo: 1, standard: 8 };

const policyAdvice =
  'its policy, or the rights of the facade, do not let the facade send: allow sqs:SendMessage to the role of the facade';
const keyAdvice =
  'its KMS key does not let the facade send: allow kms:GenerateDataKey and kms:Decrypt to the role of the facade';

/** What SQS answers where the queue is at fault, in words that help its owner (API reference, SendMessage, "Errors"). */
const reasons: Readonly<Record<string, string>> = {
  AccessDenied: policyAdvice,
  AccessDeniedException: policyAdvice,
  KmsAccessDenied: keyAdvice,
  KmsDisabled: 'its KMS key is disabled',
  KmsInvalidState: 'its KMS key cannot be used in its state',
  KmsInvalidKeyUsage: 'its KMS key is not for encryption',
  KmsNotFound: 'there is no such KMS key',
  KmsOptInRequired: 'its account may not use KMS',
  KmsThrottled: 'its KMS key is asked too often',
  QueueDoesNotExist: 'there is no such queue',
  RequestThrottled: 'SQS takes no more requests for it at this moment',
  InvalidSecurity: 'it takes requests over TLS only',
};

/** `AWS.SimpleQueueService.NonExistentQueue` of the query protocol and `KMS.AccessDeniedException` have other spellings of some. */
const spellings: Readonly<Record<string, string>> = {
  'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExist',
  'KMS.AccessDeniedException': 'KmsAccessDenied',
  'KMS.DisabledException': 'KmsDisabled',
  'KMS.NotFoundException': 'KmsNotFound',
  'KMS.ThrottlingException': 'KmsThrottled',
};

/** SQS says in an access refusal when it is about the key (re:Post, AccessDenied on encrypted queues): then the policy is not at fault. */
const isAboutKey = (message: string): boolean => /\bkms\b/i.test(message);

const reasonOf = (name: string, message = ''): string => {
  const known = spellings[name] ?? name;
  if (known.startsWith('AccessDenied') && isAboutKey(message)) return keyAdvice;
  return reasons[known] ?? `SQS answered ${known.replace(/[^\w.-]/g, '?').slice(0, 80)}`;
};

const tooLong = 'it is longer than the queue takes';

/** The bytes of a batch are too many for this queue, or those of a message. */
const isTooLong = (name: string, message = ''): boolean =>
  /BatchRequestTooLong/.test(name) || (/InvalidParameterValue/.test(name) && /long|bytes|size/i.test(message));

/**
 * Errors that come before anything was sent, or with an answer: then it is known that no message was taken. Not where the SDK has repeated the
 * request: the first one may have been taken and its answer lost. Of the repeated ones, throttling was answered each time as a rule.
 */
const isAnswered = (error: Error): boolean => {
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number; attempts?: number }; code?: string };
  const { httpStatusCode: status, attempts = 1 } = $metadata ?? {};
  if (attempts > 1 && !/throttl/i.test(error.name)) return false;
  if (status !== undefined && status < 500) return true;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '') || error.name === 'CredentialsProviderError';
};

/**
 * SQS refuses U+FFFE and U+FFFF (API reference, SendMessage), and emulators what is beyond the basic plane. Bodies are JSON, where each may be
 * written as an escape.
 */
const escapeBody = (body: string): string =>
  body.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);

const toEntry = (
  { body, group, deduplicationId, reason, traceId }: OutgoingMessage,
  index: number,
): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: escapeBody(body),
  ...traceAttributes(traceId),
  ...(group === undefined ? {} : { MessageGroupId: group }),
  ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
  ...(reason === undefined
    ? {}
    : {
        MessageAttributes: {
          deadLetterReason: {
            DataType: 'String',
            StringValue: reason.replace(/[^ -~]/g, '?').slice(0, 500) || 'unknown',
          },
        },
      }),
});

const resultOfFailed = ({ Code = 'unknown', Message, SenderFault }: BatchResultErrorEntry): SendResult => {
  if (isTooLong(Code, Message)) return { kind: 'refused', reason: tooLong };
  const reason = reasonOf(Code, Message);
  const isOfQueue = (spellings[Code] ?? Code) in reasons;
  return SenderFault && !isOfQueue ? { kind: 'refused', reason } : { kind: 'failed', reason };
};

export const createSqsSender = (options: SqsSenderOptions): QueueSender => {
  const { clientFor, endpointOf, mostMillis = 2_500, gatherMillis = 10 } = options;
  const lanes = new Map<string, Lane>();

  const laneOf = (text: string): Lane => {
    const lane = lanes.get(text) ?? { waiting: [], isGathering: false, flights: 0, mostBytes: mostBatchBytes };
    lanes.set(text, lane);
    return lane;
  };

  /** From the front: at most ten and so many bytes, and on a FIFO queue one of each group. Those that do not fit keep their order. */
  const takeBatch = (lane: Lane, isFifo: boolean): Waiting[] => {
    const batch: Waiting[] = [];
    const groups = new Set<string | undefined>();
    let bytes = 0;
    for (let index = 0; index < lane.waiting.length && batch.length < mostEntries; ) {
      const one = lane.waiting[index] as Waiting;
      const { group } = one.message;
      const isBehind = isFifo && groups.has(group);
      const fits = batch.length === 0 || bytes + one.bytes <= lane.mostBytes;
      if (isFifo) groups.add(group);
      if (isBehind || !fits) {
        index += 1;
        continue;
      }
      lane.waiting.splice(index, 1);
      batch.push(one);
      bytes += one.bytes;
    }
    return batch;
  };

  const call = (arn: QueueArn, batch: readonly Waiting[]) => {
    const abort = new AbortController();
    const command = new SendMessageBatchCommand({
      QueueUrl: `${endpointOf(arn)}/${arn.account}/${arn.name}`,
      Entries: batch.map(({ message }, index) => toEntry(message, index)),
    });
    const sending = clientFor(arn.region).send(command, { abortSignal: abort.signal });
    return withinMillis(sending, mostMillis).finally(() => abort.abort());
  };

  const answer = async (arn: QueueArn, batch: readonly Waiting[]): Promise<void> => {
    const { Successful = [], Failed = [] } = await call(arn, batch);
    const results = new Map<string | undefined, SendResult>([
      ...Successful.map(({ Id, MessageId = '' }) => [Id, { kind: 'sent', messageId: MessageId }] as const),
      ...Failed.map((entry) => [entry.Id, resultOfFailed(entry)] as const),
    ]);
    const none: SendResult = { kind: 'unknown', reason: 'SQS said nothing of the message' };
    for (const [index, { resolve }] of batch.entries()) resolve(results.get(String(index)) ?? none);
  };

  /** What is known after a call that failed as a whole. @returns the messages that are to be sent in smaller batches. */
  const onError = (lane: Lane, batch: readonly Waiting[], error: Error): readonly Waiting[] => {
    const end = (result: SendResult): [] => {
      for (const { resolve } of batch) resolve(result);
      return [];
    };
    if (isTooLong(error.name, error.message)) {
      if (batch.length === 1) return end({ kind: 'refused', reason: tooLong });
      // Remembered as long as this instance lives.
      lane.mostBytes = Math.min(olderBatchBytes, Math.floor(lane.mostBytes / 2));
      return batch;
    }
    if (error.name === 'InvalidMessageContents' && batch.length > 1) return batch;
    if (error.name === 'InvalidMessageContents')
      return end({ kind: 'refused', reason: 'it holds characters that SQS refuses' });
    const reason = reasonOf(error.name, error.message);
    if (isAnswered(error)) return end({ kind: 'failed', reason });
    // Those that have not left need not wait for the same.
    for (const { resolve } of lane.waiting.splice(0)) resolve({ kind: 'failed', reason: 'the queue does not answer' });
    return end({ kind: 'unknown', reason: 'no answer came in time' });
  };

  const sendBatch = async (arn: QueueArn, lane: Lane, batch: readonly Waiting[]): Promise<void> => {
    const again = await answer(arn, batch).then(
      () => [],
      (error: unknown) => onError(lane, batch, error as Error),
    );
    for (const one of again) await sendBatch(arn, lane, [one]);
  };

  const pump = (text: string, arn: QueueArn, lane: Lane): void => {
    const isFifo = arn.name.endsWith('.fifo');
    while (lane.flights < (isFifo ? mostFlights.fifo : mostFlights.standard) && lane.waiting.length > 0) {
      lane.flights += 1;
      void sendBatch(arn, lane, takeBatch(lane, isFifo)).finally(() => {
        lane.flights -= 1;
        pump(text, arn, lane);
      });
    }
  };

  const gather = (text: string, arn: QueueArn, lane: Lane): void => {
    if (lane.isGathering) return;
    lane.isGathering = true;
    setTimeout(() => {
      lane.isGathering = false;
      pump(text, arn, lane);
    }, gatherMillis);
  };

  return {
    send(text, messages) {
      const arn = readQueueArn(text);
      if (!arn) return Promise.resolve(messages.map(() => ({ kind: 'failed', reason: 'it is no ARN of a queue' })));
      const lane = laneOf(text);
      const results = messages.map(
        (message) =>
          new Promise<SendResult>((resolve) => {
            lane.waiting.push({ message, bytes: Buffer.byteLength(message.body) + attributeBytes, resolve });
          }),
      );
      gather(text, arn, lane);
      return Promise.all(results);
    },
  };
};
