/** The twin, and what a test changes of it. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { onTestFinished, vi } from 'vitest';
import { variables } from '../../../shared/config/names.ts';
import { createDynamoPendingStore } from '../../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLedger } from '../../../shared/notifications/adapters/dynamodb-ledger.ts';
import { temporaryFolder } from '../../support/aws.ts';
import { shiftedBy, shiftedDate, writeShift } from '../../support/shifted-clock.ts';
import { startSlowSqs } from '../../support/slow-sqs.ts';
import { startTwin } from '../../support/twin.ts';

/** Functions without a log line for this time are usually idle. */
const quietMillis = 3_000;
const slowMillis = 700;

/** The twin with a clock that can be moved on and a queue that can be slowed down. */
export const startScene = async () => {
  const clockFile = join(await temporaryFolder(), 'shift');
  let shiftMillis = 0;
  writeShift(clockFile, 0);
  // Vitest puts globals back before the next test only, and the next file of this process starts its twin before that.
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  vi.stubGlobal(
    'Date',
    shiftedDate(() => shiftMillis),
  );
  let slowName = 'no queue';
  let sqsUrl = '';
  const slowSqs = await startSlowSqs(
    () => sqsUrl,
    (body) => (body.includes(`/${slowName}"`) ? slowMillis : 0),
  );
  const environment = { ...shiftedBy(clockFile), AWS_ENDPOINT_URL_SQS: slowSqs.url };
  const twin = await startTwin({}, environment);
  sqsUrl = twin.endpoints.sqs;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const region = 'us-east-1';
  const sqs = new SQSClient({ endpoint: sqsUrl, region, credentials });
  const dynamo = new DynamoDBClient({ endpoint: twin.endpoints.dynamodb, region, credentials });
  onTestFinished(async () => {
    await twin.close();
    await slowSqs.close();
    sqs.destroy();
    dynamo.destroy();
  });
  const names: Record<string, string> = Object.assign({}, ...Object.values(twin.gateway.environments));
  const table = names[variables.notificationsTable] ?? '';
  const client = DynamoDBDocumentClient.from(dynamo);
  const work = [names[variables.ingressQueueUrl], names[variables.replaysQueueUrl]] as string[];
  const lengthOf = async (QueueUrl: string): Promise<number> => {
    const AttributeNames = ['All'] as const;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: inFlight } = Attributes;
    return Number(visible) + Number(inFlight) + Number(Attributes.ApproximateNumberOfMessagesDelayed);
  };
  return {
    twin,
    sqs,
    ledger: createDynamoLedger(client, table, { nowMillis: () => Date.now() }),
    pending: createDynamoPendingStore(client, table, () => Date.now()),
    slowDown: (queueUrl: string): void => {
      slowName = queueUrl.split('/').at(-1) ?? '';
    },
    /** Moves the clock of all on. */
    pass: (millis: number): void => {
      shiftMillis += millis;
      writeShift(clockFile, shiftMillis);
    },
    /** One run of a scheduled function. It may fail. */
    runOnce: async (name: 'Pull' | 'Wake'): Promise<void> => {
      const id = Object.keys(twin.gateway.environments).find((one) => one.startsWith(name)) ?? name;
      await twin.gateway.invoke(id, {}).catch(() => {});
    },
    /** Until the dispatcher has done what it can do now. What it had in flight when it was killed is hidden for minutes. */
    drained: async (): Promise<void> => {
      let [lines, sinceMillis] = [twin.log.length, performance.now()];
      while ((await Promise.all(work.map(lengthOf))).some((length) => length > 0)) {
        if (twin.log.length !== lines) [lines, sinceMillis] = [twin.log.length, performance.now()];
        else if (performance.now() - sinceMillis > quietMillis) return;
        await sleep(250);
      }
    },
  };
};
export type Scene = Awaited<ReturnType<typeof startScene>>;
