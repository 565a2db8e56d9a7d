/** Settings of the tenant's budget. They may differ between deployments, and never change at run time. */

import * as z from 'zod';
import type { Priority } from '../exchange/quota-profile.ts';

export const QuotaPolicy = z.object({
  /** Sends that the tenant allows in any window, for everybody together. */
  limit: z.number().int().min(1),
  windowMillis: z.number().int().min(1_000),
  /** Part of the limit that is left to users who call the tenant without the facade. */
  directShare: z.number().min(0).max(0.95),
  /** Part of the rest that is reserved for interactive calls. Background calls may borrow it while interactive calls do not use it. */
  reservedShare: z.number().min(0).max(1),
  /** Longest wait before a call is refused. */
  interactiveWaitMillis: z.number().min(0),
  backgroundWaitMillis: z.number().min(0),
  /** How far ahead of its slot a call may be booked: the length of a batch when many wait. */
  horizonMillis: z.number().min(0),
  /** How long after its slot a granted unit may still be sent. A longer lease tolerates slower stores; unused time is given back. */
  leaseMillis: z.number().min(1),
  /**
   * Longest time from the last check of a call's lease until the call reaches the upstream: the wait for a socket, DNS, connection
   * and TLS, and pauses of the process. The transport gives up a connection after 2.5 s. A call that is answered counts from its
   * answer on, so a long guard costs only calls without an answer.
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
