/** The whole vault on DynamoDB and KMS: what a table dump is worth, and what a rotation of the master key changes. */
import {
  CreateKeyCommand,
  DecryptCommand,
  InvalidCiphertextException,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { startKms } from '../../local/emulators/kms/server.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import { createKeyAdmin } from '../../shared/credentials/key-admin.ts';
import { createServiceKeys } from '../../shared/credentials/service-keys.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { closedAfterTest, kmsClient } from '../support/aws.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { freshTable } from '../support/tables.ts';

const start = async () => {
  const { dynamo, tableName } = await freshTable();
  const kms = kmsClient((await closedAfterTest(startKms({}))).url);
  const keyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const vault = createDynamoKmsCredentialVault(dynamo, kms, { tableName, keyId });
  const items = async () => (await dynamo.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
  const put = (item: object) => dynamo.send(new PutCommand({ TableName: tableName, Item: { ...item } }));
  return { kms, keyId, vault, items, put, admin: createKeyAdmin(vault, systemClock) };
};

const secret = 'the-upstream-secret-0123456789';
const given = { upstream: 'signals', owner: 'svc-eln', secret };

/** Every byte that is in the item, one after the other. */
const bytesOf = (item: object): Buffer =>
  Buffer.concat(
    Object.entries(item).flatMap(([name, value]) => [
      Buffer.from(name),
      value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value)),
    ]),
  );

describe('a dump of the table', () => {
  it('holds no secret in any spelling, nor its hash', async () => {
    const { admin, items } = await start();
    await admin.add(given);
    const dump = Buffer.concat((await items()).map(bytesOf));
    expect(dump.includes('svc-eln')).toBe(true);
    const { createHash } = await import('node:crypto');
    const digests = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(secret).digest());
    const raw = [Buffer.from(secret), Buffer.from(secret).reverse(), Buffer.from(secret, 'utf16le'), ...digests];
    const spelled = raw.flatMap((bytes) => [
      bytes,
      ...(['hex', 'base64', 'base64url'] as const).map((encoding) =>
        Buffer.from(bytes.toString(encoding).replace(/=+$/, '')),
      ),
    ]);
    for (const spelling of nonEmpty(spelled)) expect(dump.includes(spelling)).toBe(false);
    // Nor a part of it that would help to guess the rest.
    expect(dump.includes(secret.slice(0, 6)) || dump.includes(secret.slice(-6))).toBe(false);
  });

  it('opens nothing with KMS at hand but not the record that the secret belongs to', async () => {
    const { admin, items, kms } = await start();
    await admin.add(given);
    const [item] = await items();
    const contexts = [
      undefined,
      { purpose: 'upstream-credential' },
      { purpose: 'upstream-credential', record: 'signals/key/other' },
    ];
    for (const EncryptionContext of nonEmpty(contexts)) {
      const decrypt = new DecryptCommand({ CiphertextBlob: item?.wrappedKey, EncryptionContext });
      await expect(kms.send(decrypt)).rejects.toBeInstanceOf(InvalidCiphertextException);
    }
  });

  it('is of no use under another record: a secret that was moved is not sent anywhere', async () => {
    const { admin, items, put, vault } = await start();
    await admin.add({ ...given, owner: 'powerful', secret: 'powerful-secret' });
    const [powerful] = await items();
    await admin.add({ ...given, owner: 'weak' });
    const weak = (await items()).find(({ owner }) => owner === 'weak');
    await put({ ...weak, wrappedKey: powerful?.wrappedKey, nonce: powerful?.nonce, ciphertext: powerful?.ciphertext });
    await put({ ...powerful, state: 'disabled' });
    await expect(createServiceKeys(vault, systemClock).choose('signals')).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
    });
  });
});

describe('a rotation of the master key', () => {
  it('leaves every secret readable, and resealing wraps it with the new material', async () => {
    const { admin, items, kms, keyId, vault } = await start();
    const { id } = await admin.add(given);
    const [before] = await items();
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: keyId }));
    expect((await createServiceKeys(vault, systemClock).choose('signals')).secret).toBe(secret);
    await admin.reseal('signals', id);
    const [after] = await items();
    for (const part of ['wrappedKey', 'nonce', 'ciphertext']) expect(after?.[part]).not.toEqual(before?.[part]);
    expect((await createServiceKeys(vault, systemClock).choose('signals')).secret).toBe(secret);
  });

  it('reaches an instance that remembers the record as it was', async () => {
    const { admin, vault } = await start();
    let nowMillis = Date.now();
    const { id } = await admin.add(given);
    const keys = createServiceKeys(vault, { nowMillis: () => nowMillis });
    await keys.choose('signals');
    await admin.reseal('signals', id);
    nowMillis += 301_000;
    expect((await keys.choose('signals')).secret).toBe(secret);
  });
});
