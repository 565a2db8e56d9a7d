/** Port: makes and removes the queues of subscriptions. CloudFormation does not know them. */

export type WantedQueue = {
  readonly subscriptionId: string;
  readonly isFifo: boolean;
  /** Principal that may read it: an account id or the ARN of a role; absent = the account of the facade. */
  readonly reader?: string | undefined;
};

type MadeQueue = { readonly name: string; readonly arn: string };

export interface SubscriptionQueues {
  /** Makes the queue for dead letters, and the queue itself unless the consumer brings its own. Safe to repeat. @throws when they are not known to be there. */
  make(
    wanted: WantedQueue & { readonly isMade: boolean },
  ): Promise<{ readonly arn?: string | undefined; readonly deadLettersArn: string }>;
  /** Removes what was made for a subscription. Safe to repeat. */
  remove(subscriptionId: string, isFifo: boolean): Promise<void>;
  /** Every queue that was made, also of subscriptions that are gone. */
  list(): Promise<readonly MadeQueue[]>;
  /** Puts one message into any queue. @throws QueueRefusal with the reason in words. */
  send(arn: string, body: string): Promise<void>;
  /** The URL under which consumers reach a queue. */
  urlOf(arn: string): string;
}

/** A queue did not take a message: its policy, its key or its name is at fault, or SQS. */
export class QueueRefusal extends Error {
  override readonly name = 'QueueRefusal';
}
