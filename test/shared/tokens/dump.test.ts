/** What an attacker gets who reads the table or copies its items. */
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { startKms } from '../../../local/emulators/kms/server.ts';
import { createKmsEnvelope } from '../../../shared/credentials/adapters/kms-envelope.ts';
import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../../shared/tokens/adapters/dynamodb.ts';
import { createLinks } from '../../../shared/tokens/links.ts';
import { createUserTokens } from '../../../shared/tokens/user-tokens.ts';
import { closedAfterTest, kmsClient } from '../../support/aws.ts';
import { freshTable } from '../../support/tables.ts';
import { anna, app, createWorld } from './builders.ts';

const setUp = async () => {
  const { dynamo, tableName } = await freshTable();
  const kms = kmsClient((await closedAfterTest(startKms({}))).url);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const world = {
    ...createWorld(),
    store: createDynamoTokenStore(dynamo, tableName),
    once: createDynamoOneTimeStore(dynamo, tableName),
    envelope: createKmsEnvelope(kms, KeyMetadata?.KeyId ?? ''),
  };
  const verifiers: string[] = [];
  const links = createLinks({
    ...world,
    settings: {
      origin: 'https://snb.example.com',
      clientId: 'client-1',
      responseType: 'code',
      scope: '',
      authorizePath: '/authorize',
      tokenPath: '/token',
      withoutState: 'refuse',
    },
    exchangeCode: async (_code, verifier) => {
      verifiers.push(verifier);
      return 'the-token-of-anna';
    },
  });
  const scan = async () => (await dynamo.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
  const dump = async () =>
    JSON.stringify(await scan(), (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
  const begin = async () => {
    const ticket = new URL((await links.create(anna, 'https://f.example.com')).url).searchParams.get('ticket') ?? '?';
    const beforeStart = await dump();
    const { cookie, location } = await links.start(ticket, 'https://f.example.com');
    const state = new URL(location).searchParams.get('state') ?? '?';
    return { ticket, cookie, state, dumps: beforeStart + (await dump()) };
  };
  return { ...world, links, begin, scan, dump, verifiers, dynamo, tableName };
};

it('a dump of the table shows no ticket, cookie, state, verifier or token', async () => {
  const { links, begin, dump, verifiers } = await setUp();
  const { ticket, cookie, state, dumps } = await begin();
  await links.finish(await links.find(cookie), { state, code: 'the-code' });
  const all = dumps + (await dump());
  expect(all).toContain('anna');
  expect(verifiers).toHaveLength(1);
  for (const secret of [ticket, cookie, state, ...verifiers, 'the-token-of-anna']) expect(all).not.toContain(secret);
});

it('an item copied to another person opens nothing', async () => {
  const { links, begin, scan, dynamo, tableName, store, ...world } = await setUp();
  const { cookie, state } = await begin();
  await links.finish(await links.find(cookie), { state, code: 'the-code' });
  const [item] = (await scan()).filter(({ pk }) => String(pk).startsWith('TOKENS#'));
  const bob = { ...anna, subject: 'bob' };
  await store.put({ ...(await store.read(anna)), ...bob } as never);
  // As it is, under the name of a third.
  const carl = { ...anna, subject: 'carl' };
  await store.put({ ...(await store.read(anna)), ...carl } as never);
  const place = (await scan()).find(({ subject }) => subject === 'carl');
  await dynamo.send(new PutCommand({ TableName: tableName, Item: { ...item, pk: place?.pk, sk: place?.sk } }));
  const tokens = createUserTokens({ ...world, store });
  expect((await tokens.find('signals', app, 'anna'))?.secret).toBe('the-token-of-anna');
  for (const subject of ['bob', 'carl'])
    await expect(tokens.find('signals', app, subject)).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
});
