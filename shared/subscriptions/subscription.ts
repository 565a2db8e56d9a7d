/** A subscription: which notifications a consumer wants, and the queue that they are sent to. */
import * as z from 'zod';
import { createId } from './create-id.ts';

/** A code that was sent into a consumer's own queue: who returns it reads that queue. */
const Confirmation = z.object({
  /** SHA-256 of the code, which is shown nowhere but in the queue. */
  codeHash: z.string(),
  expiresAtMillis: z.number(),
  /** Wrong codes so far. */
  wrongCodes: z.number(),
  sentAtMillis: z.number(),
  /** Codes that were sent so far, this one included. */
  sent: z.number(),
});
export type Confirmation = Readonly<z.infer<typeof Confirmation>>;

export const Subscription = z
  .object({
    /** `sub-` and 16 characters of a-z and 0-9. */
    id: z.string(),
    /** Consumer that owns it, and which of those that ever had this id. */
    consumerId: z.string(),
    incarnation: z.string(),
    /** `pending`: the queue is the consumer's own and not confirmed yet. */
    state: z.enum(['pending', 'active', 'paused']),
    queue: z
      .object({
        arn: z.string(),
        isFifo: z.boolean(),
        /** Whether the facade made it, and deletes it with the subscription. */
        isMade: z.boolean(),
        /** Dead letters of the subscription: always a queue that the facade made, FIFO where the queue is. */
        deadLettersArn: z.string(),
      })
      .readonly(),
    /** Principal that may read made queues: an account id or the ARN of a role; absent = the account of the facade. */
    reader: z.string().optional(),
    /** EventBridge pattern over the event as it is sent; absent = every event. */
    filter: z.unknown().optional(),
    /** Notifications received before this instant are not sent. */
    startMillis: z.number(),
    /** One event per entity and interval, the latest; absent = each. */
    latestOnlySeconds: z.number().optional(),
    /** Events carry the entity's document, where the consumer may read it. */
    isEnriched: z.boolean().optional(),
    /** While paused: since when. */
    pausedAtMillis: z.number().optional(),
    /** Notifications that were received in this time are sent by a replay, and not live; `replayId` once that has begun. */
    catchUp: z
      .object({ fromMillis: z.number(), untilMillis: z.number(), replayId: z.string().optional() })
      .readonly()
      .optional(),
    confirmation: Confirmation.readonly().optional(),
    /** Since when its consumer is gone (abandoned.ts). */
    abandonedAtMillis: z.number().optional(),
    createdAtMillis: z.number(),
    version: z.number(),
  })
  .readonly();
export type Subscription = z.infer<typeof Subscription>;

export const createSubscriptionId = (): string => createId('sub');
