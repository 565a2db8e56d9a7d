/** The tenant's budget and its store. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { upstreamNames } from '../../shared/config/names.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import type { BookingBounds } from '../../shared/quota/booking.ts';
import { createBookings } from '../../shared/quota/booking-store.ts';
import { createQuotaGate } from '../../shared/quota/gate.ts';
import { createGovernor } from '../../shared/quota/governor.ts';
import { defaultStoreTimeoutMillis, type GovernorEvent } from '../../shared/quota/governor-options.ts';
import { defaultWaitingShare, type WaitingBound } from '../../shared/quota/places.ts';
import { defaultPolicy, type QuotaPolicy } from '../../shared/quota/policy.ts';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { selfTest } from '../../shared/quota/self-test.ts';
import { systemTicker } from '../../shared/quota/ticker.ts';
import { createQuotaNotes } from '../../shared/requests/quota-notes.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { raiseNearLimit } from '../edge/quota-events.ts';
import { putBudgetMetrics } from '../edge/quota-metrics.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { BudgetEnv, GovernorEnv, QuotaTableEnv } from './env.ts';
import { clientSettings, type Profile, patienceOf, profiles } from './time-outs.ts';

/** The budget is the first upstream's. All functions of a stage share it. */
export const [budgetName] = upstreamNames;

const makeQuotaPolicy = ({ env }: House<BudgetEnv>): QuotaPolicy => ({
  ...defaultPolicy,
  limit: env.TENANT_REQUESTS_PER_MINUTE,
  directShare: env.QUOTA_DIRECT_SHARE,
  reservedShare: env.QUOTA_RESERVED_SHARE,
});

export const quotaPolicyOf = (house: House<BudgetEnv>) => house.part(makeQuotaPolicy);

const makeStoreWith = (profile: Profile) => (house: House<QuotaTableEnv>) =>
  createDynamoQuotaStore(
    new DynamoDBClient(clientSettings(profiles[profile], patienceOf(house))),
    house.env.QUOTA_TABLE,
    budgetName,
  );
const makeQuotaStore = makeStoreWith('budget');
const makeQuotaReader = makeStoreWith('brief');

/** For the governor. It writes plain items, not documents. */
const quotaStoreOf = (house: House<QuotaTableEnv>) => house.part(makeQuotaStore);

/** For functions that only show the budget. Their client repeats a failed read once, because no governor does. */
export const quotaReaderOf = (house: House<QuotaTableEnv>): Pick<QuotaStore, 'read'> => house.part(makeQuotaReader);

export const createBookingsFor = (house: House<BudgetEnv>, bounds?: BookingBounds) => {
  const store = createDynamoBookingStore(dynamoOf(house), house.env.QUOTA_TABLE, budgetName);
  return createBookings(store, quotaPolicyOf(house), Date.now, randomUUID, bounds);
};

/** Logs one line for each outage, not for each call. */
const tellOperators = (event: GovernorEvent): void => {
  if (event.kind === 'store-failed') {
    logger.error('quota: the store cannot be asked', { error: event.cause as Error });
  } else if (event.kind === 'store-answers') {
    logger.warn('quota: the store answers again', { afterMillis: Math.round(event.afterMillis) });
  } else logger.error('quota: the governor failed', { error: event.cause as Error });
};

const reportSelfTest = async (house: House<BudgetEnv>): Promise<void> => {
  for (const { severity, text } of await selfTest(quotaStoreOf(house), systemTicker, quotaPolicyOf(house)))
    logger[severity === 'error' ? 'error' : 'warn'](`quota: ${text}`);
};

/** Undefined for functions that no consumer calls: any number of calls may wait. */
const waitingBoundOf = (env: GovernorEnv): WaitingBound | undefined => {
  const executions = env.QUOTA_WAITING_EXECUTIONS;
  if (executions === undefined) return undefined;
  return {
    executions,
    share: env.QUOTA_WAITING_SHARE ?? defaultWaitingShare,
    pool: env.QUOTA_WAITING_POOL ?? 'unreserved',
  };
};

const makeQuota = (house: House<GovernorEnv>) => {
  const policy = quotaPolicyOf(house);
  const bookings = createBookingsFor(house);
  const governor = createGovernor({
    store: quotaStoreOf(house),
    ticker: systemTicker,
    policy,
    mode: house.env.QUOTA_MODE,
    whenStoreFails: house.env.QUOTA_WHEN_STORE_FAILS,
    tell: tellOperators,
    reservations: bookings.running,
    bound: waitingBoundOf(house.env),
    storeTimeoutMillis: defaultStoreTimeoutMillis * patienceOf(house),
  });
  const notes = createQuotaNotes();
  const quota = createQuotaGate({
    governor,
    policy,
    profileOf: (consumer) => consumer.quota ?? defaultProfile,
    nowMillis: Date.now,
    onNote: (note, exchange) => {
      notes.asked(exchange, note);
      const taken = quota.takeMetrics();
      if (!taken) return;
      putBudgetMetrics(taken, putMetrics);
      raiseNearLimit(taken.values);
    },
    prepare: bookings.refresh,
  });
  void reportSelfTest(house);
  const onSend: typeof quota.onSend = (exchange, outcome) => {
    quota.onSend(exchange, outcome);
    notes.sent(exchange, outcome);
  };
  return { ...quota, onSend };
};

/** The one governor of the house, in front of every send. With its first use it checks its store. */
export const quotaOf = (house: House<GovernorEnv>) => house.part(makeQuota);
