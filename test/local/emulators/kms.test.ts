import { createPublicKey, verify } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AlreadyExistsException,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
  ListAliasesCommand,
  NotFoundException,
  ReEncryptCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startKms } from '../../../local/emulators/kms/server.ts';
import { closedAfterTest, kmsClient, temporaryFolder } from '../../support/aws.ts';
import { sized } from '../../support/test-size.ts';

const start = (options = {}) => closedAfterTest(startKms(options));

const createKey = async (client: KMSClient) => {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Description: 'test' }));
  return { id: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? '' };
};

const setUp = async () => {
  const client = kmsClient((await start()).url);
  return { client, key: await createKey(client) };
};

const text = (value: string) => new TextEncoder().encode(value);
const context = { consumer: 'app', purpose: 'credential' };

describe('startKms', () => {
  it('decrypts what it encrypted, without being told the key, for any plaintext and context', async () => {
    const { client, key } = await setUp();
    const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const contexts = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 4 });
    const roundTrip = async (Plaintext: Uint8Array, EncryptionContext: Record<string, string>) => {
      const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: key.id, Plaintext, EncryptionContext }));
      const shuffled = Object.fromEntries(Object.entries(EncryptionContext).reverse());
      const answer = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: shuffled }));
      expect(Buffer.from(answer.Plaintext ?? [])).toEqual(Buffer.from(Plaintext));
      expect(answer.KeyId).toBe(key.arn);
    };
    await fc.assert(fc.asyncProperty(plaintexts, contexts, roundTrip), { numRuns: sized(100, 10) });
  });

  it.each([
    ['missing', undefined],
    ['shorter', { consumer: 'app' }],
    ['longer', { ...context, more: '' }],
    ['other', { ...context, consumer: 'other' }],
  ])('refuses to decrypt with a %s context', async (_name, wrong) => {
    const { client, key } = await setUp();
    const encrypt = new EncryptCommand({ KeyId: key.id, Plaintext: text('secret'), EncryptionContext: context });
    const { CiphertextBlob } = await client.send(encrypt);
    const decrypt = new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong });
    await expect(client.send(decrypt)).rejects.toBeInstanceOf(InvalidCiphertextException);
  });

  it('refuses a blob with any bit changed', async () => {
    const { client, key } = await setUp();
    const { CiphertextBlob = new Uint8Array() } = await client.send(
      new EncryptCommand({ KeyId: key.id, Plaintext: text('secret') }),
    );
    const positions = fc.nat({ max: CiphertextBlob.length * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(positions, async (bit) => {
        const changed = Uint8Array.from(CiphertextBlob);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const decrypt = new DecryptCommand({ CiphertextBlob: changed });
        await expect(client.send(decrypt)).rejects.toBeInstanceOf(InvalidCiphertextException);
      }),
      { numRuns: sized(200, 20) },
    );
  });

  it('takes a key id, an ARN, an alias and an alias ARN', async () => {
    const { client, key } = await setUp();
    await client.send(new CreateAliasCommand({ AliasName: 'alias/credentials', TargetKeyId: key.id }));
    const aliases = (await client.send(new ListAliasesCommand({ KeyId: key.id }))).Aliases ?? [];
    for (const KeyId of [key.id, key.arn, 'alias/credentials', aliases[0]?.AliasArn]) {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata?.KeyId).toBe(key.id);
      expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    }
  });

  it('refuses an alias that is taken and a key that is unknown', async () => {
    const { client, key } = await setUp();
    const alias = new CreateAliasCommand({ AliasName: 'alias/credentials', TargetKeyId: key.id });
    await client.send(alias);
    await expect(client.send(alias)).rejects.toBeInstanceOf(AlreadyExistsException);
    await expect(client.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))).rejects.toBeInstanceOf(
      NotFoundException,
    );
  });

  it('refuses to decrypt with a key other than the one that encrypted', async () => {
    const { client, key } = await setUp();
    const other = await createKey(client);
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: key.id, Plaintext: text('secret') }));
    const decrypt = new DecryptCommand({ CiphertextBlob, KeyId: other.id });
    await expect(client.send(decrypt)).rejects.toBeInstanceOf(IncorrectKeyException);
  });

  it('gives data keys whose blob decrypts to their plaintext, and blobs alone on demand', async () => {
    const { client, key } = await setUp();
    const input = { KeyId: key.id, KeySpec: 'AES_256' as const, EncryptionContext: context };
    const { Plaintext, CiphertextBlob } = await client.send(new GenerateDataKeyCommand(input));
    const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Plaintext).toHaveLength(32);
    expect(opened.Plaintext).toEqual(Plaintext);
    const sealed = await client.send(new GenerateDataKeyWithoutPlaintextCommand(input));
    expect(sealed).not.toHaveProperty('Plaintext');
  });

  it('re-encrypts under another key and context', async () => {
    const { client, key } = await setUp();
    const other = await createKey(client);
    const encrypt = new EncryptCommand({ KeyId: key.id, Plaintext: text('secret'), EncryptionContext: context });
    const { CiphertextBlob } = await client.send(encrypt);
    const moved = await client.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: context,
        DestinationKeyId: other.id,
        DestinationEncryptionContext: { renewed: 'yes' },
      }),
    );
    const opened = await client.send(
      new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { renewed: 'yes' } }),
    );
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    expect(opened.KeyId).toBe(other.arn);
  });

  it('keeps keys, aliases and rotation over a restart, in a file for the owner only', async () => {
    const stateDir = await temporaryFolder();
    const before = await start({ stateDir });
    const beforeClient = kmsClient(before.url);
    const key = await createKey(beforeClient);
    await beforeClient.send(new CreateAliasCommand({ AliasName: 'alias/kept', TargetKeyId: key.id }));
    await beforeClient.send(new EnableKeyRotationCommand({ KeyId: key.id }));
    const encrypt = new EncryptCommand({ KeyId: 'alias/kept', Plaintext: text('secret') });
    const { CiphertextBlob } = await beforeClient.send(encrypt);
    await before.close();
    const client = kmsClient((await start({ stateDir })).url);
    const opened = await client.send(new DecryptCommand({ CiphertextBlob, KeyId: 'alias/kept' }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: key.id }));
    expect(KeyRotationEnabled).toBe(true);
    expect((await stat(join(stateDir, 'keys.json'))).mode & 0o777).toBe(0o600);
  });

  it('names a wrong input and an operation it does not have', async () => {
    const { url } = await start();
    const call = async (operation: string, body: string) => {
      const headers = { 'x-amz-target': `TrentService.${operation}`, 'content-type': 'application/x-amz-json-1.1' };
      const answer = await fetch(url, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { __type: string }).__type];
    };
    expect(await call('Encrypt', '{"KeyId":"x"}')).toEqual([400, 'ValidationException']);
    expect(await call('Encrypt', '{')).toEqual([400, 'SerializationException']);
    expect(await call('Verify', '{}')).toEqual([400, 'UnknownOperationException']);
  });
});

describe('a key that signs', () => {
  it('signs messages that its public key verifies, and encrypts nothing', async () => {
    const client = kmsClient((await start()).url);
    const made = new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const KeyId = (await client.send(made)).KeyMetadata?.KeyId;
    const sign = new SignCommand({ KeyId, Message: text('head'), SigningAlgorithm: 'ECDSA_SHA_256' });
    const { Signature = new Uint8Array() } = await client.send(sign);
    const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId }));
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    expect(verify('sha256', text('head'), key, Signature)).toBe(true);
    expect(verify('sha256', text('tail'), key, Signature)).toBe(false);
    const encrypt = client.send(new EncryptCommand({ KeyId, Plaintext: text('x') }));
    await expect(encrypt).rejects.toThrow(expect.objectContaining({ name: 'InvalidKeyUsageException' }));
  });

  it('is not the kind of key that encrypts', async () => {
    const { client, key } = await setUp();
    const sign = client.send(
      new SignCommand({ KeyId: key.id, Message: text('head'), SigningAlgorithm: 'ECDSA_SHA_256' }),
    );
    await expect(sign).rejects.toThrow(expect.objectContaining({ name: 'InvalidKeyUsageException' }));
  });
});
