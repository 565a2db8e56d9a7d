import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startKms } from '../../../local/emulators/kms/server.ts';
import { createProvisioner } from '../../../local/operator/provision.ts';
import { createDynamoConsumerStore } from '../../../shared/consumers/adapters/dynamodb.ts';
import { createDynamoKeyStore } from '../../../shared/credentials/adapters/dynamodb-keys.ts';
import { closedAfterTest, kmsClient } from '../../support/aws.ts';
import { freshTable } from '../../support/tables.ts';
import { startUpstream } from '../../support/upstream.ts';

const start = async () => {
  const { dynamo, tableName } = await freshTable();
  const kms = await closedAfterTest(startKms({}));
  const credentialsKey = (await kmsClient(kms.url).send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const tenant = await startUpstream(({ headers }, response) => {
    const isGood = headers.some(([name, value]) => name.toLowerCase() === 'x-api-key' && value.startsWith('good'));
    response.writeHead(isGood ? 200 : 401, { 'content-type': 'application/vnd.api+json' });
    response.end('{"data":{"type":"profile","id":"101"}}');
  });
  const { endpoint } = dynamo.config;
  const { protocol, hostname, port } = (await endpoint?.()) ?? { protocol: 'http:', hostname: '127.0.0.1', port: 0 };
  const provisioner = createProvisioner(
    {
      consumersTable: tableName,
      credentialsTable: tableName,
      credentialsKey,
      credentialPoolSize: 2,
      tenantUrl: tenant.url,
    },
    { dynamodb: `${protocol}//${hostname}:${port}`, kms: kms.url },
  );
  onTestFinished(() => provisioner.close());
  const secretsOf = async () => createDynamoKeyStore(dynamo, tableName).list('signals');
  return { provisioner, secretsOf, consumers: createDynamoConsumerStore(dynamo, tableName) };
};

describe('an operator', () => {
  it('puts in no key that the tenant refuses, and keeps to the size of the pool', async () => {
    const { provisioner, secretsOf } = await start();
    for (const secret of ['good-1', 'good-2', 'good-3']) await provisioner.putCredential('signals', secret);
    const before = await secretsOf();
    expect(before.map(({ state, accountId }) => `${state} ${accountId}`).toSorted()).toEqual([
      'active 101',
      'retiring 101',
    ]);
    await expect(provisioner.putCredential('signals', 'misspelt')).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
    });
    expect(await secretsOf()).toEqual(before);
  });

  it('gives no scope that stands for nothing, and says which is the nearest', async () => {
    const { provisioner, consumers } = await start();
    const refused = provisioner.addConsumer('app', ['*:read', 'entites:write', 'Users:read']);
    await expect(refused).rejects.toThrow(/"entites".*entities:write.*"Users".*users:read/s);
    expect(await consumers.read('app')).toBeUndefined();
  });

  it('makes a consumer that is told from others of its id, and stays the same when it is added again', async () => {
    const { provisioner, consumers } = await start();
    const incarnation = async () => (await consumers.read('app'))?.consumer.incarnation;
    await provisioner.addConsumer('app', ['*:read']);
    const first = await incarnation();
    expect(first).toMatch(/^c_/);
    await provisioner.addConsumer('app', ['*:*']);
    expect(await incarnation()).toBe(first);
  });
});
