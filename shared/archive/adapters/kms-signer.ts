/** HeadSigner with an asymmetric key of KMS, which never leaves it. */
import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { HeadSigner } from '../seal.ts';

const algorithm = 'ECDSA_SHA_256';

export const createKmsSigner = (client: KMSClient, keyId: string): HeadSigner => ({
  keyId,
  algorithm,
  async sign(bytes) {
    const { Signature } = await client.send(
      new SignCommand({ KeyId: keyId, Message: bytes, MessageType: 'RAW', SigningAlgorithm: algorithm }),
    );
    if (!Signature) throw new Error('KMS gave no signature');
    return Signature;
  },
  async publicKeyPem() {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (!PublicKey) throw new Error('KMS gave no public key');
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    return String(key.export({ type: 'spki', format: 'pem' }));
  },
});
