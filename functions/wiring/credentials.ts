/** The facade's pool of API keys for the upstream. */
import type { MetricName } from '../../shared/config/metrics.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createDynamoKeyStore } from '../../shared/credentials/adapters/dynamodb-keys.ts';
import type { ServiceKeys } from '../../shared/credentials/credential.ts';
import type { KeyVault } from '../../shared/credentials/key.ts';
import { createServiceKeys, type KeyEvent } from '../../shared/credentials/service-keys.ts';
import { createAccountProbe } from '../../shared/pipeline/account-probe.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { raiseKeyEvent } from '../edge/key-events.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { CallsEnv, VaultEnv } from './env.ts';
import { envelopeOf } from './envelope.ts';
import { callPartsOf, upstreamOf } from './upstream.ts';

const makeVault = (house: House<VaultEnv>): KeyVault => ({
  keys: createDynamoKeyStore(dynamoOf(house), house.env.CREDENTIALS_TABLE),
  envelope: envelopeOf(house),
});

export const vaultOf = (house: House<VaultEnv>) => house.part(makeVault);

const metrics: Readonly<Record<KeyEvent['kind'], MetricName>> = {
  refused: 'CredentialRefused',
  disabled: 'CredentialDisabled',
  unread: 'CredentialStoreFailed',
  unopened: 'CredentialStoreFailed',
  unwritten: 'CredentialStoreFailed',
};

export const reportKeyEvent = (event: KeyEvent): void => {
  putMetrics({ [metrics[event.kind]]: 1 });
  if ('cause' in event)
    logger.warn(`credentials: ${event.kind}`, { upstream: event.upstream, error: event.cause as Error });
  else {
    const { kind, upstream, id, owner } = event;
    logger.error(`credentials: ${kind}`, { upstream, credential: id, owner });
    raiseKeyEvent(kind, { upstream, id }, 'facade');
  }
};

const makeAccountProbe = (house: House<CallsEnv>): AccountProbe =>
  createAccountProbe(upstreamOf(house), callPartsOf(house));

/** Checks a key with a call to the tenant: a new key, or one that was refused. */
export const accountProbeOf = (house: House<CallsEnv>) => house.part(makeAccountProbe);

const makeServiceKeys = (house: House<CallsEnv & VaultEnv>): ServiceKeys =>
  createServiceKeys(vaultOf(house), systemClock, {
    tell: reportKeyEvent,
    confirm: (secret) => accountProbeOf(house)(secret),
  });

/** A key is checked with the tenant only after a 401. */
export const serviceKeysOf = (house: House<CallsEnv & VaultEnv>) => house.part(makeServiceKeys);
