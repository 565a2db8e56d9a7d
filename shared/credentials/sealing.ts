/** Encrypts with AES-256-GCM under a new data key for each secret. A port wraps the data keys. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Envelope } from './envelope.ts';

/** Port: makes data keys, and unwraps them again for the same record only. */
export type DataKeys = {
  /** 32 random bytes, plain and wrapped. The caller erases the plain ones. */
  generate(record: string): Promise<{ readonly plain: Uint8Array; readonly wrapped: Uint8Array }>;
  /** @throws if `wrapped` was made for another record, or was changed. */
  unwrap(record: string, wrapped: Uint8Array): Promise<Uint8Array>;
};

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export const createEnvelope = (dataKeys: DataKeys): Envelope => ({
  async seal(record, secret) {
    const { plain, wrapped } = await dataKeys.generate(record);
    try {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, plain, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(record));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { wrappedKey: wrapped, nonce, ciphertext };
    } finally {
      plain.fill(0);
    }
  },
  async open(record, { wrappedKey, nonce, ciphertext }) {
    const plain = await dataKeys.unwrap(record, wrappedKey);
    try {
      const tagStart = ciphertext.byteLength - tagBytes;
      if (tagStart < 0) throw new Error('A sealed secret is too short.');
      const decipher = createDecipheriv(cipherName, plain, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(record))
        .setAuthTag(ciphertext.subarray(tagStart));
      return Buffer.concat([decipher.update(ciphertext.subarray(0, tagStart)), decipher.final()]).toString('utf8');
    } finally {
      plain.fill(0);
    }
  },
});
