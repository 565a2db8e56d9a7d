/** The handlers about what a subscription is sent: deliveries, health, replays, redrives, and test events. */
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { faultOfRange, toReplayDocument, toReplaysDocument } from '../../shared/fan-out/delivery-document.ts';
import { type HealthParts, readHealth } from '../../shared/fan-out/health.ts';
import { isUnderWay, type Replay, type ReplayStore } from '../../shared/fan-out/replay-store.ts';
import type { Replays, WantedReplay } from '../../shared/fan-out/replays.ts';
import type { deliveryRoutes } from '../../shared/fan-out/routes.ts';
import type { createTestEvents } from '../../shared/fan-out/test-events.ts';
import { toDeliveriesDocument } from '../../shared/notifications/notification-document.ts';
import { searchLedger } from '../../shared/notifications/search.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import type { Subscriptions } from '../../shared/subscriptions/subscriptions.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Handlers } from './capability.ts';
import type { HttpRequest } from './http-request.ts';
import { nextPage } from './notification-routes.ts';
import { ownerFor } from './subscription-routes.ts';

export type DeliveryParts = Pick<HealthParts, 'ledger' | 'pending'> & {
  readonly subscriptions: Pick<Subscriptions, 'read' | 'list'>;
  readonly replays: Pick<Replays, 'start'>;
  readonly replayStore: Pick<ReplayStore, 'list' | 'read' | 'underWay'>;
  readonly mostReplays: number;
  readonly sendTestEvent: ReturnType<typeof createTestEvents>;
  readonly clock: Clock;
};

/** How long an answer waits for the count; the lane counts on. */
const countMillis = 5_000;

type DeliveryCall = {
  readonly isAdmin: boolean;
  readonly caller: Caller;
  readonly path: { readonly subscriptionId: string };
};

export const deliveryHandlers = (parts: DeliveryParts): Handlers<typeof deliveryRoutes> => {
  const { ledger, pending, subscriptions, replays, replayStore, mostReplays, sendTestEvent, clock } = parts;

  const find = ({ isAdmin, caller, path }: DeliveryCall): Promise<Subscription> =>
    subscriptions.read(path.subscriptionId, ownerFor(isAdmin, caller));

  /**
   * What a subscription is owed by itself counts for nobody, and what another consumer has begun that had the same id before counts for
   * the present one neither. Dry runs are counted apart, so that one can precede each replay. Two that begin at once may both find room:
   * one more then runs.
   */
  const ensureRoom = async ({ consumerId: id, incarnation }: Subscription, isDryRun: boolean): Promise<void> => {
    const theirs = new Set((await subscriptions.list({ id, incarnation })).map((one) => one.id));
    const own = (await replayStore.underWay())
      .filter((replay) => theirs.has(replay.subscriptionId) && replay.kind !== 'catch-up' && isUnderWay(replay))
      .filter((replay) => replay.isDryRun === isDryRun);
    if (own.length < mostReplays) return;
    const what = isDryRun ? 'dry runs' : 'replays and redrives';
    throw new AppError('REPLAYS_FULL', {
      detail: `${mostReplays} ${what} of yours are under way. Wait until one is over.`,
      retryAfterSeconds: 30,
    });
  };

  const start = async (asking: DeliveryCall, wanted: WantedReplay): Promise<Replay> => {
    const subscription = await find(asking);
    if (subscription.state === 'pending')
      throw new AppError('SUBSCRIPTION_PENDING', {
        detail: 'The queue must be confirmed before anything is sent to it.',
      });
    await ensureRoom(subscription, wanted.isDryRun);
    return replays.start(wanted, subscription, countMillis);
  };

  const accepted = ({ publicUrl }: HttpRequest, replay: Replay) => ({
    status: 202 as const,
    document: toReplayDocument(replay),
    headers: [['location', `${publicUrl}/v1/subscriptions/${replay.subscriptionId}/replays/${replay.id}`]] as const,
  });

  return {
    listSubscriptionDeliveries: async ({ query, request, ...asking }) => {
      const { id } = await find(asking);
      const limit = query['page[limit]'];
      const found = await searchLedger(
        ledger,
        {
          limit,
          cursor: query['page[cursor]'],
          isWanted: ({ dispatched }) =>
            dispatched?.deliveries.some(({ subscriptionId }) => subscriptionId === id) ?? false,
        },
        clock.nowMillis(),
      );
      const deliveries = found.entries.flatMap(({ notification, dispatched }) =>
        (dispatched?.deliveries ?? [])
          .filter(({ subscriptionId }) => subscriptionId === id)
          .map((delivery) => ({ ...delivery, notificationId: notification.id })),
      );
      return { status: 200, document: toDeliveriesDocument(deliveries, nextPage(request, found.cursor)) };
    },

    readSubscriptionHealth: async (asking) => {
      const { id } = await find(asking);
      return { status: 200, document: await readHealth(id, { ledger, pending, nowMillis: clock.nowMillis }) };
    },

    createReplay: async ({ act, body, request, ...asking }) => {
      const { from, until, dryRun } = body.data.attributes;
      const nowMillis = clock.nowMillis();
      const fromMillis = Date.parse(from);
      const untilMillis = until === undefined ? nowMillis : Date.parse(until);
      const fault = faultOfRange(fromMillis, untilMillis, nowMillis);
      if (fault) throw new AppError('REQUEST_INVALID', fault);
      const wanted = { kind: 'replay', fromMillis, untilMillis, isDryRun: dryRun } as const;
      const asked = { from, ...(until === undefined ? {} : { until }), dryRun };
      return accepted(request, await act(asking.path.subscriptionId, () => start(asking, wanted), asked));
    },

    listReplays: async (asking) => {
      const { id } = await find(asking);
      return { status: 200, document: toReplaysDocument(await replayStore.list(id)) };
    },

    readReplay: async (asking) => {
      const { id } = await find(asking);
      const replay = await replayStore.read(id, asking.path.replayId);
      if (!replay)
        throw new AppError('REPLAY_UNKNOWN', {
          detail: 'This subscription has no replay of this id in the last 30 days.',
        });
      return { status: 200, document: toReplayDocument(replay) };
    },

    createRedrive: async ({ act, body, request, ...asking }) => {
      const { dryRun } = body.data.attributes;
      // One that died in this very millisecond counts too.
      const untilMillis = clock.nowMillis() + 1;
      const wanted = { kind: 'redrive', fromMillis: 0, untilMillis, isDryRun: dryRun } as const;
      return accepted(request, await act(asking.path.subscriptionId, () => start(asking, wanted), { dryRun }));
    },

    createTestEvent: async ({ act, body, caller: { consumer } }) => {
      const { type, entity } = body.data.attributes;
      const { event, deliveries } = await act(
        consumer.id,
        async () => sendTestEvent(body.data.attributes, await subscriptions.list(consumer)),
        { type, entity },
      );
      const attributes = { event, deliveries: [...deliveries] };
      return { status: 202, document: { data: { type: 'event', id: event.id, attributes } } };
    },
  };
};
