/** The tenant's budget and its store. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { namingFailures } from '../../shared/errors/store-failure.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import type { BookingBounds } from '../../shared/quota/booking.ts';
import { createBookings } from '../../shared/quota/booking-store.ts';
import { createQuotaGate } from '../../shared/quota/gate.ts';
import { createGovernor } from '../../shared/quota/governor.ts';
import type { GovernorEvent } from '../../shared/quota/governor-options.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { selfTest } from '../../shared/quota/self-test.ts';
import { systemTicker } from '../../shared/quota/ticker.ts';
import { createQuotaNotes } from '../../shared/requests/quota-notes.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { raiseNearLimit } from '../edge/quota-events.ts';
import type { QuotaParts } from '../edge/quota-routes.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import type { QuotaEnv, UpstreamEnv } from './env.ts';
import { wireIdempotency } from './idempotency.ts';
import { requestHandler } from './time-outs.ts';

/** Whose budget: all functions of a stage share it. */
const budgetName = 'signals';

type BudgetEnv = Pick<z.infer<typeof UpstreamEnv>, 'QUOTA_MODE' | 'QUOTA_WHEN_STORE_FAILS'> & PolicyEnv;
type PolicyEnv = Pick<
  z.infer<typeof QuotaEnv>,
  'QUOTA_TABLE' | 'TENANT_REQUESTS_PER_MINUTE' | 'QUOTA_DIRECT_SHARE' | 'QUOTA_RESERVED_SHARE'
>;

const wireBudget = (env: PolicyEnv, dynamo: DynamoDBDocumentClient, bounds?: BookingBounds) => {
  const policy = {
    ...defaultPolicy,
    limit: env.TENANT_REQUESTS_PER_MINUTE,
    directShare: env.QUOTA_DIRECT_SHARE,
    reservedShare: env.QUOTA_RESERVED_SHARE,
  };
  // A client of its own: what takes longer than a lease is of no use, and the governor repeats what may be repeated.
  const client = new DynamoDBClient({
    maxAttempts: 1,
    requestHandler: requestHandler(900, 500),
  });
  const store = createDynamoQuotaStore(client, env.QUOTA_TABLE, budgetName);
  const bookingStore = createDynamoBookingStore(dynamo, env.QUOTA_TABLE, budgetName);
  return { policy, store, bookings: createBookings(bookingStore, policy, Date.now, randomUUID, bounds) };
};

/** One line for each outage, not for each call. */
const tellOperators = (event: GovernorEvent): void => {
  if (event.kind === 'store-failed') {
    logger.error('quota: the store cannot be asked', { error: event.cause as Error });
  } else if (event.kind === 'store-answers') {
    logger.warn('quota: the store answers again', { afterMillis: Math.round(event.afterMillis) });
  } else logger.error('quota: the governor failed', { error: event.cause as Error });
};

/** The tenant's budget, in front of every send of this process. */
export const wireQuota = (env: BudgetEnv, dynamo: DynamoDBDocumentClient) => {
  const { policy, store, bookings } = wireBudget(env, dynamo);
  const governor = createGovernor({
    store,
    ticker: systemTicker,
    policy,
    mode: env.QUOTA_MODE,
    whenStoreFails: env.QUOTA_WHEN_STORE_FAILS,
    tell: tellOperators,
    reservations: bookings.running,
  });
  const notes = createQuotaNotes();
  const gate = createQuotaGate({
    governor,
    policy,
    profileOf: (consumer) => consumer.quota ?? defaultProfile,
    nowMillis: Date.now,
    onNote: (note, exchange) => {
      notes.asked(exchange, note);
      const values = gate.takeMetrics();
      if (!values) return;
      putMetrics(values);
      raiseNearLimit(values);
    },
    prepare: bookings.refresh,
  });
  void selfTest(store, systemTicker, policy).then((findings) => {
    for (const { severity, text } of findings) logger[severity === 'error' ? 'error' : 'warn'](`quota: ${text}`);
  });
  const onSend: typeof gate.onSend = (exchange, status, retryAfterMillis, mayArrive = true) => {
    gate.onSend(exchange, status, retryAfterMillis, mayArrive);
    notes.sent(exchange, mayArrive);
  };
  return { ...gate, onSend };
};

/** What /v1/quota needs: who calls, and the budget as operators see it. */
export const wireQuotaAdmin = (env: z.infer<typeof QuotaEnv>, dynamo: DynamoDBDocumentClient): QuotaParts => {
  const { store, ...budget } = wireBudget(env, dynamo, {
    perConsumer: env.BOOKINGS_PER_CONSUMER,
    consumerShare: env.BOOKING_CONSUMER_SHARE,
    longestDays: env.BOOKING_DAYS,
    inAll: env.BOOKINGS_IN_ALL,
  });
  return {
    ...budget,
    // The governor names the failures of its store itself.
    store: namingFailures('QUOTA_UNAVAILABLE', store),
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    name: budgetName,
    acts: wireAudit(env),
    idempotency: wireIdempotency(env),
    nowMillis: Date.now,
  };
};
