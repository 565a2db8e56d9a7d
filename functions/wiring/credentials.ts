/** As whom the facade calls the upstream, and the administration of its keys. */
import { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { MetricName } from '../../shared/config/metrics.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import type { ServiceKeys } from '../../shared/credentials/credential.ts';
import type { KeyVault } from '../../shared/credentials/key.ts';
import { createKeyAdmin } from '../../shared/credentials/key-admin.ts';
import { createServiceKeys, type KeyEvent } from '../../shared/credentials/service-keys.ts';
import { createSignalsAccountProbe } from '../../shared/signals/account-probe.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import type { CredentialParts } from '../edge/credential-routes.ts';
import { raiseKeyEvent } from '../edge/key-events.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import type { CredentialsEnv, UpstreamEnv } from './env.ts';
import { wireQuota } from './quota.ts';
import { requestHandler } from './time-outs.ts';

type VaultEnv = Pick<z.infer<typeof CredentialsEnv>, 'CREDENTIALS_TABLE' | 'CREDENTIALS_KEY'>;

const wireVault = (env: VaultEnv, dynamo: DynamoDBDocumentClient): KeyVault =>
  createDynamoKmsCredentialVault(
    dynamo,
    new KMSClient({ maxAttempts: 3, requestHandler: requestHandler(3_000, 1_000) }),
    { tableName: env.CREDENTIALS_TABLE, keyId: env.CREDENTIALS_KEY },
  );

const metrics: Readonly<Record<KeyEvent['kind'], MetricName>> = {
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
    raiseKeyEvent(kind, { upstream, id }, 'facade');
  }
};

type ProbeEnv = Pick<z.infer<typeof CredentialsEnv>, 'SIGNALS_URL' | 'UPSTREAM_FIRST_BYTE_SECONDS'> &
  Parameters<typeof wireQuota>[0];

const wireProbe = (env: ProbeEnv, dynamo: DynamoDBDocumentClient): AccountProbe => {
  const quota = wireQuota(env, dynamo);
  return createSignalsAccountProbe(createSignalsUpstream(env.SIGNALS_URL), {
    onSecret: tellOfSecret,
    transport: createNodeHttpTransport(),
    quota: quota.gate,
    onSend: quota.onSend,
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
};

/** The tenant is asked about a key after a 401 only, so what that takes is made when it is first needed. */
export const wireServiceKeys = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient): ServiceKeys => {
  let probe: AccountProbe | undefined;
  const confirm: AccountProbe = (secret) => {
    probe ??= wireProbe(env, dynamo);
    return probe(secret);
  };
  return createServiceKeys(wireVault(env, dynamo), systemClock, { tell: tellOperators, confirm });
};

/** What /v1/credentials needs. */
export const wireCredentialAdmin = (
  env: z.infer<typeof CredentialsEnv>,
  dynamo: DynamoDBDocumentClient,
): CredentialParts => ({
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  admin: createKeyAdmin(wireVault(env, dynamo), systemClock, env.CREDENTIAL_POOL_SIZE, wireProbe(env, dynamo), (key) =>
    raiseKeyEvent('disabled', key, 'administrator'),
  ),
  acts: wireAudit(env),
  clock: systemClock,
});
