/**
 * The part of the dispatcher in enrichment. A delivery to a subscription that asks for documents waits, as any pending delivery does,
 * until the document is read. The reading is done by another function, so that no other subscription waits for the tenant.
 */
import type { Enrichment } from '../notifications/cloud-event.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import {
  documentKeptMillis,
  type EnrichmentQueue,
  type EntityDocument,
  type EntityDocuments,
  isUsable,
} from './entity-document.ts';

export type EnrichmentParts = {
  readonly documents: Pick<EntityDocuments, 'read'>;
  readonly queue: EnrichmentQueue;
  /** Whether the consumer of the subscription could read entities itself now. @throws when it cannot be told. */
  readonly mayShow: (subscription: Subscription) => Promise<boolean>;
  readonly clock: Clock;
};

/** The reader gives up sooner, and says so. This is for a reader that does not run. */
const patienceMillis = 900_000;
/** The next time that the document is asked for, if nobody has read it by then. */
export const askAgainMillis = 120_000;

/** An event of the facade's own has no entity in the tenant. */
export const wantsDocument = ({ isEnriched }: Subscription, { origin }: Notification): boolean =>
  isEnriched === true && origin !== 'facade';

const toEnrichment = ({ state, digest, document }: EntityDocument, mayShow: boolean): Enrichment => {
  const version = digest === undefined ? {} : { digest };
  if (!mayShow) return { state: 'no-right', ...version };
  return state === 'read' ? { state: 'included', ...version, document } : { state, ...version };
};

export const createEnrichment = ({ documents, queue, mayShow, clock }: EnrichmentParts) => {
  /** Asked long ago, for a delivery that then waited for its queue: the document may be gone. */
  const isForgotten = (askedMillis: number): boolean => clock.nowMillis() - askedMillis >= documentKeptMillis;

  return {
    /** Since when the document counts as asked for: what is returned is to be stored before `ask`. */
    askedSince: (askedMillis: number | undefined): number =>
      askedMillis === undefined || isForgotten(askedMillis) ? clock.nowMillis() : askedMillis,

    /** Never rejects: whoever waits for the document asks again. */
    async ask(subscriptionIds: readonly string[], { entity, receivedAtMillis }: Notification): Promise<void> {
      await queue.add({ entity, sinceMillis: receivedAtMillis, subscriptionIds: [...subscriptionIds] }).catch(() => {});
    },

    /** @param askedMillis when the document was first asked for. @returns `wait` while it is not known what goes with the event. */
    async of(
      subscription: Subscription,
      notification: Notification,
      askedMillis: number | undefined,
    ): Promise<Enrichment | 'wait' | undefined> {
      if (!wantsDocument(subscription, notification)) return undefined;
      const found = await documents.read(notification.entity);
      if (found && isUsable(found, notification.receivedAtMillis, clock.nowMillis()))
        return toEnrichment(found, await mayShow(subscription));
      const isOver =
        askedMillis !== undefined && !isForgotten(askedMillis) && clock.nowMillis() - askedMillis >= patienceMillis;
      return isOver ? { state: 'failed' } : 'wait';
    },
  };
};
export type EnrichmentOfEvents = ReturnType<typeof createEnrichment>;
