/** Port: the subscriptions. */
import type { Subscription } from './subscription.ts';

export interface SubscriptionStore {
  read(id: string): Promise<Subscription | undefined>;
  /** Of one consumer, or of all; oldest first. */
  list(consumerId?: string): Promise<readonly Subscription[]>;
  /** Writes it in place of the version that it replaces (`version` is that of the new one); version 1 = a new one. @returns false when somebody else did meanwhile. */
  write(subscription: Subscription): Promise<boolean>;
  remove(id: string): Promise<void>;
}
