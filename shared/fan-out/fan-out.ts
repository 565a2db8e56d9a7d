/** Carries out the work of the ingress. */
import type { EnrichmentOfEvents } from '../enrichment/enrichment.ts';
import type { Ingress, Work } from '../notifications/ingress.ts';
import type { Ledger } from '../notifications/ledger.ts';
import { toOwnNotification } from '../notifications/own-event.ts';
import type { Clock } from '../time/clock.ts';
import { type AttemptParts, createAttempts } from './attempt.ts';
import type { Observe } from './counts.ts';
import { createDispatch } from './dispatch.ts';
import { createLatest } from './latest.ts';
import type { LatestStore } from './latest-store.ts';
import type { PendingStore } from './pending.ts';
import type { RememberedSubscriptions } from './remembered-subscriptions.ts';
import { createRetry, type RetryReport } from './retry.ts';
import { againOf } from './wake.ts';

export type FanOutParts = AttemptParts & {
  readonly ledger: Pick<Ledger, 'keep' | 'read' | 'readHead' | 'writeHead' | 'writeDispatched'>;
  readonly ingress: Ingress;
  readonly pending: PendingStore;
  readonly latest: LatestStore;
  readonly subscriptions: RememberedSubscriptions;
  readonly enrichment: EnrichmentOfEvents;
  readonly clock: Clock;
  /** A random text, each time another. */
  readonly newId: () => string;
  readonly observe: Observe;
};

/** After a delivery that succeeded, so many further entities of the subscription are tried: each draws as many again. */
const drawnEntities = 2;
const lookedAt = 100;

export const createFanOut = (parts: FanOutParts) => {
  const { ledger, ingress, pending, clock, newId } = parts;
  const attempts = createAttempts(parts);
  const dispatch = createDispatch({ ...parts, attempts });
  const retry = createRetry({ ...parts, attempts, dispatch });
  const latest = createLatest({ ...parts, dispatch, retry });

  /** A queue that has taken one takes others too, whatever their next attempt is set to. */
  const drawNext = async (subscriptionId: string, entity: string): Promise<void> => {
    const items = await pending.behind(subscriptionId, entity, lookedAt);
    const firsts = [...Map.groupBy(items, (one) => one.entity).values()].flatMap(([first]) => first ?? []);
    for (const first of firsts.slice(0, drawnEntities))
      await ingress.add({ kind: 'retry', subscriptionId, entity: first.entity }, againOf(first));
  };

  const goOn = async ({ sent, hasMore }: RetryReport, subscriptionId: string, entity: string): Promise<void> => {
    if (hasMore) await ingress.add({ kind: 'retry', subscriptionId, entity }, `more-${newId()}`);
    if (sent > 0) await drawNext(subscriptionId, entity);
  };

  return {
    /** Safe to repeat. Works of one entity must not run at a time. @throws when a store fails: the work is to be repeated. */
    async handle(work: Work): Promise<void> {
      if (work.kind === 'facade-event') {
        const { event, incarnation } = work;
        await ledger.keep(toOwnNotification(event, clock.nowMillis(), incarnation), newId());
        return dispatch.dispatch(event.id);
      }
      if (work.kind === 'notification') return dispatch.dispatch(work.id);
      const { kind, subscriptionId, entity } = work;
      const report = await (kind === 'retry'
        ? retry.retry(subscriptionId, entity)
        : latest.sendLatest(subscriptionId, entity));
      await goOn(report, subscriptionId, entity);
    },
  };
};
