/** The ledger of notifications, the ingress queue, and the hook and the pull that bring notifications in. */

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { createRemembered } from '../../shared/credentials/remembered.ts';
import type { ListedChange } from '../../shared/exchange/cache-rules.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createDynamoHookHeaders } from '../../shared/notifications/adapters/hook-headers.ts';
import {
  createDynamoGapStore,
  createDynamoPullLease,
  createDynamoPullStore,
} from '../../shared/notifications/adapters/pull-stores.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { defaultDismissBounds, dismissHandled } from '../../shared/notifications/dismiss.ts';
import { createChangeNotes, createGapWatcher } from '../../shared/notifications/gaps.ts';
import type { HookHeader } from '../../shared/notifications/hook-header.ts';
import type { Ingress } from '../../shared/notifications/ingress.ts';
import { createIntake, type Intake } from '../../shared/notifications/intake.ts';
import type { Ledger } from '../../shared/notifications/ledger.ts';
import { createPull, defaultPullSettings, type NotificationFeed } from '../../shared/notifications/pull.ts';
import type { PullLease } from '../../shared/notifications/pull-lease.ts';
import { createSignalsNotificationFeed } from '../../shared/signals/notification-feed.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { dayMillis } from '../../shared/time/units.ts';
import { withinMillis } from '../../shared/time/within.ts';
import { countNotNoted, countReconstructed } from '../edge/gap-metrics.ts';
import { logger } from '../edge/logger.ts';
import { currentTraceId } from '../edge/trace.ts';
import type { House } from '../house.ts';
import { auditOf } from './audit.ts';
import { serviceKeysOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { SweepEnv } from './env.ts';
import type { IngressEnv, IntakeEnv, NotificationsTableEnv, PullEnv } from './notification-env.ts';
import { sqsOf } from './sqs.ts';
import { callAs } from './upstream.ts';

const makeIngress = (house: House<IngressEnv>): Ingress =>
  createSqsIngress(sqsOf(house, 'brief'), house.env.INGRESS_QUEUE_URL);

const ingressOf = (house: House<IngressEnv>) => house.part(makeIngress);

const makeLedger = (house: House<NotificationsTableEnv>): Ledger =>
  createDynamoLedger(dynamoOf(house, 'brief'), house.env.NOTIFICATIONS_TABLE, systemClock);

/** A push takes 3 s at most, because the tenant's time-out is not known. */
const ledgerOf = (house: House<NotificationsTableEnv>) => house.part(makeLedger);

const makeIntake = (house: House<IntakeEnv>): Intake =>
  createIntake({
    ledger: ledgerOf(house),
    ingress: ingressOf(house),
    clock: systemClock,
    newWriter: () => randomBytes(6).toString('base64url'),
    traceId: currentTraceId,
  });

export const intakeOf = (house: House<IntakeEnv>) => house.part(makeIntake);

/** A new value of the header is valid in every instance after 30 s. While the store fails, the known values stay valid. */
const headerMemory = {
  ...{ freshMillis: 30_000, heldMillis: 86_400_000, retryMillis: 5_000 },
  ...{ patienceMillis: 500, mostMillis: 2_000 },
};

const makeHookHeader = (house: House<NotificationsTableEnv>) => {
  const store = createDynamoHookHeaders(dynamoOf(house, 'brief'), house.env.NOTIFICATIONS_TABLE);
  // Wrapped, because undefined (no header is set) must be remembered too.
  const remembered = createRemembered(async () => ({ header: await store.read() }), systemClock, headerMemory);
  return async (): Promise<HookHeader | undefined> => (await remembered.read()).header;
};

export const readHookHeaderOf = (house: House<NotificationsTableEnv>) => house.part(makeHookHeader);

const makeFeed = (house: House<PullEnv>): NotificationFeed => {
  const caller = callAs(house, 'notification-pull', backgroundProfile, serviceKeysOf(house), {
    // A dismissal is a write.
    audit: auditOf(house),
  });
  return createSignalsNotificationFeed(async (path, patch) => {
    if (patch === undefined) return caller.read(path);
    const headers = ['accept', 'content-type'].map((name) => [name, jsonApiMediaType] as const);
    const { body, ...answer } = await caller.call({
      method: 'PATCH',
      path,
      headers,
      body: Buffer.from(JSON.stringify(patch)),
    });
    // Only its status is used.
    if (body instanceof Readable) body.destroy();
    return { ...answer, body: new Uint8Array() };
  });
};

const feedOf = (house: House<PullEnv>) => house.part(makeFeed);

const makePull = (house: House<PullEnv>) => {
  const { NOTIFICATIONS_TABLE: table, NOTIFICATIONS_BACKFILL_DAYS: backfillDays } = house.env;
  const common = { ledger: ledgerOf(house), intake: intakeOf(house), clock: systemClock };
  return createPull({
    ...common,
    feed: feedOf(house),
    store: createDynamoPullStore(dynamoOf(house), table),
    watcher: createGapWatcher({
      ...common,
      store: createDynamoGapStore(dynamoOf(house), table, systemClock),
      onReconstructed: countReconstructed,
    }),
    settings: { ...defaultPullSettings, backfillMillis: backfillDays * dayMillis },
  });
};

export const pullOf = (house: House<PullEnv>) => house.part(makePull);

export const pullLeaseOf = (house: House<NotificationsTableEnv>): PullLease =>
  createDynamoPullLease(dynamoOf(house), house.env.NOTIFICATIONS_TABLE, systemClock);

/** Undefined if the stage does not dismiss notifications in the tenant. */
export const dismissOf = (house: House<PullEnv>): (() => Promise<number>) | undefined =>
  house.env.NOTIFICATIONS_DISMISS === 'on'
    ? () => dismissHandled({ feed: feedOf(house), ledger: ledgerOf(house), ...defaultDismissBounds })
    : undefined;

/** A failure does not stop the sweep. */
const mostNoteMillis = 5_000;

/** For the change sweep: changes that it lists become suspicions of gaps. It never rejects. Undefined if the stage has no notifications. */
export const noteChangesFor = (house: House<Pick<SweepEnv, 'NOTIFICATIONS_TABLE'>>) => {
  const table = house.env.NOTIFICATIONS_TABLE;
  if (table === undefined) return undefined;
  const notes = createChangeNotes(createDynamoGapStore(dynamoOf(house), table, systemClock), systemClock);
  return async (changes: readonly ListedChange[], sinceMillis: number): Promise<void> => {
    await withinMillis(notes.note(changes, sinceMillis), mostNoteMillis).catch((error: unknown) => {
      logger.warn('changes not noted for gap detection', { error: error as Error });
      countNotNoted();
    });
  };
};
