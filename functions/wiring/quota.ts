/** The tenant's budget and its store. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { QuotaEnv, UpstreamEnv } from '../../shared/config/env.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import { createBookings } from '../../shared/quota/booking-store.ts';
import { createQuotaGate } from '../../shared/quota/gate.ts';
import { createGovernor } from '../../shared/quota/governor.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { defaultProfile } from '../../shared/quota/profile.ts';
import { systemTicker } from '../../shared/quota/ticker.ts';
import type { QuotaParts } from '../edge/quota-routes.ts';
import { wireIdentifier } from './consumers.ts';

/** Whose budget: all functions of a stage share it. */
const budgetName = 'signals';

type QuotaNames = Pick<z.infer<typeof UpstreamEnv>, 'QUOTA_TABLE' | 'TENANT_REQUESTS_PER_MINUTE'>;

const wireBudget = ({ QUOTA_TABLE, TENANT_REQUESTS_PER_MINUTE }: QuotaNames, dynamo: DynamoDBDocumentClient) => {
  const policy = { ...defaultPolicy, limit: TENANT_REQUESTS_PER_MINUTE };
  // A client of its own: what takes longer than a lease is of no use, and the governor repeats what may be repeated.
  const client = new DynamoDBClient({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 900, connectionTimeout: 500 },
  });
  const store = createDynamoQuotaStore(client, QUOTA_TABLE, budgetName);
  const bookingStore = createDynamoBookingStore(dynamo, QUOTA_TABLE, budgetName);
  return { policy, store, bookings: createBookings(bookingStore, policy, Date.now, randomUUID) };
};

/** The tenant's budget, in front of every send of this process. */
export const wireQuota = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient) => {
  const { policy, store, bookings } = wireBudget(env, dynamo);
  const governor = createGovernor({
    store,
    ticker: systemTicker,
    policy,
    mode: env.QUOTA_MODE,
    whenStoreFails: env.QUOTA_WHEN_STORE_FAILS,
    reservations: bookings.running,
  });
  return createQuotaGate({
    governor,
    policy,
    profileOf: (consumer) => consumer.quota ?? defaultProfile,
    nowMillis: Date.now,
    prepare: bookings.refresh,
  });
};

/** What /v1/quota needs: who calls, and the budget as operators see it. */
export const wireQuotaAdmin = (env: z.infer<typeof QuotaEnv>, dynamo: DynamoDBDocumentClient): QuotaParts => ({
  ...wireBudget(env, dynamo),
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  name: budgetName,
  nowMillis: Date.now,
});
