/** Pushes notifications to the one URL of the tenant. That a push waits 10 s and is never tried again is invented. */
import { notificationDocument } from '../documents/notification-document.ts';
import type { Notification } from '../tenant/notifications.ts';
import type { Tenant } from '../tenant/tenant.ts';

interface Delivery {
  readonly notificationId: string;
  readonly atMillis: number;
  /** Status of the receiver; 0 when it could not be reached in time. */
  readonly status: number;
}

interface PushOptions {
  /** Sent this many times. */
  readonly copies?: number;
  /** Broken JSON, or a document without its id. */
  readonly malformed?: 'json' | 'noId';
}

export interface Pusher {
  /** Resolves when every copy was answered or given up. */
  push(tenant: Tenant, notification: Notification, options?: PushOptions): Promise<void>;
  deliveries(): readonly Delivery[];
  clear(): void;
}

const pushTimeoutMillis = 10_000;

const bodyOf = (
  tenant: Tenant,
  base: string,
  notification: Notification,
  malformed: PushOptions['malformed'],
): string => {
  const text = JSON.stringify(notificationDocument(tenant, base, notification));
  if (malformed === 'json') return text.slice(0, text.length >> 1);
  return malformed === 'noId' ? text.replaceAll(`"id":"${notification.id}"`, '"id":""') : text;
};

export const createPusher = (base: () => string): Pusher => {
  let deliveries: Delivery[] = [];
  const send = async (
    tenant: Tenant,
    notification: Notification,
    malformed: PushOptions['malformed'],
  ): Promise<void> => {
    const target = tenant.behaviour.push;
    if (target === undefined) return;
    const status = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.api+json', [target.headerName]: target.headerValue },
      body: bodyOf(tenant, base(), notification, malformed),
      redirect: 'manual',
      signal: AbortSignal.timeout(pushTimeoutMillis),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    deliveries.push({ notificationId: notification.id, atMillis: tenant.clock.nowMillis(), status });
    if (target.autoDismiss && status >= 200 && status < 300) notification.isDismissed = true;
  };
  return {
    async push(tenant, notification, { copies = 1, malformed } = {}) {
      for (let copy = 0; copy < copies; copy += 1) await send(tenant, notification, malformed);
    },
    deliveries: () => deliveries,
    clear() {
      deliveries = [];
    },
  };
};
