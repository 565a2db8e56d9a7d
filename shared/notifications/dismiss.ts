/**
 * Dismisses upstream what the facade has handled: kept, and given to every subscription or to its pending deliveries. It comes
 * last, and what fails stays undismissed until the next run.
 */
import type { Ledger } from './ledger.ts';
import type { NotificationFeed } from './pull.ts';
import { isMalformed, readNotification } from './read-notification.ts';

type DismissOptions = {
  readonly feed: NotificationFeed;
  readonly ledger: Pick<Ledger, 'read'>;
  /** Each costs one call of the tenant's budget. */
  readonly mostCalls: number;
  readonly pageSize: number;
  readonly mostPages: number;
};

export const defaultDismissBounds = { mostCalls: 100, pageSize: 100, mostPages: 5 };

/** @returns how many were dismissed. @throws what the feed throws. */
export const dismissHandled = async ({
  feed,
  ledger,
  mostCalls,
  pageSize,
  mostPages,
}: DismissOptions): Promise<number> => {
  // Listed first, and dismissed afterwards: a list that shrinks while it is read would skip some.
  const ids: string[] = [];
  let offset: number | undefined = 0;
  for (let pages = 0; pages < mostPages && offset !== undefined; pages += 1) {
    const page: Awaited<ReturnType<NotificationFeed['list']>> = await feed.list({
      status: 'notdismissed',
      offset,
      limit: pageSize,
    });
    for (const document of page.documents) {
      const read = readNotification(document, { origin: 'pull', receivedAtMillis: 0 });
      if (!isMalformed(read)) ids.push(read.id);
    }
    offset = page.nextOffset;
  }
  let dismissed = 0;
  // The oldest stand at the end of the list.
  for (const id of new Set(ids.reverse())) {
    if (dismissed >= mostCalls) break;
    if (!(await ledger.read(id))?.dispatched) continue;
    await feed.dismiss(id);
    dismissed += 1;
  }
  return dismissed;
};
