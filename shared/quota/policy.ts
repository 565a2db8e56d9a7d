/** What an operator decides about the tenant's budget. All of it may differ between deployments, none of it at run time. */

import * as z from 'zod';
import type { Priority } from '../exchange/quota-profile.ts';

export const QuotaPolicy = z.object({
  /** Sends that the tenant allows in any window, for everybody together. */
  limit: z.number().int().min(1),
  windowMillis: z.number().int().min(1_000),
  /** Part of the limit that is left to those who use the tenant without the facade. */
  directShare: z.number().min(0).max(0.95),
  /** Part of what remains that interactive calls find whenever they come; lent to background calls as they do not. */
  reservedShare: z.number().min(0).max(1),
  /** Longest wait before a call is refused. */
  interactiveWaitMillis: z.number().min(0),
  backgroundWaitMillis: z.number().min(0),
  /** How far ahead of its slot a call may be booked: the length of a batch when many wait. */
  horizonMillis: z.number().min(0),
  /** How long after its slot a granted unit may still be sent. Longer bears slower stores; what is not needed is given back. */
  leaseMillis: z.number().min(1),
  /**
   * Longest way of a call from the last check of its lease to the upstream: the wait for a socket, name, connection and TLS,
   * and pauses of the process on that way. The transport gives up a connection that takes 2.5 s. A call that is answered
   * counts from then on, so that a long guard costs only those that are not.
   */
  sendGuardMillis: z.number().min(0),
  /** How long a budget that an upstream 429 has cut takes to grow back in full. */
  recoveryMillis: z.number().min(1),
});
export type QuotaPolicy = z.infer<typeof QuotaPolicy>;

export const defaultPolicy: QuotaPolicy = {
  limit: 1_000,
  windowMillis: 60_000,
  directShare: 0,
  reservedShare: 0.25,
  interactiveWaitMillis: 8_000,
  backgroundWaitMillis: 25_000,
  horizonMillis: 600,
  leaseMillis: 2_000,
  // The transport's 2.5 s to connect (queue for a socket, DNS, TLS), and a second for pauses of the process.
  sendGuardMillis: 3_500,
  recoveryMillis: 300_000,
};

/** At most `units` in any `windowSeconds`, for one consumer. */
export type Cap = { readonly units: number; readonly windowSeconds: number };

export const longestWaitMillis = (policy: QuotaPolicy, priority: Priority): number =>
  priority === 'interactive' ? policy.interactiveWaitMillis : policy.backgroundWaitMillis;
