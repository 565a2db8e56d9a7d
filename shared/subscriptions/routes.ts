/** The routes of /v1/subscriptions that make, show, change and end subscriptions. */
import * as z from 'zod';
import { nothing, route } from '../routes/route.ts';
import { FilterTest, FilterTestDocument } from './filter-test.ts';
import {
  ChangedSubscription,
  NewSubscription,
  SubscriptionConfirmation,
  SubscriptionDocument,
  SubscriptionsDocument,
} from './subscription-document.ts';

const capability = 'notifications';
/** Of others' subscriptions only with the scope of an administrator, as the record is now. */
const reading = {
  capability,
  scope: 'subscriptions:read',
  adminScope: 'notifications-admin:read',
  fresh: true,
} as const;
const writing = {
  capability,
  scope: 'subscriptions:write',
  adminScope: 'notifications-admin:write',
  fresh: true,
} as const;
const all = '/v1/subscriptions';
const one = '/v1/subscriptions/{subscriptionId}';
const parameters = z.object({ subscriptionId: z.string().describe('Id of the subscription.') });
const others = 'With the scope `notifications-admin`, which `*` does not cover, that of any consumer.';
const unavailable = { 503: ['SUBSCRIPTIONS_UNAVAILABLE', 'QUEUES_UNAVAILABLE'] } as const;

const listSubscriptions = route({
  ...reading,
  id: 'listSubscriptions',
  method: 'GET',
  path: all,
  summary: 'Your subscriptions',
  description: 'With the scope `notifications-admin:read`, which `*` does not cover, those of all consumers.',
  answers: { 200: SubscriptionsDocument, 503: 'SUBSCRIPTIONS_UNAVAILABLE' },
});

const createSubscription = route({
  ...writing,
  id: 'createSubscription',
  method: 'POST',
  path: all,
  summary: 'Have notifications sent to a queue',
  description:
    'The facade makes an SQS queue for you, or sends to one of yours. A queue of yours is `pending` until you return the code that the facade has sent to it: see `/v1/subscriptions/{subscriptionId}/confirmation`. The body of each message is one CloudEvent; /asyncapi.json describes it.',
  body: NewSubscription,
  examples: [
    {
      summary: 'Closed experiments, in order, in a queue that the facade makes',
      value: {
        data: {
          type: 'subscription',
          attributes: { queue: { kind: 'fifo' }, filter: { type: ['com.revvity.signals.close'] } },
        },
      },
    },
    {
      summary: 'A queue of yours, and the last week first',
      value: {
        data: {
          type: 'subscription',
          attributes: {
            queue: { arn: 'arn:aws:sqs:eu-central-1:111122223333:lab-events' },
            startAt: '2026-06-01T00:00:00Z',
          },
        },
      },
    },
  ],
  audit: 'subscriptions.create',
  idempotency: 'keep',
  answers: { 201: SubscriptionDocument, 409: 'SUBSCRIPTIONS_FULL', ...unavailable },
  answerHeaders: { Location: 'Where the subscription is.' },
});

const readSubscription = route({
  ...reading,
  id: 'readSubscription',
  method: 'GET',
  path: one,
  summary: 'One subscription',
  description: others,
  parameters,
  answers: { 200: SubscriptionDocument, 404: 'SUBSCRIPTION_UNKNOWN', 503: 'SUBSCRIPTIONS_UNAVAILABLE' },
});

const changeSubscription = route({
  ...writing,
  id: 'changeSubscription',
  method: 'PATCH',
  path: one,
  summary: 'Pause a subscription, let it go on, or give it another filter',
  description: `What comes during a pause is sent when the subscription goes on, marked as \`replay\`. ${others}`,
  parameters,
  body: ChangedSubscription,
  examples: [{ summary: 'A pause', value: { data: { type: 'subscription', attributes: { state: 'paused' } } } }],
  audit: 'subscriptions.change',
  answers: {
    200: SubscriptionDocument,
    404: 'SUBSCRIPTION_UNKNOWN',
    409: ['SUBSCRIPTION_PENDING', 'SUBSCRIPTION_CHANGED'],
    503: 'SUBSCRIPTIONS_UNAVAILABLE',
  },
});

const confirmSubscription = route({
  ...writing,
  id: 'confirmSubscription',
  method: 'POST',
  path: '/v1/subscriptions/{subscriptionId}/confirmation',
  summary: 'Return the code that was sent to your queue',
  description:
    'A code is good for an hour and for five tries. Without a code the facade sends another one: ten at most, 30 s apart. Whoever returns it is known to read the queue.',
  parameters,
  body: SubscriptionConfirmation,
  examples: [
    {
      summary: 'The code of the message',
      value: { data: { type: 'confirmation', attributes: { code: '0123456789abcdef0123' } } },
    },
  ],
  audit: 'subscriptions.confirm',
  idempotency: 'keep',
  answers: {
    200: SubscriptionDocument,
    403: 'CONFIRMATION_REFUSED',
    404: 'SUBSCRIPTION_UNKNOWN',
    409: 'SUBSCRIPTION_CHANGED',
    ...unavailable,
  },
});

const deleteSubscription = route({
  ...writing,
  id: 'deleteSubscription',
  method: 'DELETE',
  path: one,
  summary: 'End a subscription',
  description: `The queues that the facade made for it go at once, with the messages in them. ${others}`,
  parameters,
  audit: 'subscriptions.delete',
  answers: { 204: nothing, 404: 'SUBSCRIPTION_UNKNOWN', ...unavailable },
});

const testFilter = route({
  capability,
  id: 'testFilter',
  method: 'POST',
  path: '/v1/subscriptions/filter-tests',
  scope: 'subscriptions:read',
  summary: 'Try a filter on the last events, or on one that you give',
  description:
    'A filter is an event pattern in the syntax of EventBridge, over the CloudEvent as it is sent: `{"type":["com.revvity.signals.close"]}`. Each fault of a filter is named with a pointer to it.',
  body: FilterTest,
  examples: [
    {
      summary: 'Closed and reopened experiments',
      value: {
        data: {
          type: 'filter-test',
          attributes: {
            filter: {
              type: ['com.revvity.signals.close', 'com.revvity.signals.reopen'],
              subject: [{ prefix: 'experiment:' }],
            },
          },
        },
      },
    },
  ],
  answers: { 200: FilterTestDocument, 503: 'NOTIFICATIONS_UNAVAILABLE' },
});

export const subscriptionRoutes = [
  listSubscriptions,
  createSubscription,
  readSubscription,
  changeSubscription,
  confirmSubscription,
  deleteSubscription,
  testFilter,
] as const;
