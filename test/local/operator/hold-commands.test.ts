/** Legal holds by command: the same records as by the API, with the act in the audit log. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createHoldCommands } from '../../../local/operator/hold-commands.ts';
import { createDynamoHoldStore } from '../../../shared/archive/adapters/dynamodb-holds.ts';
import { dynamoDbClient } from '../../support/aws.ts';
import { freshTable } from '../../support/tables.ts';

const eid = 'experiment:e1';

const start = async (hasLocks = true) => {
  const { dynamo, tableName } = await freshTable();
  const { protocol, hostname, port } = (await dynamo.config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 };
  const audit = { table: tableName, retentionDays: 1, whenStoreFails: 'refuse' } as const;
  const archive = { table: tableName, hasLocks };
  const client = dynamoDbClient(`${protocol}//${hostname}:${port}`);
  const commands = createHoldCommands({ archive, audit }, client, true);
  const acts = async () => {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }));
    return JSON.stringify(Items);
  };
  return { commands, acts, holds: createDynamoHoldStore(dynamo, tableName) };
};

it('an operator places and releases a hold, and the audit log has both with their reasons', async () => {
  const { commands, acts, holds } = await start();
  expect(await commands.place(eid, ' a dispute ')).toBe(`${eid}~1`);
  expect(await holds.readHeld(eid)).toMatchObject({
    isSettled: false,
    holds: [{ reason: 'a dispute', placedBy: 'operator' }],
  });
  expect(await commands.release(`${eid}~1`, 'settled')).toBe(`${eid}~1`);
  expect((await holds.readHeld(eid))?.holds[0]?.released).toMatchObject({ by: 'operator', reason: 'settled' });
  const recorded = await acts();
  for (const part of ['operator.hold', 'operator.release-hold', ' a dispute ', 'settled'] as const)
    expect(recorded).toContain(part);
});

it('an operator is told what cannot be held or released', async () => {
  const { commands } = await start();
  await expect(commands.place('sample:s1', 'a dispute')).rejects.toThrow('Only experiments are archived');
  await expect(commands.place(eid, ' ')).rejects.toThrow('--reason');
  await expect(commands.release('nothing', 'settled')).rejects.toThrow('No hold has this id');
  const unlocked = await start(false);
  await expect(unlocked.commands.place(eid, 'a dispute')).rejects.toThrow('no Object Lock');
  expect(() => createHoldCommands({ archive: undefined, audit: undefined })).toThrow('without legal holds');
});
