/** Port: the subscriptions. */
import type { Subscription } from './subscription.ts';

export interface SubscriptionStore {
  read(id: string): Promise<Subscription | undefined>;
  /** Of one consumer, or of all; oldest first. */
  list(consumerId?: string): Promise<readonly Subscription[]>;
  /** Writes it in place of the version that it replaces (`version` is that of the new one); version 1 = a new one. @returns false when somebody else did meanwhile. */
  write(subscription: Subscription): Promise<boolean>;
  remove(id: string): Promise<void>;
  /**
   * Differs after each write and each removal that has resolved, with strong consistency and for one read unit: who remembers
   * the list reads it again when this has changed. A write killed in the middle may leave it as it was.
   */
  stamp(): Promise<string>;
}
