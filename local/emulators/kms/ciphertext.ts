/**
 * Sealing and opening of the twin's ciphertext blobs: format byte, key id (16), nonce (12), tag (16), sealed bytes.
 * The encryption context is authenticated, not stored: it must be given again, in any order, to open the blob.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KmsKey } from './key-store.ts';
import { KmsError } from './kms-error.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

const formatByte = 1;
const keyIdEnd = 17;
const nonceEnd = keyIdEnd + 12;
const tagEnd = nonceEnd + 16;

export const seal = (key: KmsKey, plaintext: Uint8Array, context: EncryptionContext): Buffer => {
  const head = Buffer.concat([Buffer.of(formatByte), Buffer.from(key.id.replaceAll('-', ''), 'hex')]);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.materialBase64, 'base64'), nonce).setAAD(
    associatedData(head, context),
  );
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
};

const openWith = (materialBase64: string, blob: Buffer, context: EncryptionContext): Buffer | undefined => {
  const material = Buffer.from(materialBase64, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(keyIdEnd, nonceEnd))
    .setAAD(associatedData(blob.subarray(0, keyIdEnd), context))
    .setAuthTag(blob.subarray(nonceEnd, tagEnd));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagEnd)), decipher.final()]);
  } catch {
    return undefined;
  }
};

/**
 * Opens a blob made by `seal`, also one made before a rotation.
 * @throws KmsError InvalidCiphertextException for any other bytes or context.
 */
export const open = (key: KmsKey, blob: Buffer, context: EncryptionContext): Buffer => {
  for (const material of [key.materialBase64, ...key.earlierMaterialsBase64.toReversed()]) {
    const opened = openWith(material, blob, context);
    if (opened) return opened;
  }
  throw invalidCiphertext();
};

/** The key id inside a blob. @throws KmsError InvalidCiphertextException when the bytes are no blob of ours. */
export const keyIdOf = (blob: Buffer): string => {
  if (blob.length < tagEnd || blob[0] !== formatByte) throw invalidCiphertext();
  return blob.toString('hex', 1, keyIdEnd).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const invalidCiphertext = (): KmsError =>
  new KmsError('InvalidCiphertextException', 'The ciphertext or the encryption context is not valid');

const associatedData = (head: Buffer, context: EncryptionContext): Buffer => {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(pairs))]);
};
