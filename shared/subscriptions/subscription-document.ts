/** Subscriptions as JSON:API documents: `/v1/subscriptions`. */

import * as z from 'zod';
import { keptDays } from '../notifications/ledger.ts';
import { toIso } from '../time/iso.ts';
import { dayMillis } from '../time/units.ts';
import { FilterPattern } from './filter/filter.ts';
import { readerPattern } from './queue-policy.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionChange, WantedSubscription } from './subscriptions.ts';

const instant = z.iso.datetime({ offset: true });
const Reader = z
  .string()
  .regex(readerPattern, 'must be an account id of 12 digits, or the ARN of an IAM role')
  .optional()
  .describe(
    'Who may read the queues that the facade makes: an account id, or the ARN of a role. Without it the account of the facade.',
  );

const WantedQueue = z.union([
  z.strictObject({ kind: z.enum(['standard', 'fifo']), reader: Reader }),
  z.strictObject({ arn: z.string().max(200).describe('A queue of yours, in any account and region.'), reader: Reader }),
]);

/** Body of `POST /v1/subscriptions`. */
export const NewSubscription = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('subscription'),
      attributes: z.strictObject({
        queue: WantedQueue.describe('`kind`: the facade makes a queue. `arn`: yours, which you confirm.'),
        filter: FilterPattern.optional(),
        startAt: z
          .union([z.literal('now'), instant])
          .default('now')
          .describe(`Notifications from this instant on, at most ${keptDays} days back.`),
        latestOnlySeconds: z
          .int()
          .min(60)
          .max(86_400)
          .optional()
          .describe('One event per entity and interval: the latest one.'),
        enriched: z
          .boolean()
          .default(false)
          .describe(
            "Each event has the entity's document in `data.included`, where the consumer may read it. Such events come some seconds later.",
          ),
      }),
    }),
  })
  .meta({ id: 'NewSubscription' });

/** Body of `PATCH /v1/subscriptions/{subscriptionId}`: what is left out stays. */
export const ChangedSubscription = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('subscription'),
      id: z.string().optional(),
      attributes: z.strictObject({
        state: z.enum(['active', 'paused']).optional(),
        filter: FilterPattern.nullable().optional().describe('Null: every event.'),
      }),
    }),
  })
  .meta({ id: 'ChangedSubscription' });

/** Body of `POST /v1/subscriptions/{subscriptionId}/confirmation`. */
export const SubscriptionConfirmation = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('confirmation'),
      attributes: z.strictObject({
        code: z
          .string()
          .min(1)
          .max(100)
          .optional()
          .describe('From the message in your queue. Without it another code is sent.'),
      }),
    }),
  })
  .meta({ id: 'SubscriptionConfirmation' });

const SubscriptionResource = z.strictObject({
  type: z.literal('subscription'),
  id: z.string(),
  attributes: z.strictObject({
    consumerId: z.string(),
    state: z
      .enum(['pending', 'active', 'paused'])
      .describe('`pending`: the code that was sent to your queue is not returned yet.'),
    queueUrl: z.string(),
    queueArn: z.string(),
    deadLetterQueueUrl: z.string(),
    deadLetterQueueArn: z.string(),
    reader: z.string().optional(),
    filter: z.record(z.string(), z.unknown()).optional(),
    startAt: z.iso.datetime(),
    latestOnlySeconds: z.int().optional(),
    enriched: z.boolean(),
    createdAt: z.iso.datetime(),
    pausedAt: z.iso.datetime().optional(),
  }),
});
const meta = z
  .strictObject({ codeRefusal: z.string().optional().describe('Why no code could be sent to your queue.') })
  .optional();
export const SubscriptionDocument = z
  .strictObject({ data: SubscriptionResource, meta })
  .meta({ id: 'SubscriptionDocument', description: 'The subscription.' });
export const SubscriptionsDocument = z
  .strictObject({ data: z.array(SubscriptionResource) })
  .meta({ id: 'SubscriptionsDocument', description: 'The subscriptions, the oldest first.' });

/** Why a start is none; undefined when it is one. */
export const faultOfStart = (startMillis: number, nowMillis: number): string | undefined => {
  if (startMillis > nowMillis) return 'must not be in the future; make the subscription then, or pause it';
  if (startMillis < nowMillis - keptDays * dayMillis)
    return `must be at most ${keptDays} days back: older notifications are not kept`;
  return undefined;
};

export const toWantedSubscription = (body: z.infer<typeof NewSubscription>): WantedSubscription => {
  const { queue, filter, startAt, latestOnlySeconds, enriched } = body.data.attributes;
  return {
    queue,
    filter,
    startMillis: startAt === 'now' ? undefined : Date.parse(startAt),
    latestOnlySeconds,
    isEnriched: enriched,
  };
};

export const toSubscriptionChange = (body: z.infer<typeof ChangedSubscription>): SubscriptionChange =>
  body.data.attributes;

type UrlOf = (arn: string) => string;

const toResource = (subscription: Subscription, urlOf: UrlOf): z.input<typeof SubscriptionResource> => {
  const { id, consumerId, state, queue, reader, filter, startMillis, latestOnlySeconds, pausedAtMillis } = subscription;
  return {
    type: 'subscription',
    id,
    attributes: {
      consumerId,
      state,
      queueUrl: urlOf(queue.arn),
      queueArn: queue.arn,
      deadLetterQueueUrl: urlOf(queue.deadLettersArn),
      deadLetterQueueArn: queue.deadLettersArn,
      ...(reader === undefined ? {} : { reader }),
      ...(filter === undefined ? {} : { filter: filter as Record<string, unknown> }),
      startAt: toIso(startMillis),
      ...(latestOnlySeconds === undefined ? {} : { latestOnlySeconds }),
      enriched: subscription.isEnriched ?? false,
      createdAt: toIso(subscription.createdAtMillis),
      ...(pausedAtMillis === undefined ? {} : { pausedAt: toIso(pausedAtMillis) }),
    },
  };
};

export const toSubscriptionDocument = (subscription: Subscription, urlOf: UrlOf, codeRefusal?: string) => ({
  data: toResource(subscription, urlOf),
  ...(codeRefusal === undefined ? {} : { meta: { codeRefusal } }),
});
export const toSubscriptionsDocument = (subscriptions: readonly Subscription[], urlOf: UrlOf) => ({
  data: subscriptions.map((one) => toResource(one, urlOf)),
});

/** A subscription in the audit log. */
export const subscriptionFacts = ({
  state,
  queue,
  reader,
  filter,
  startMillis,
  latestOnlySeconds,
  isEnriched,
}: Subscription) => ({
  state,
  queueArn: queue.arn,
  startAt: toIso(startMillis),
  ...(reader === undefined ? {} : { reader }),
  ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
  ...(latestOnlySeconds === undefined ? {} : { latestOnlySeconds }),
  ...(isEnriched ? { enriched: true } : {}),
});
