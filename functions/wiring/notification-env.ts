/** The environments of the functions of notifications: hook, pull, dispatcher, wake-up, mirrors, purges, subscriptions. */
import * as z from 'zod';
import { variables } from '../../shared/config/names.ts';
import { OwnQueues } from '../../shared/fan-out/own-subscribers.ts';
import { parseLenient } from '../../shared/json/parse-lenient.ts';
import { MirrorsToSendTo, MirrorsWithQueues } from '../../shared/mirrors/mirror.ts';
import {
  AuditWriterEnv,
  CallsEnv,
  CommonEnv,
  consumersTable,
  everyFunction,
  IdempotencyEnv,
  IdentityEnv,
  ingress,
  notificationsTable,
  tenant,
  text,
  vault,
} from './env.ts';

/** What the function of /hooks needs. */
export const HooksEnv = CommonEnv.extend({ ...notificationsTable, ...ingress });

/** What the function that pulls notifications needs. */
export const PullEnv = CallsEnv.extend({
  ...vault,
  ...notificationsTable,
  ...ingress,
  ...AuditWriterEnv.shape,
  [variables.notificationsBackfillDays]: z.coerce.number().int().min(0).max(180).default(0),
  [variables.notificationsDismiss]: z.enum(['on', 'off']).default('off'),
});

/** Where the facade of a stage is, as its queues name it. */
const home = {
  /** Set by Lambda. */
  AWS_REGION: text,
  [variables.accountId]: z.string().regex(/^\d{12}$/),
  [variables.partition]: text,
};

/** What the functions that send notifications to subscribers need. */
export const FanOutEnv = z.object({
  ...everyFunction,
  ...consumersTable,
  [variables.notificationsTable]: text,
  [variables.subscriptionsTable]: text,
  [variables.ingressQueueUrl]: z.url(),
  [variables.replaysQueueUrl]: z.url(),
  [variables.ownQueues]: z.preprocess(parseLenient, OwnQueues).default({}),
  [variables.mirrors]: z.preprocess(parseLenient, MirrorsToSendTo).default([]),
});

/** What the function that forwards pushes to mirrors needs. */
export const MirrorEnv = z.object({
  ...everyFunction,
  [variables.notificationsTable]: text,
  [variables.credentialsKey]: text,
  [variables.mirrors]: z.preprocess(parseLenient, MirrorsWithQueues),
});

/** What a function needs to get notifications (functions/edge/event-receiver.ts). */
export const EventsEnv = z.object({
  ...everyFunction,
  [variables.eventsQueueUrl]: z.url(),
  [variables.eventsDeadLettersUrl]: z.url(),
});

/** What the function that purges the cache after a notification needs. */
export const PurgesEnv = EventsEnv.extend({ ...tenant, [variables.cacheTable]: text });

/** What the wake-up needs. */
export const WakeEnv = FanOutEnv.extend(home);

/** What the dispatcher needs. */
export const DispatcherEnv = FanOutEnv.extend({
  ...tenant,
  [variables.enrichmentsQueueUrl]: z.url(),
  [variables.ingressDeadLettersUrl]: z.url(),
  [variables.replaysDeadLettersUrl]: z.url(),
});

/** What the function that reads documents for events needs. */
export const EnrichEnv = CallsEnv.extend({
  ...vault,
  ...notificationsTable,
  ...ingress,
  [variables.enrichmentsQueueUrl]: z.url(),
  [variables.enrichmentsDeadLettersUrl]: z.url(),
});

/** What the function of /v1/subscriptions, /v1/notifications and /v1/events needs in addition to the fan-out. */
export const SubscriptionsEnv = CommonEnv.extend({
  ...IdentityEnv.shape,
  ...AuditWriterEnv.shape,
  ...IdempotencyEnv.shape,
  ...FanOutEnv.shape,
  ...home,
  [variables.pullsQueueUrl]: z.url(),
  [variables.senderRoleArn]: text,
  [variables.testerRoleArn]: text,
  [variables.subscriptionsPerConsumer]: z.coerce.number().int().min(1).default(20),
  [variables.replaysPerConsumer]: z.coerce.number().int().min(1).default(5),
});

export type FanOutEnv = z.infer<typeof FanOutEnv>;
export type DispatcherEnv = z.infer<typeof DispatcherEnv>;
export type EnrichEnv = z.infer<typeof EnrichEnv>;
export type SubscriptionsEnv = z.infer<typeof SubscriptionsEnv>;
export type PullEnv = z.infer<typeof PullEnv>;
export type EventsEnv = z.infer<typeof EventsEnv>;
export type WakeEnv = z.infer<typeof WakeEnv>;
export type HomeEnv = Pick<WakeEnv, 'STAGE' | 'AWS_REGION' | 'ACCOUNT_ID' | 'AWS_PARTITION_NAME'>;
export type MirrorEnv = z.infer<typeof MirrorEnv>;
/** What parts of several functions need. */
export type NotificationsTableEnv = Pick<PullEnv, 'NOTIFICATIONS_TABLE'>;
export type IngressEnv = Pick<PullEnv, 'INGRESS_QUEUE_URL'>;
export type IntakeEnv = NotificationsTableEnv & IngressEnv;
