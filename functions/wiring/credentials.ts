/** As whom the facade calls the upstream, and the administration of its keys. */
import { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { CredentialsEnv, UpstreamEnv } from '../../shared/config/env.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import { createSignalsAccountProbe } from '../../shared/credentials/adapters/signals-account.ts';
import type { ServiceKeys } from '../../shared/credentials/credential.ts';
import type { KeyVault } from '../../shared/credentials/key.ts';
import { createKeyAdmin } from '../../shared/credentials/key-admin.ts';
import { createServiceKeys, type KeyEvent } from '../../shared/credentials/service-keys.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import type { CredentialParts } from '../edge/credential-routes.ts';
import { logger } from '../edge/http-handler.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import { wireQuota } from './quota.ts';

type VaultEnv = Pick<z.infer<typeof CredentialsEnv>, 'CREDENTIALS_TABLE' | 'CREDENTIALS_KEY'>;

const wireVault = (env: VaultEnv, dynamo: DynamoDBDocumentClient): KeyVault =>
  createDynamoKmsCredentialVault(
    dynamo,
    new KMSClient({ maxAttempts: 3, requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000 } }),
    { tableName: env.CREDENTIALS_TABLE, keyId: env.CREDENTIALS_KEY },
  );

const metrics: Readonly<Record<KeyEvent['kind'], string>> = {
  refused: 'CredentialRefused',
  disabled: 'CredentialDisabled',
  unread: 'CredentialStoreFailed',
  unopened: 'CredentialStoreFailed',
  unwritten: 'CredentialStoreFailed',
};

const tellOperators = (event: KeyEvent): void => {
  putMetrics({ [metrics[event.kind]]: 1 });
  if ('cause' in event)
    logger.warn(`credentials: ${event.kind}`, { upstream: event.upstream, error: event.cause as Error });
  else {
    const { kind, upstream, id, owner } = event;
    logger.error(`credentials: ${kind}`, { upstream, credential: id, owner });
  }
};

export const wireServiceKeys = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient): ServiceKeys =>
  createServiceKeys(wireVault(env, dynamo), systemClock, { tell: tellOperators });

const wireProbe = (env: z.infer<typeof CredentialsEnv>, dynamo: DynamoDBDocumentClient): AccountProbe => {
  const quota = wireQuota(env, dynamo);
  return createSignalsAccountProbe(createSignalsUpstream(env.SIGNALS_URL), {
    transport: createNodeHttpTransport(),
    quota: quota.gate,
    onSend: quota.onSend,
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
};

/** What /v1/credentials needs. */
export const wireCredentialAdmin = (
  env: z.infer<typeof CredentialsEnv>,
  dynamo: DynamoDBDocumentClient,
): CredentialParts => ({
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  admin: createKeyAdmin(wireVault(env, dynamo), systemClock, env.CREDENTIAL_POOL_SIZE, wireProbe(env, dynamo)),
  acts: wireAudit(env),
  clock: systemClock,
});
