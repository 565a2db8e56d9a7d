import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { credentialContext } from '../../config/names.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import type { Envelope } from '../envelope.ts';
import { createEnvelope } from '../sealing.ts';

const present = (bytes: Uint8Array | undefined): Uint8Array => {
  if (!bytes) throw new Error('KMS answered without a key.');
  return bytes;
};

/**
 * Secrets sealed under KMS data keys. The encryption context names the record: a sealed secret copied to another record,
 * or a dump of the table, is of no use. When KMS rotates the key, it goes on unwrapping what older material wrapped.
 * @param keyId id or ARN of a symmetric key.
 */
export const createKmsEnvelope = (kms: KMSClient, keyId: string): Envelope => {
  const contextOf = (record: string) => ({ [credentialContext.name]: credentialContext.purpose, record });
  return createEnvelope(
    namingFailures('KEY_SERVICE_UNAVAILABLE', {
      async generate(record) {
        const { Plaintext, CiphertextBlob } = await kms.send(
          new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: contextOf(record) }),
        );
        return { plain: present(Plaintext), wrapped: present(CiphertextBlob) };
      },
      async unwrap(record, wrapped) {
        const { Plaintext } = await kms.send(
          new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: contextOf(record) }),
        );
        return present(Plaintext);
      },
    }),
  );
};
