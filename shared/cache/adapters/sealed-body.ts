/**
 * Encrypts each body under a key of its own. The bytes are in the bucket and the key is in the entry's item. So nobody
 * can read the bytes without that item: not after the item was replaced or deleted, and not with access to the bucket
 * alone.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type SealedBody = { readonly sealed: Uint8Array; readonly key: Uint8Array };

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The key is used once. The sealed bytes are nonce, ciphertext and tag. */
export const sealBody = (bytes: Uint8Array): SealedBody => {
  const key = randomBytes(keyBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  const ciphertext = [cipher.update(bytes), cipher.final()];
  return { sealed: Buffer.concat([nonce, ...ciphertext, cipher.getAuthTag()]), key };
};

/** Undefined if this key did not encrypt the bytes, or if they are incomplete. */
export const openBody = ({ sealed, key }: SealedBody): Uint8Array | undefined => {
  const end = sealed.byteLength - tagBytes;
  if (end < nonceBytes || key.byteLength !== keyBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()]);
  } catch {
    return undefined;
  }
};
