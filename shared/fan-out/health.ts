/** How a subscription fares, counted from the ledger: what SQS says of its queues is approximate and late. */
import type { Delivery, Ledger } from '../notifications/ledger.ts';
import { searchLedger } from '../notifications/search.ts';
import type { PendingDelivery, PendingStore } from './pending.ts';

/** Counting ends here. */
const mostCounted = 1_000;
const recentNotifications = 200;

export type HealthParts = {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly pending: Pick<PendingStore, 'page' | 'dead'>;
  readonly nowMillis: () => number;
};

/** Until its document is read, a delivery to an enriched subscription waits as a rule. */
const usualReadMillis = 60_000;
const isUsual = ({ attempts, documentAskedMillis }: PendingDelivery, nowMillis: number): boolean =>
  attempts === 0 && documentAskedMillis !== undefined && nowMillis - documentAskedMillis < usualReadMillis;

const isSent = ({ outcome }: Delivery): boolean => outcome === 'sent' || outcome === 'coalesced';

export const readHealth = async (subscriptionId: string, { ledger, pending, nowMillis }: HealthParts) => {
  const [waiting, dead, recent] = await Promise.all([
    pending.page(subscriptionId, mostCounted),
    pending.dead(subscriptionId, mostCounted),
    searchLedger(ledger, { limit: recentNotifications, isWanted: () => true }, nowMillis()),
  ]);
  const now = nowMillis();
  const late = waiting.items.filter((one) => !isUsual(one, now));
  const oldest = late.toSorted((one, other) => one.firstMillis - other.firstMillis)[0];
  const deliveries = recent.entries.flatMap(({ dispatched }) =>
    (dispatched?.deliveries ?? []).filter((one) => one.subscriptionId === subscriptionId),
  );
  const sent = deliveries.filter(isSent);
  const failureRate = deliveries.length === 0 ? 0 : 1 - sent.length / deliveries.length;
  const isFailing = oldest !== undefined && sent.length === 0;
  const isDegraded = oldest !== undefined || dead.items.length > 0;
  const state = isFailing ? 'failing' : isDegraded ? 'degraded' : 'ok';
  const lastSentMillis = Math.max(0, ...sent.map(({ atMillis }) => atMillis));
  return {
    data: {
      type: 'subscription-health' as const,
      id: subscriptionId,
      attributes: {
        state: state as 'ok' | 'degraded' | 'failing',
        pending: late.length,
        ...(oldest ? { oldestUndeliveredAt: new Date(oldest.firstMillis).toISOString(), reason: oldest.reason } : {}),
        deadLetters: dead.items.length,
        recentDeliveries: deliveries.length,
        failureRate,
        ...(lastSentMillis > 0 ? { lastSentAt: new Date(lastSentMillis).toISOString() } : {}),
      },
    },
  };
};
