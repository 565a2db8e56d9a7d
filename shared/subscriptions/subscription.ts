/** A subscription: which notifications a consumer wants, and the queue that they are sent to. */

/** `pending`: the queue is the consumer's own and not confirmed yet. */
export type SubscriptionState = 'pending' | 'active' | 'paused';

export type Subscription = {
  /** `sub-` and 16 characters of a-z and 0-9. */
  readonly id: string;
  /** Consumer that owns it, and its incarnation (shared/consumers/consumer.ts). */
  readonly consumerId: string;
  readonly incarnation: string;
  readonly state: SubscriptionState;
  readonly queue: {
    readonly arn: string;
    readonly isFifo: boolean;
    /** Whether the facade made it, and deletes it with the subscription. */
    readonly isMade: boolean;
    /** Dead letters of the subscription: always a queue that the facade made, FIFO where the queue is. */
    readonly deadLettersArn: string;
  };
  /** Principal that may read made queues: an account id or the ARN of a role; absent = the account of the facade. */
  readonly reader?: string | undefined;
  /** EventBridge pattern over the CloudEvent; absent = every event. */
  readonly filter?: unknown;
  /** Notifications received before this instant are not sent. */
  readonly startMillis: number;
  /** One event per entity and interval, the latest; absent = each. */
  readonly latestOnlySeconds?: number | undefined;
  /** Events carry the entity's document, where the consumer may read it. */
  readonly isEnriched?: boolean | undefined;
  /** While paused: since when. On resuming, what came meanwhile is sent by a replay from here. */
  readonly pausedAtMillis?: number | undefined;
  readonly createdAtMillis: number;
  readonly version: number;
};
