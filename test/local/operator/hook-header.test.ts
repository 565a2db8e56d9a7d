import { expect, it, onTestFinished } from 'vitest';
import { createProvisioner } from '../../../local/operator/provision.ts';
import { createDynamoHookHeaders } from '../../../shared/notifications/adapters/hook-headers.ts';
import { isFromTenant } from '../../../shared/notifications/hook-header.ts';
import { freshTable } from '../../support/tables.ts';

const start = async (hasNotifications = true) => {
  const { dynamo, tableName } = await freshTable();
  const { protocol, hostname, port } = (await dynamo.config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 };
  const provisioner = createProvisioner(
    {
      ...{ consumersTable: tableName, credentialsTable: tableName, credentialsKey: 'none' },
      ...(hasNotifications ? { notificationsTable: tableName } : {}),
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
