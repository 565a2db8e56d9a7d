import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { expect, it, onTestFinished } from 'vitest';
import { startKms } from '../../../local/emulators/kms/server.ts';
import { createProvisioner } from '../../../local/operator/provision.ts';
import { createKmsEnvelope } from '../../../shared/credentials/adapters/kms-envelope.ts';
import { createDynamoMirrorHeaders } from '../../../shared/mirrors/adapters/header-stores.ts';
import { mirrorRecord } from '../../../shared/mirrors/header-store.ts';
import { createDynamoHookHeaders } from '../../../shared/notifications/adapters/hook-headers.ts';
import { isFromTenant } from '../../../shared/notifications/hook-header.ts';
import { closedAfterTest, kmsClient } from '../../support/aws.ts';
import { freshTable } from '../../support/tables.ts';

const start = async (hasNotifications = true, mirrors?: readonly string[]) => {
  const { dynamo, tableName } = await freshTable();
  const { protocol, hostname, port } = (await dynamo.config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 };
  const provisioner = createProvisioner(
    {
      ...{ consumersTable: tableName, credentialsTable: tableName, credentialsKey: 'none' },
      ...(hasNotifications ? { notificationsTable: tableName } : {}),
      mirrors,
    },
    { dynamodb: `${protocol}//${hostname}:${port}`, kms: 'http://127.0.0.1:9' },
  );
  onTestFinished(() => provisioner.close());
  const isTaken = async (value: string) =>
    isFromTenant(await createDynamoHookHeaders(dynamo, tableName).read(), [['x-signals-hook', value]]);
  return { provisioner, isTaken };
};

it('an operator sets the header of the hook, and changes it without a gap', async () => {
  const { provisioner, isTaken } = await start();
  await provisioner.putHookHeader('x-signals-hook', 'one');
  await provisioner.putHookHeader('X-Signals-Hook', 'two');
  expect([await isTaken('one'), await isTaken('two')]).toEqual([true, true]);
  await provisioner.putHookHeader('x-signals-hook', 'three', true);
  expect([await isTaken('one'), await isTaken('two'), await isTaken('three')]).toEqual([false, false, true]);
});

it('an operator is told where a stage takes no pushes', async () => {
  const { provisioner } = await start(false);
  await expect(provisioner.putHookHeader('x-signals-hook', 'one')).rejects.toThrow('without notifications');
});

it('an operator sets no value for a mirror that the stage does not have, or has at another host', async () => {
  const { provisioner } = await start(true, ['staging@staging.example.com']);
  for (const [name, host] of [
    ['stagign', 'staging.example.com'],
    ['staging', 'other.example.com'],
  ] as const)
    await expect(provisioner.putMirrorHeader(name, host, 'a value')).rejects.toThrow(
      `no mirror ${name} at ${host}. Its mirrors, as name@host: staging@staging.example.com`,
    );
});

it('an operator sets the value that is sent to a mirror, which only the key service opens, for that mirror at that host', async () => {
  const kms = await closedAfterTest(startKms({}));
  const { dynamo, tableName } = await freshTable();
  const { protocol, hostname, port } = (await dynamo.config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 };
  const client = kmsClient(kms.url);
  const credentialsKey = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const tables = { consumersTable: tableName, credentialsTable: tableName, notificationsTable: tableName };
  const resources = { ...tables, mirrors: ['staging@staging.example.com'] };
  const endpoints = { dynamodb: `${protocol}//${hostname}:${port}`, kms: kms.url };
  const provisioner = createProvisioner({ ...resources, credentialsKey }, endpoints);
  onTestFinished(() => provisioner.close());
  await provisioner.putMirrorHeader('staging', 'staging.example.com', 'first value of the mirror');
  await provisioner.putMirrorHeader('staging', 'staging.example.com', 'second value of the mirror');
  const sealed = await createDynamoMirrorHeaders(dynamo, tableName).read('staging', 'staging.example.com');
  if (!sealed) throw new Error('no value was kept');
  expect(Buffer.from(sealed.ciphertext).toString()).not.toContain('value');
  const envelope = createKmsEnvelope(client, credentialsKey);
  expect(await envelope.open(mirrorRecord('staging', 'staging.example.com'), sealed)).toBe(
    'second value of the mirror',
  );
  await expect(envelope.open(mirrorRecord('other', 'staging.example.com'), sealed)).rejects.toThrow();
  await expect(envelope.open(mirrorRecord('staging', 'other.example.com'), sealed)).rejects.toThrow();
  expect(await createDynamoMirrorHeaders(dynamo, tableName).read('staging', 'other.example.com')).toBeUndefined();
});
