/** The tenant as an upstream, and the parts that every call to it uses. */
import type { QuotaProfile } from '../../shared/exchange/quota-profile.ts';
import { type CallAsParts, type CredentialSource, callAs as callUpstreamAs } from '../../shared/pipeline/call-as.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import { createUpstreamMetrics } from '../edge/upstream-metrics.ts';
import type { House } from '../house.ts';
import type { CallsEnv, TenantEnv } from './env.ts';
import { outcomesOf } from './outcomes.ts';
import { quotaOf } from './quota.ts';

const makeUpstream = ({ env: { SIGNALS_URL, ADDED_HEADERS, DOCUMENT_MOST_DECODED_MIB: mostMiB } }: House<TenantEnv>) =>
  createSignalsUpstream(SIGNALS_URL, ADDED_HEADERS, mostMiB === undefined ? undefined : mostMiB * 1_048_576);

/** With the one catalogue of operations of the house. */
export const upstreamOf = (house: House<TenantEnv>) => house.part(makeUpstream);

const makeTransport = () => createNodeHttpTransport();

export const transportOf = (house: House) => house.part(makeTransport);

const makeUpstreamMetrics = () => createUpstreamMetrics(putMetrics, Date.now);

const makeCallParts = (house: House<CallsEnv>): CallAsParts => {
  const { gate, onSend } = quotaOf(house);
  const sends = house.part(makeUpstreamMetrics);
  return {
    quota: gate,
    onSend(exchange, outcome) {
      onSend(exchange, outcome);
      sends.observe(outcome);
    },
    onSecret: tellOfSecret,
    onOwnCall: async (facts) => {
      logger.info('own call', facts);
      await outcomesOf(house).count({ decision: facts, endedAtMillis: Date.now() });
    },
    transport: transportOf(house),
    firstByteMillis: house.env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  };
};

export const callPartsOf = (house: House<CallsEnv>) => house.part(makeCallParts);

/**
 * For the facade's own calls: `callAs(house, 'change-sweep', defaultProfile, serviceKeysOf(house)).read(path)`, or
 * `call({ method, path, body })`, which streams both ways. The governor counts the calls under `facade.<purpose>`. Each call has a line in
 * the log, and its sends are counted for the health check.
 * @param more what else its calls go through: whoever writes gives the audit log, and the cache that it purges; a shorter time for the first byte.
 */
export const callAs = (
  house: House<CallsEnv>,
  purpose: string,
  quota: QuotaProfile,
  credentials: CredentialSource,
  more: Partial<Pick<CallAsParts, 'audit' | 'cache' | 'firstByteMillis'>> = {},
) => callUpstreamAs(upstreamOf(house), purpose, quota, credentials, { ...callPartsOf(house), ...more });
