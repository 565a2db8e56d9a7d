import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { credentialContext } from '../../config/names.ts';
import type { CredentialVault } from '../credential.ts';

export type DynamoKmsVaultOptions = { readonly tableName: string; readonly keyId: string };

/**
 * Credentials as items of a table, encrypted with a KMS key under an encryption context that names the record: a
 * ciphertext copied to another record, or a dump of the table, is of no use.
 */
export const createDynamoKmsCredentialVault = (
  dynamo: DynamoDBDocumentClient,
  kms: KMSClient,
  { tableName, keyId }: DynamoKmsVaultOptions,
): CredentialVault => {
  const itemKey = (upstream: string) => ({ pk: `UPSTREAM#${upstream}`, sk: 'SERVICE' });
  const contextOf = (upstream: string) => ({
    [credentialContext.name]: credentialContext.purpose,
    record: `${upstream}#SERVICE`,
  });

  return {
    async read(upstream) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: tableName, Key: itemKey(upstream), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { Plaintext } = await kms.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Item.ciphertext as Uint8Array,
          EncryptionContext: contextOf(upstream),
        }),
      );
      const secret = Buffer.from(Plaintext ?? []).toString('utf8');
      return { kind: 'service', id: 'service', principal: `service:${upstream}`, secret };
    },
    async write(upstream, secret) {
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(secret, 'utf8'),
          EncryptionContext: contextOf(upstream),
        }),
      );
      await dynamo.send(
        new PutCommand({ TableName: tableName, Item: { ...itemKey(upstream), ciphertext: CiphertextBlob } }),
      );
    },
  };
};
