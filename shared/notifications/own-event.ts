/** Events of the facade's own as notifications, for those subscribers whom they concern. */
import type { FacadeEvent, FacadeEventType } from '../facade-events/facade-event.ts';
import { traceIdOf } from '../queues/trace.ts';
import type { Notification } from './notification.ts';

/**
 * The types that concern one consumer, which alone gets them (`isFor`). All others are for operators: they name what other
 * consumers and the administration do, and stay in the operations queue.
 */
const typesForConsumers: readonly FacadeEventType[] = [
  'token.expired',
  'token.expiring',
  'export.completed',
  'export.failed',
  'sample.registration-drifted',
];

export const isForConsumers = ({ type }: FacadeEvent): boolean => typesForConsumers.includes(type);

/** @param incarnation which of all consumers that ever had the id the event concerns. */
export const toOwnNotification = (
  event: FacadeEvent,
  receivedAtMillis: number,
  incarnation?: string,
  traceId = traceIdOf(event.traceid),
): Notification => ({
  id: event.id,
  type: event.type,
  entity: event.subject,
  createdAtMillis: Date.parse(event.time),
  receivedAtMillis,
  origin: 'facade',
  document: event.data,
  ...(incarnation === undefined ? {} : { incarnation }),
  ...(traceId === undefined ? {} : { traceId }),
});
