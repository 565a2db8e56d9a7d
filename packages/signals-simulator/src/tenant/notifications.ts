/** The tenant's notifications: kept 180 days, listed for pull, and passed to the pusher. */
import type { Clock } from '../clock.ts';

export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly createdAtMillis: number;
  readonly createdBy: string;
  readonly entityId: string;
  readonly comment: string | undefined;
  isDismissed: boolean;
  isRead: boolean;
  isFlagged: boolean;
}

interface NewNotification {
  readonly type: string;
  readonly createdBy: string;
  readonly entityId: string;
  readonly comment?: string;
  readonly createdAtMillis?: number;
  readonly isDismissed?: boolean;
}

export interface Notifications {
  /** Records it and calls the listeners. */
  emit(given: NewNotification): Notification;
  /** Records it without calling the listeners. @param id the next number unless given. */
  record(given: NewNotification, id?: string): Notification;
  /** Oldest first, however old. */
  all(): readonly Notification[];
  get(id: string): Notification | undefined;
  /** Newest first, those of the last 180 days. */
  recent(): Notification[];
  /** Called with each new one. */
  onEmit(listener: (notification: Notification) => void): void;
}

const keptMillis = 180 * 24 * 3_600_000;

export const createNotifications = (clock: Clock): Notifications => {
  const byId = new Map<string, Notification>();
  const listeners: ((notification: Notification) => void)[] = [];
  let lastId = 0;
  const isKept = (notification: Notification) => notification.createdAtMillis > clock.nowMillis() - keptMillis;
  const record = (given: NewNotification, id = String(lastId + 1)): Notification => {
    lastId = Math.max(lastId, Number(id));
    const notification: Notification = {
      id,
      type: given.type,
      createdAtMillis: given.createdAtMillis ?? clock.nowMillis(),
      createdBy: given.createdBy,
      entityId: given.entityId,
      comment: given.comment,
      isDismissed: given.isDismissed ?? false,
      isRead: false,
      isFlagged: false,
    };
    byId.set(notification.id, notification);
    return notification;
  };
  return {
    record,
    all: () => [...byId.values()],
    emit(given) {
      const notification = record(given);
      for (const listener of listeners) listener(notification);
      return notification;
    },
    get(id) {
      const notification = byId.get(id);
      return notification !== undefined && isKept(notification) ? notification : undefined;
    },
    recent: () =>
      [...byId.values()]
        .filter(isKept)
        .sort((a, b) => b.createdAtMillis - a.createdAtMillis || Number(b.id) - Number(a.id)),
    onEmit(listener) {
      listeners.push(listener);
    },
  };
};
