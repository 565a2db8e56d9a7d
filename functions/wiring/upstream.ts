/** The tenant, and what every call to it goes through, whoever makes it. */
import type { CallDependencies } from '../../shared/pipeline/call-upstream.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import type { House } from '../house.ts';
import type { CallsEnv, TenantEnv } from './env.ts';
import { quotaOf } from './quota.ts';

const makeUpstream = ({ env: { SIGNALS_URL, ADDED_HEADERS, DOCUMENT_MOST_DECODED_MIB: mostMiB } }: House<TenantEnv>) =>
  createSignalsUpstream(SIGNALS_URL, ADDED_HEADERS, mostMiB === undefined ? undefined : mostMiB * 1_048_576);

/** With the one catalogue of operations of the house. */
export const upstreamOf = (house: House<TenantEnv>) => house.part(makeUpstream);

const makeTransport = () => createNodeHttpTransport();

export const transportOf = (house: House) => house.part(makeTransport);

const makeCallParts = (house: House<CallsEnv>): CallDependencies => {
  const { gate, onSend } = quotaOf(house);
  return {
    quota: gate,
    onSend,
    onSecret: tellOfSecret,
    transport: transportOf(house),
    firstByteMillis: house.env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  };
};

export const callPartsOf = (house: House<CallsEnv>) => house.part(makeCallParts);
