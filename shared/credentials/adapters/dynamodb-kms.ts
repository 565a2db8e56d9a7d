import type { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../../time/clock.ts';
import type { CredentialVault } from '../credential.ts';
import type { KeyVault } from '../key.ts';
import { createKeyAdmin, defaultOwner } from '../key-admin.ts';
import { createDynamoKeyStore } from './dynamodb-keys.ts';
import { createKmsEnvelope } from './kms-envelope.ts';

export type DynamoKmsVaultOptions = { readonly tableName: string; readonly keyId: string };

/**
 * Keys as items of a table, their secrets sealed under data keys of a KMS key.
 * `write` makes a secret the key of the default owner.
 */
export const createDynamoKmsCredentialVault = (
  dynamo: DynamoDBDocumentClient,
  kms: KMSClient,
  { tableName, keyId }: DynamoKmsVaultOptions,
): KeyVault & Pick<CredentialVault, 'write'> => {
  const vault: KeyVault = { keys: createDynamoKeyStore(dynamo, tableName), envelope: createKmsEnvelope(kms, keyId) };
  const admin = createKeyAdmin(vault, systemClock);
  return { ...vault, write: (upstream, secret) => admin.put(upstream, secret, defaultOwner) };
};
