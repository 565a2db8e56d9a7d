/** Why a call cannot be sent now. A refusal names the reason. */
import type { Cap, QuotaPolicy } from './policy.ts';

export type WaitReason =
  /** A cap of the consumer's own is spent. */
  | { readonly by: 'cap'; readonly cap: Cap }
  /** The consumer is ahead of its share while others wait. */
  | { readonly by: 'share' }
  /** Other consumers have booked the remaining units. */
  | { readonly by: 'bookings' }
  /** The remaining units are kept for interactive calls. */
  | { readonly by: 'reserve' }
  /** The remaining units are kept for consumers that have had less than their share. */
  | { readonly by: 'small' }
  /** The budget is used up. */
  | { readonly by: 'tenant' }
  /** The upstream has refused calls, so all calls pause. */
  | { readonly by: 'pause' }
  /** The upstream has refused this operation. */
  | { readonly by: 'operation'; readonly operation: string }
  /** The consumer has as many waiting calls as it may. `operation`: set if only calls of this paused operation have to wait. */
  | { readonly by: 'waiting'; readonly calls: number; readonly operation?: string | undefined };

const windowNames: Readonly<Record<number, string>> = { 1: 'second', 60: 'minute', 3600: 'hour', 86400: 'day' };

/** The name of a cap in `RateLimit`, such as `consumer-minute`. */
export const capName = (windowSeconds: number): string =>
  `consumer-${windowNames[windowSeconds] ?? `${windowSeconds}s`}`;

/** The limit as logs, records and `RateLimit` name it. */
export const limitNameOf = (held: WaitReason): string =>
  held.by === 'cap' ? capName(held.cap.windowSeconds) : held.by;

/** The reason in one sentence. @param limit units in a window that the facade assumes. */
export const sentenceOf = (held: WaitReason, consumerId: string, limit: number, policy: QuotaPolicy): string => {
  const budget = `${limit} calls in ${policy.windowMillis / 1_000} s`;
  switch (held.by) {
    case 'cap': {
      const { units, windowSeconds } = held.cap;
      return `${consumerId} may make ${units} calls in ${windowSeconds} s, a limit of its own (${limitNameOf(held)}), and has made them.`;
    }
    case 'share':
      return `${consumerId} has had its share of the tenant's ${budget}: consumers that have had fewer go first (share).`;
    case 'bookings':
      return `What is left of the tenant's ${budget} is booked by other consumers (bookings).`;
    case 'reserve':
      return `What is left of the tenant's ${budget} is kept for interactive calls (reserve).`;
    case 'small':
      return `${consumerId} has had its share of the tenant's ${budget}: what is left is kept for consumers that have had less (small).`;
    case 'pause':
      return 'The tenant has refused calls for want of budget, so the facade pauses all calls (pause).';
    case 'operation':
      return `The tenant has refused ${held.operation}, so the facade pauses that operation and no other (operation).`;
    case 'waiting':
      return `${held.calls} calls of ${consumerId} wait for the tenant's ${budget} already, and no more of them may wait at once (waiting).`;
    case 'tenant':
      return `The tenant allows ${budget}, for everybody together, and they are used (tenant).`;
  }
};
