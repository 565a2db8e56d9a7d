/** Event source mappings: polls queues, sends batches to functions, deletes handled messages and leaves the rest to SQS. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readWhole } from '../http/answer.ts';
import type { LambdaFunction } from '../lambda/pool.ts';
import type { Log } from '../lambda/worker.ts';
import { clientSettings } from '../resources/client-settings.ts';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';
import { toQueueEvent } from './queue-event.ts';

const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().int().min(1).default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().int().min(2) }).optional(),
  FilterCriteria: z.undefined('the twin filters no messages').optional(),
});
export type QueueSourceOptions = {
  readonly stack: Stack;
  readonly endpoint: string;
  functionOf(functionId: string): LambdaFunction;
  readonly log: Log;
};
type Source = {
  readonly logicalId: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly fn: LambdaFunction;
  readonly batchSize: number;
  readonly windowMillis: number;
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number;
};

/** SQS's own limits on one receive, one delete batch and one long poll. */
const receiveLimit = 10;
const longPollSeconds = 20;
const answerLimitBytes = 6_291_456;
/** Pause after a queue could not be read. */
const retryMillis = 1000;

const readSource = (options: QueueSourceOptions, logicalId: string): Source[] => {
  const { stack } = options;
  const mapping = stack.read(logicalId, Mapping);
  const queueId = stack.findByName('AWS::SQS::Queue', mapping.EventSourceArn);
  const functionId = stack.findByName('AWS::Lambda::Function', mapping.FunctionName);
  if (!queueId || !functionId) throw templateError(logicalId, 'it must join a queue and a function of the stack');
  const fn = options.functionOf(functionId);
  const source: Source = {
    logicalId,
    queueUrl: stack.reference(queueId).ref,
    queueArn: mapping.EventSourceArn,
    fn,
    batchSize: mapping.BatchSize,
    windowMillis: mapping.MaximumBatchingWindowInSeconds * 1000,
    reportsFailures: mapping.FunctionResponseTypes.length > 0,
    maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? fn.definition.maximumProcesses,
  };
  return mapping.Enabled ? [source] : [];
};

const receive = async (client: SQSClient, source: Source, count: number, waitSeconds: number, signal: AbortSignal) => {
  const command = new ReceiveMessageCommand({
    QueueUrl: source.queueUrl,
    MaxNumberOfMessages: Math.min(count, receiveLimit),
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return (await client.send(command, { abortSignal: signal })).Messages ?? [];
};

/** One batch: the messages of a long poll, and more until the batch is full or its window has passed. */
const gather = async (client: SQSClient, source: Source, signal: AbortSignal): Promise<Message[]> => {
  const batch = await receive(client, source, source.batchSize, longPollSeconds, signal);
  const endMillis = performance.now() + source.windowMillis;
  while (batch.length > 0 && batch.length < source.batchSize) {
    const leftMillis = endMillis - performance.now();
    if (leftMillis <= 0) break;
    // Long polls count whole seconds; the rest of a window is waited out in short steps.
    if (leftMillis < 1000) await sleep(Math.min(leftMillis, 100));
    const waitSeconds = Math.min(longPollSeconds, Math.floor(leftMillis / 1000));
    batch.push(...(await receive(client, source, source.batchSize - batch.length, waitSeconds, signal)));
  }
  return batch;
};

const FailureReport = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/**
 * Ids of the messages that failed. An unreadable report, or one that names a stranger, fails the whole batch
 * (Lambda developer guide, "Implementing partial batch responses").
 */
export const failedIds = (answer: string, ids: readonly string[]): ReadonlySet<string> => {
  if (answer === '') return new Set();
  const parsed = FailureReport.nullable().safeParse(JSON.parse(answer));
  if (!parsed.success) return new Set(ids);
  const failed = (parsed.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  return failed.every((id) => ids.includes(id)) ? new Set(failed) : new Set(ids);
};

const remove = async (client: SQSClient, source: Source, messages: readonly Message[]): Promise<void> => {
  for (let start = 0; start < messages.length; start += receiveLimit) {
    const Entries = messages
      .slice(start, start + receiveLimit)
      .map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle ?? '' }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries }));
  }
};

const process = async (client: SQSClient, source: Source, region: string, batch: readonly Message[]): Promise<void> => {
  const reply = await source.fn.invoke(toQueueEvent(batch, source.queueArn, region));
  const answer = (await readWhole(reply.body, answerLimitBytes)).toString();
  const failure = reply.failure();
  if (failure) throw failure;
  const ids = batch.map((message) => message.MessageId ?? '');
  const failed = source.reportsFailures ? failedIds(answer, ids) : new Set<string>();
  await remove(
    client,
    source,
    batch.filter((message) => !failed.has(message.MessageId ?? '')),
  );
};

const poll = async (client: SQSClient, source: Source, options: QueueSourceOptions, signal: AbortSignal) => {
  const { log, stack } = options;
  const complain = (what: string, error: unknown): void => {
    if (!signal.aborted)
      log({ source: source.logicalId, stream: 'stderr', line: `${what}: ${(error as Error).message}` });
  };
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    if (running.size >= source.maximumConcurrency) await Promise.race(running);
    const batch = await gather(client, source, signal).catch(async (error) => {
      complain('The queue could not be read', error);
      await sleep(retryMillis, undefined, { signal }).catch(() => {});
      return [];
    });
    if (batch.length === 0) continue;
    // A failed batch needs no action. Its messages return when their visibility time-out ends.
    const one = process(client, source, stack.region, batch).catch((error) => complain('A batch failed', error));
    running.add(one);
    void one.finally(() => running.delete(one));
  }
  await Promise.all(running);
};

/** Starts polling for every enabled mapping. `close` stops receiving; the functions themselves are closed elsewhere. */
export const startQueueSources = (options: QueueSourceOptions): { close(): Promise<void> } => {
  const mappings = options.stack.ofType('AWS::Lambda::EventSourceMapping');
  const sources = mappings.flatMap((logicalId) => readSource(options, logicalId));
  if (sources.length === 0) return { close: async () => {} };
  const client = new SQSClient(clientSettings(options.endpoint, options.stack.region));
  const abort = new AbortController();
  const polls = sources.map((source) => poll(client, source, options, abort.signal));
  return {
    close: async () => {
      abort.abort();
      await Promise.all(polls);
      client.destroy();
    },
  };
};
