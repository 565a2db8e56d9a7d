/** The KMS operations of the twin, by the name that the client puts in `X-Amz-Target`. */
import { createPublicKey, randomBytes, sign } from 'node:crypto';
import * as z from 'zod';
import { type EncryptionContext, invalidCiphertext, keyIdOf, open, seal } from './ciphertext.ts';
import type { KeyStore, KmsKey } from './key-store.ts';
import { KmsError } from './kms-error.ts';

export type KmsOperation = (store: KeyStore, input: unknown) => object;

const accountId = '000000000000';
const arnPrefix = `arn:aws:kms:us-east-1:${accountId}`;
const keyArn = (id: string) => `${arnPrefix}:key/${id}`;

const Context = z.record(z.string(), z.string()).default({});
const Blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
const Plaintext = Blob.refine((bytes) => bytes.length >= 1 && bytes.length <= 4096, 'Plaintext has 1 to 4096 bytes');
const KeyRef = z.object({ KeyId: z.string().min(1).max(2048) });
const Alias = z.string().regex(/^alias\/[a-zA-Z0-9/_-]{1,250}$/);
const DataKeySize = z
  .object({ KeySpec: z.enum(['AES_256', 'AES_128']).optional(), NumberOfBytes: z.int().min(1).max(1024).optional() })
  .refine((size) => (size.KeySpec === undefined) !== (size.NumberOfBytes === undefined), 'KeySpec or NumberOfBytes');

/** Checks the input before it reaches the operation. @throws KmsError ValidationException */
const operation =
  <Schema extends z.ZodType>(schema: Schema, run: (store: KeyStore, input: z.output<Schema>) => object): KmsOperation =>
  (store, raw) => {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new KmsError('ValidationException', z.prettifyError(parsed.error));
    return run(store, parsed.data);
  };

export const operations: Readonly<Record<string, KmsOperation>> = {
  CreateKey: operation(
    z.object({
      Description: z.string().max(8192).default(''),
      KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).default('SYMMETRIC_DEFAULT'),
      KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).default('ENCRYPT_DECRYPT'),
    }),
    (store, { Description, KeySpec, KeyUsage }) => {
      if ((KeySpec === 'ECC_NIST_P256') !== (KeyUsage === 'SIGN_VERIFY'))
        throw new KmsError('ValidationException', `A key of ${KeySpec} is not for ${KeyUsage}`);
      return { KeyMetadata: metadata(store.create(Description, KeyUsage === 'SIGN_VERIFY')) };
    },
  ),
  /** The curve signs the SHA-256 of the message, as DER. */
  Sign: operation(
    KeyRef.extend({
      Message: Plaintext,
      MessageType: z.literal('RAW').default('RAW'),
      SigningAlgorithm: z.literal('ECDSA_SHA_256'),
    }),
    (store, { KeyId, Message, SigningAlgorithm }) => {
      const key = store.find(KeyId);
      const signature = sign('sha256', Message, signingPemOf(key));
      return { KeyId: keyArn(key.id), Signature: signature.toString('base64'), SigningAlgorithm };
    },
  ),
  GetPublicKey: operation(KeyRef, (store, { KeyId }) => {
    const key = store.find(KeyId);
    const der = createPublicKey(signingPemOf(key)).export({ type: 'spki', format: 'der' });
    return {
      ...{ KeyId: keyArn(key.id), PublicKey: der.toString('base64') },
      ...{ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: ['ECDSA_SHA_256'] },
    };
  }),
  DescribeKey: operation(KeyRef, (store, { KeyId }) => ({ KeyMetadata: metadata(store.find(KeyId)) })),
  CreateAlias: operation(z.object({ AliasName: Alias, TargetKeyId: z.string() }), (store, input) => {
    store.addAlias(input.AliasName, store.find(input.TargetKeyId));
    return {};
  }),
  ListAliases: operation(z.object({ KeyId: z.string().optional() }), (store, { KeyId }) => {
    const wanted = KeyId === undefined ? undefined : store.find(KeyId).id;
    const aliases = store.aliases().filter(({ keyId }) => wanted === undefined || keyId === wanted);
    const entry = ({ alias, keyId }: { alias: string; keyId: string }) => ({
      AliasName: alias,
      AliasArn: `${arnPrefix}:${alias}`,
      TargetKeyId: keyId,
    });
    return { Aliases: aliases.map(entry), Truncated: false };
  }),
  EnableKeyRotation: operation(KeyRef, (store, { KeyId }) => {
    store.enableRotation(store.find(KeyId));
    return {};
  }),
  RotateKeyOnDemand: operation(KeyRef, (store, { KeyId }) => {
    const key = store.find(KeyId);
    store.rotate(key);
    return { KeyId: keyArn(key.id) };
  }),
  GetKeyRotationStatus: operation(KeyRef, (store, { KeyId }) => ({
    KeyRotationEnabled: store.find(KeyId).rotationEnabled,
  })),
  Encrypt: operation(KeyRef.extend({ Plaintext, EncryptionContext: Context }), (store, input) => {
    const key = encryptingKey(store.find(input.KeyId));
    const blob = seal(key, input.Plaintext, input.EncryptionContext);
    return { KeyId: keyArn(key.id), CiphertextBlob: blob.toString('base64'), ...algorithm };
  }),
  Decrypt: operation(
    z.object({ CiphertextBlob: Blob, KeyId: z.string().optional(), EncryptionContext: Context }),
    (store, input) => {
      const { key, plaintext } = unseal(store, input.CiphertextBlob, input.EncryptionContext, input.KeyId);
      return { KeyId: keyArn(key.id), Plaintext: plaintext.toString('base64'), ...algorithm };
    },
  ),
  GenerateDataKey: operation(KeyRef.extend({ EncryptionContext: Context }).and(DataKeySize), (store, input) =>
    dataKey(encryptingKey(store.find(input.KeyId)), sizeBytes(input), input.EncryptionContext),
  ),
  GenerateDataKeyWithoutPlaintext: operation(
    KeyRef.extend({ EncryptionContext: Context }).and(DataKeySize),
    (store, input) => {
      const { Plaintext: _, ...rest } = dataKey(
        encryptingKey(store.find(input.KeyId)),
        sizeBytes(input),
        input.EncryptionContext,
      );
      return rest;
    },
  ),
  ReEncrypt: operation(
    z.object({
      CiphertextBlob: Blob,
      SourceKeyId: z.string().optional(),
      SourceEncryptionContext: Context,
      DestinationKeyId: z.string(),
      DestinationEncryptionContext: Context,
    }),
    (store, input) => {
      const source = unseal(store, input.CiphertextBlob, input.SourceEncryptionContext, input.SourceKeyId);
      const target = store.find(input.DestinationKeyId);
      const blob = seal(target, source.plaintext, input.DestinationEncryptionContext);
      const keys = { SourceKeyId: keyArn(source.key.id), KeyId: keyArn(target.id) };
      return { ...keys, CiphertextBlob: blob.toString('base64') };
    },
  ),
};

const invalidUsage = (key: KmsKey): KmsError =>
  new KmsError('InvalidKeyUsageException', `The key ${key.id} is not for this operation`);

const signingPemOf = (key: KmsKey): string => {
  if (key.signingPem === undefined) throw invalidUsage(key);
  return key.signingPem;
};

const encryptingKey = (key: KmsKey): KmsKey => {
  if (key.signingPem !== undefined) throw invalidUsage(key);
  return key;
};

const algorithm = { EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' } as const;

const metadata = (key: KmsKey) => ({
  AWSAccountId: accountId,
  KeyId: key.id,
  Arn: keyArn(key.id),
  CreationDate: key.createdSeconds,
  Description: key.description,
  Enabled: true,
  KeyState: 'Enabled',
  ...(key.signingPem === undefined
    ? { KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'SYMMETRIC_DEFAULT', EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }
    : { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256', SigningAlgorithms: ['ECDSA_SHA_256'] }),
  KeyManager: 'CUSTOMER',
  Origin: 'AWS_KMS',
  MultiRegion: false,
});

const unseal = (store: KeyStore, blob: Buffer, context: EncryptionContext, expectedKey: string | undefined) => {
  const keyId = keyIdOf(blob);
  if (expectedKey !== undefined && store.find(expectedKey).id !== keyId)
    throw new KmsError('IncorrectKeyException', 'The ciphertext was made with another key');
  const key = findSealingKey(store, keyId);
  return { key, plaintext: open(key, blob, context) };
};

const findSealingKey = (store: KeyStore, keyId: string): KmsKey => {
  try {
    return store.find(keyId);
  } catch {
    throw invalidCiphertext();
  }
};

const sizeBytes = (size: z.infer<typeof DataKeySize>): number =>
  size.NumberOfBytes ?? (size.KeySpec === 'AES_128' ? 16 : 32);

const dataKey = (key: KmsKey, bytes: number, context: EncryptionContext) => {
  const plaintext = randomBytes(bytes);
  const blob = seal(key, plaintext, context).toString('base64');
  return { KeyId: keyArn(key.id), CiphertextBlob: blob, Plaintext: plaintext.toString('base64') };
};
