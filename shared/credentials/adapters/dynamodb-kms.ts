import type { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '../../time/clock.ts';
import type { AccountProbe } from '../account-probe.ts';
import type { CredentialVault } from '../credential.ts';
import type { KeyVault } from '../key.ts';
import { createKeyAdmin, defaultOwner } from '../key-admin.ts';
import { createDynamoKeyStore } from './dynamodb-keys.ts';
import { createKmsEnvelope } from './kms-envelope.ts';

export type DynamoKmsVaultOptions = {
  readonly tableName: string;
  readonly keyId: string;
  /** For `write`: the most keys of an upstream; left out = as many as a stage has by default. */
  readonly poolSize?: number | undefined;
  /** For `write`: is asked whose key it is; left out = the key is taken on trust. */
  readonly probe?: AccountProbe | undefined;
};

/**
 * Keys as items of a table, their secrets sealed under data keys of a KMS key.
 * `write` makes a secret the key of the default owner.
 */
export const createDynamoKmsCredentialVault = (
  dynamo: DynamoDBDocumentClient,
  kms: KMSClient,
  { tableName, keyId, poolSize, probe }: DynamoKmsVaultOptions,
): KeyVault & Pick<CredentialVault, 'write'> => {
  const vault: KeyVault = { keys: createDynamoKeyStore(dynamo, tableName), envelope: createKmsEnvelope(kms, keyId) };
  const admin = createKeyAdmin(vault, systemClock, poolSize, probe);
  return { ...vault, write: (upstream, secret) => admin.put(upstream, secret, defaultOwner) };
};
