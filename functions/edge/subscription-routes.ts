/** The handlers of /v1/subscriptions: a consumer has its own subscriptions, an administrator has those of all. */
import { changesBetween } from '../../shared/audit/changes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import type { Ledger } from '../../shared/notifications/ledger.ts';
import { runFilterTest } from '../../shared/subscriptions/filter-test.ts';
import type { SubscriptionQueues } from '../../shared/subscriptions/queues.ts';
import type { subscriptionRoutes } from '../../shared/subscriptions/routes.ts';
import {
  faultOfStart,
  subscriptionFacts,
  toSubscriptionChange,
  toSubscriptionDocument,
  toSubscriptionsDocument,
  toWantedSubscription,
} from '../../shared/subscriptions/subscription-document.ts';
import type { Owner, Subscriptions } from '../../shared/subscriptions/subscriptions.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { done, type Handlers } from './capability.ts';
import { maySee } from './notification-routes.ts';

export type SubscriptionParts = {
  readonly subscriptions: Subscriptions;
  readonly queues: Pick<SubscriptionQueues, 'urlOf'>;
  readonly ledger: Pick<Ledger, 'list'>;
  /** `/signals-facade/<stage>`. */
  readonly source: string;
  readonly clock: Clock;
};

/** Whose subscriptions a call is about. */
export const ownerFor = (isAdmin: boolean, { consumer }: Caller): Owner => (isAdmin ? undefined : consumer);

const checkStart = (startMillis: number | undefined, nowMillis: number): void => {
  const fault = startMillis === undefined ? undefined : faultOfStart(startMillis, nowMillis);
  if (fault === undefined) return;
  const pointer = '/data/attributes/startAt';
  throw new AppError('REQUEST_INVALID', { detail: `${pointer}: ${fault}.`, source: { pointer } });
};

export const subscriptionHandlers = ({
  subscriptions,
  queues: { urlOf },
  ledger,
  source,
  clock,
}: SubscriptionParts): Handlers<typeof subscriptionRoutes> => ({
  listSubscriptions: async ({ isAdmin, caller }) => ({
    status: 200,
    document: toSubscriptionsDocument(await subscriptions.list(ownerFor(isAdmin, caller)), urlOf),
  }),

  createSubscription: async ({ act, body, caller: { consumer }, request }) => {
    const wanted = toWantedSubscription(body);
    checkStart(wanted.startMillis, clock.nowMillis());
    const { subscription, codeRefusal } = await act(consumer.id, async (note) => {
      const made = await subscriptions.create(consumer, wanted);
      note(changesBetween(undefined, subscriptionFacts(made.subscription), made.subscription.id));
      return made;
    });
    return {
      status: 201,
      document: toSubscriptionDocument(subscription, urlOf, codeRefusal),
      headers: [['location', `${request.publicUrl}/v1/subscriptions/${subscription.id}`]],
    };
  },

  readSubscription: async ({ isAdmin, caller, path: { subscriptionId } }) => ({
    status: 200,
    document: toSubscriptionDocument(await subscriptions.read(subscriptionId, ownerFor(isAdmin, caller)), urlOf),
  }),

  changeSubscription: async ({ act, isAdmin, caller, body, path: { subscriptionId } }) =>
    act(subscriptionId, async (note) => {
      const change = toSubscriptionChange(body);
      const { before, after } = await subscriptions.change(subscriptionId, ownerFor(isAdmin, caller), change);
      note(changesBetween(subscriptionFacts(before), subscriptionFacts(after)));
      return { status: 200, document: toSubscriptionDocument(after, urlOf) };
    }),

  confirmSubscription: async ({ act, isAdmin, caller, body, path: { subscriptionId } }) =>
    act(subscriptionId, async () => {
      const owner = ownerFor(isAdmin, caller);
      const { code } = body.data.attributes;
      const subscription = await (code === undefined
        ? subscriptions.sendCodeAgain(subscriptionId, owner)
        : subscriptions.confirm(subscriptionId, owner, code));
      return { status: 200, document: toSubscriptionDocument(subscription, urlOf) };
    }),

  deleteSubscription: async ({ act, isAdmin, caller, path: { subscriptionId } }) =>
    act(subscriptionId, async (note) => {
      const removed = await subscriptions.remove(subscriptionId, ownerFor(isAdmin, caller));
      note(changesBetween(subscriptionFacts(removed), undefined));
      return done;
    }),
  testFilter: async ({ body, isAdmin, caller }) => ({
    status: 200,
    document: await runFilterTest(body.data.attributes, { ledger, source, nowMillis: clock.nowMillis }, (entry) =>
      maySee({ isAdmin, caller }, entry),
    ),
  }),
});
