/** The function that forwards pushes, as Lambda runs it, on the emulators. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startKms } from '../../local/emulators/kms/server.ts';
import { createProvisioner } from '../../local/operator/provision.ts';
import { toCloudEvent, toCloudEventText } from '../../shared/notifications/cloud-event.ts';
import { closedAfterTest, kmsClient } from '../support/aws.ts';
import { notificationOf, source } from '../support/fan-out-world.ts';
import { freshTable } from '../support/tables.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:staging.fifo';

const toEvent = (eventSourceARN: string): SQSEvent => ({
  Records: [
    {
      ...{ messageId: '1', receiptHandle: 'receipt', messageAttributes: {}, md5OfBody: '' },
      body: toCloudEventText(toCloudEvent(notificationOf({ id: '77' }), { source })),
      attributes: {
        ...{ ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()), MessageGroupId: 'e' },
      } as SQSRecord['attributes'],
      ...{ eventSource: 'aws:sqs', awsRegion: 'us-east-1', eventSourceARN },
    },
  ],
});

it('forwards a push with the value that the operator has set; a queue that it does not know is left as it is', async () => {
  const seen: unknown[] = [];
  const hook = createServer((request, response) => {
    seen.push(request.headers['x-signals-hook']);
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void hook.close());
  const kms = await closedAfterTest(startKms({}));
  const { dynamo, tableName } = await freshTable();
  const { hostname, port } = (await dynamo.config.endpoint?.()) ?? { hostname: '', port: 0 };
  const endpoints = { dynamodb: `http://${hostname}:${port}`, kms: kms.url };
  const credentialsKey = (await kmsClient(kms.url).send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const tables = { consumersTable: tableName, credentialsTable: tableName, notificationsTable: tableName };
  const host = `127.0.0.1:${(hook.address() as AddressInfo).port}`;
  const url = `http://${host}/hooks/signals`;
  const provisioner = createProvisioner({ ...tables, credentialsKey }, endpoints);
  await provisioner.putMirrorHeader('staging', host, 'value of the mirror');
  provisioner.close();
  const queue = { arn, deadLettersArn: 'd', queueUrl: 'https://sqs.example.com/q', deadLettersUrl: 'd' };
  const settings = {
    ...{ STAGE: 'test', NOTIFICATIONS_TABLE: tableName, CREDENTIALS_KEY: credentialsKey },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb, AWS_ENDPOINT_URL_KMS: kms.url },
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    MIRRORS: JSON.stringify([{ name: 'staging', url, header: 'x-signals-hook', ...queue }]),
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => lines.mockRestore());

  vi.resetModules();
  const { handler } = await import('../../functions/mirror.ts');
  const invocation = { getRemainingTimeInMillis: () => 30_000 };
  expect(await handler(toEvent(arn), invocation)).toEqual({ batchItemFailures: [] });
  expect(seen).toEqual(['value of the mirror']);
  await expect(handler(toEvent('arn:aws:sqs:us-east-1:000000000000:other.fifo'), invocation)).rejects.toThrow('other');
});
