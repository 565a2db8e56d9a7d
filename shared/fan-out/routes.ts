/** The routes about what a subscription is sent: deliveries, health, replays, redrives, and test events. */
import * as z from 'zod';
import { pageSize } from '../http/page-size.ts';
import { DeliveriesDocument } from '../notifications/notification-document.ts';
import { notificationRoutes } from '../notifications/routes.ts';
import { route } from '../routes/route.ts';
import { subscriptionRoutes } from '../subscriptions/routes.ts';
import {
  NewRedrive,
  NewReplay,
  ReplayDocument,
  ReplaysDocument,
  SubscriptionHealthDocument,
  TestEvent,
  TestEventDocument,
} from './delivery-document.ts';

const capability = 'notifications';
const reading = {
  capability,
  method: 'GET',
  scope: 'subscriptions:read',
  adminScope: 'notifications-admin:read',
  fresh: true,
} as const;
const writing = {
  capability,
  method: 'POST',
  scope: 'subscriptions:write',
  adminScope: 'notifications-admin:write',
  fresh: true,
} as const;
const one = '/v1/subscriptions/{subscriptionId}';
const subscriptionId = z.string().describe('Id of the subscription.');
const parameters = z.object({ subscriptionId });
const stores = ['SUBSCRIPTIONS_UNAVAILABLE', 'NOTIFICATIONS_UNAVAILABLE'] as const;
const absent = { 404: 'SUBSCRIPTION_UNKNOWN', 503: stores } as const;
const location = { Location: 'Where its progress is.' };

const listSubscriptionDeliveries = route({
  ...reading,
  id: 'listSubscriptionDeliveries',
  path: `${one}/deliveries`,
  summary: 'What was sent to a subscription, and with what outcome',
  description:
    'The newest notifications first. A page may hold fewer deliveries than asked for, or none, and still have a `links.next`: read on until there is none.',
  parameters,
  query: z.strictObject({
    'page[limit]': pageSize(50, 100).describe('Deliveries on a page.'),
    'page[cursor]': z.string().max(500).optional().describe('From `links.next`.'),
  }),
  answers: { 200: DeliveriesDocument, ...absent },
});

const readSubscriptionHealth = route({
  ...reading,
  id: 'readSubscriptionHealth',
  path: `${one}/health`,
  summary: 'How a subscription fares: what waits, what failed, how many dead letters there are',
  parameters,
  answers: { 200: SubscriptionHealthDocument, ...absent },
});

const createReplay = route({
  ...writing,
  id: 'createReplay',
  path: `${one}/replays`,
  summary: 'Send the notifications of a time again',
  description:
    'Those that match the filter as it is now, marked `"delivery":"replay"`, beside the live ones. A dry run counts only. Five replays and five dry runs of a consumer run at a time, unless the stage says otherwise.',
  parameters,
  body: NewReplay,
  examples: [
    {
      summary: 'How many there would be in a day',
      value: {
        data: {
          type: 'replay',
          attributes: { from: '2026-05-31T00:00:00Z', until: '2026-06-01T00:00:00Z', dryRun: true },
        },
      },
    },
  ],
  audit: 'replays.create',
  idempotency: 'keep',
  answers: { 202: ReplayDocument, 409: ['REPLAYS_FULL', 'SUBSCRIPTION_PENDING'], ...absent },
  answerHeaders: location,
});

const listReplays = route({
  ...reading,
  id: 'listReplays',
  path: `${one}/replays`,
  summary: 'Replays and redrives of a subscription',
  parameters,
  answers: { 200: ReplaysDocument, ...absent },
});

const readReplay = route({
  ...reading,
  id: 'readReplay',
  path: `${one}/replays/{replayId}`,
  summary: 'How a replay or redrive goes on',
  parameters: z.object({ subscriptionId, replayId: z.string().describe('Id of the replay or redrive.') }),
  answers: { 200: ReplayDocument, 404: ['SUBSCRIPTION_UNKNOWN', 'REPLAY_UNKNOWN'], 503: stores },
});

const createRedrive = route({
  ...writing,
  id: 'createRedrive',
  path: `${one}/redrives`,
  summary: 'Send the dead letters of a subscription again',
  description:
    'Those that the facade could not deliver, and those that your own consumer received too often, which SQS has moved to the same queue. They are sent out of the ledger, marked `"delivery":"redrive"`. A dry run counts those only that the facade could not deliver.',
  parameters,
  body: NewRedrive,
  examples: [{ summary: 'All of them', value: { data: { type: 'redrive', attributes: { dryRun: false } } } }],
  audit: 'redrives.create',
  idempotency: 'keep',
  answers: { 202: ReplayDocument, 409: ['REPLAYS_FULL', 'SUBSCRIPTION_PENDING'], ...absent },
  answerHeaders: location,
});

const createTestEvent = route({
  capability,
  id: 'createTestEvent',
  method: 'POST',
  path: '/v1/events',
  scope: 'subscriptions:write',
  summary: 'Send a test event to your own subscriptions',
  description: 'It is marked `"delivery":"test"`, is in no ledger, and triggers nothing else. Your filters apply.',
  body: TestEvent,
  examples: [
    {
      summary: 'A closed experiment',
      value: { data: { type: 'event', attributes: { type: 'close', entity: 'experiment:test', data: {} } } },
    },
  ],
  audit: 'events.test',
  answers: { 202: TestEventDocument, 503: 'SUBSCRIPTIONS_UNAVAILABLE' },
});

export const deliveryRoutes = [
  listSubscriptionDeliveries,
  readSubscriptionHealth,
  createReplay,
  listReplays,
  readReplay,
  createRedrive,
  createTestEvent,
] as const;

/** Everything that the function of notifications answers. */
export const subscriberRoutes = [...subscriptionRoutes, ...notificationRoutes, ...deliveryRoutes] as const;
