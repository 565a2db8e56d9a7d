import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startKms } from '../../../local/emulators/kms/server.ts';
import { createProvisioner } from '../../../local/operator/provision.ts';
import { createDynamoAuditLog } from '../../../shared/audit/adapters/dynamodb.ts';
import { createDynamoConsumerStore } from '../../../shared/consumers/adapters/dynamodb.ts';
import { createDynamoKeyStore } from '../../../shared/credentials/adapters/dynamodb-keys.ts';
import { closedAfterTest, kmsClient } from '../../support/aws.ts';
import { freshTable } from '../../support/tables.ts';
import { startUpstream } from '../../support/upstream.ts';

const start = async (auditTable?: (tableName: string) => string) => {
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
      ...(auditTable
        ? { audit: { table: auditTable(tableName), retentionDays: 10, whenStoreFails: 'refuse' as const } }
        : {}),
    },
    { dynamodb: `${protocol}//${hostname}:${port}`, kms: kms.url },
  );
  onTestFinished(() => provisioner.close());
  const secretsOf = async () => createDynamoKeyStore(dynamo, tableName).list('signals');
  const log = createDynamoAuditLog(dynamo, tableName, Date.now);
  const recorded = async () => {
    const { records } = await log.read({ fromMillis: 0, untilMillis: Date.now() + 1 }, 50);
    return records.filter((record) => record.stage === 'outcome');
  };
  return { provisioner, secretsOf, recorded, consumers: createDynamoConsumerStore(dynamo, tableName) };
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

  it('leaves an entry in the audit log for each command: who, what, old and new values, and no secret', async () => {
    const { provisioner, recorded, secretsOf } = await start((tableName) => tableName);
    await provisioner.putCredential('signals', 'good-1');
    await provisioner.putCredential('signals', 'good-2');
    const key = await provisioner.addConsumer('ops', ['*:*', 'consumers:*'], { command: 'add-admin' });
    await provisioner.addConsumer('ops', ['*:read'], { actsAs: ['user', 'service'] });
    await expect(provisioner.putCredential('signals', 'misspelt')).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
    });
    const entries = (await recorded()).toReversed();
    expect(
      entries.map(({ kind, consumer, actor, operation, target, outcome }) =>
        [kind, consumer, actor, operation, target, outcome].join(' '),
      ),
    ).toEqual([
      'operator operator the twin operator.put-credential service done',
      'operator operator the twin operator.put-credential service done',
      'operator operator the twin operator.add-admin ops done',
      'operator operator the twin operator.add-consumer ops done',
      'operator operator the twin operator.put-credential service refused',
    ]);
    const [, second] = await secretsOf();
    const changesOf = (index: number) => entries[index]?.changes ?? [];
    expect(changesOf(1)).toContainEqual({ of: expect.any(String), field: 'state', old: 'active', new: 'retiring' });
    expect(changesOf(1)).toContainEqual({ of: second?.id, field: 'owner', new: 'service' });
    expect(changesOf(3)).toContainEqual({ field: 'scopes', old: ['*:*', 'consumers:*'], new: ['*:read'] });
    expect(changesOf(3)).toContainEqual({ field: 'actsAs', old: ['service'], new: ['user', 'service'] });
    expect(changesOf(4)).toEqual([]);
    expect(entries[3]?.asked).toEqual({ scopes: ['*:read'], actsAs: ['user', 'service'] });
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`good-|misspelt|${key}|[0-9a-f]{64}`));
  });

  it('changes nothing that cannot be recorded', async () => {
    const { provisioner, secretsOf, consumers } = await start(() => 'no-such-table');
    await expect(provisioner.putCredential('signals', 'good-1')).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await expect(provisioner.addConsumer('ops', ['*:read'])).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect([await secretsOf(), await consumers.read('ops')]).toEqual([[], undefined]);
  });
});
