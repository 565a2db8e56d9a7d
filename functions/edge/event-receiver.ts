/** For functions that get notifications: `onEvent(type, handle)`, and the handler of their queue. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { everyType, type OwnSubscriberName, type TypeFor } from '../../shared/fan-out/own-subscribers.ts';
import { CloudEvent, nativeTypeOf } from '../../shared/notifications/cloud-event.ts';
import { done, type MessageCare, type MessageOutcome } from '../../shared/queues/message.ts';
import { notificationReceives } from '../../shared/queues/receives.ts';
import { once } from '../house.ts';
import { queueHandler } from './queue-handler.ts';

/**
 * Must be safe to repeat: an event comes at least once. What it throws is retried, later events of the entity wait meanwhile, and after
 * eight times the event goes to the dead letters of the queue with the reason. A returned outcome decides by itself.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most handlers have nothing to say.
export type HandleEvent = (event: CloudEvent) => Promise<MessageOutcome | void>;

const { mostReceives } = notificationReceives;

/** @param careOf called with the first event: what it makes is not part of a cold start. */
export const createEventReceiver = <Name extends OwnSubscriberName>(name: Name, careOf: () => MessageCare) => {
  const handlers = new Map<string, HandleEvent>();
  const handle = once(() =>
    queueHandler({ queue: name, body: CloudEvent, care: careOf(), mostReceives }, async ({ body }) => {
      const found = handlers.get(nativeTypeOf(body)) ?? handlers.get(everyType);
      if (!found) return { kind: 'dead-letter', reason: 'this version of the function has no handler for the type' };
      return (await found(body)) ?? done;
    }),
  );
  return {
    /** @param type native, such as `close`, of those that shared/fan-out/own-subscribers.ts names for the part. */
    onEvent(type: TypeFor<Name>, handleEvent: HandleEvent): void {
      handlers.set(type, handleEvent);
    },
    handler: (event: SQSEvent, invocation: { getRemainingTimeInMillis(): number }): Promise<SQSBatchResponse> =>
      handle()(event, invocation),
  };
};
