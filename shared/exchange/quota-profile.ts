/** The quota settings in a consumer's record. */
import * as z from 'zod';

export const priorities = ['interactive', 'background'] as const;
export type Priority = (typeof priorities)[number];

export const QuotaProfile = z.object({
  priority: z.enum(priorities),
  /** Share among waiting consumers: weight 2 gets twice as much as weight 1. */
  weight: z.number().min(0.1).max(100),
  /** Most calls in any period of a number of seconds, such as 20 a second, 300 a minute, 50,000 a day. */
  caps: z
    .array(z.object({ units: z.number().int().min(0), windowSeconds: z.number().int().min(1).max(86_400) }))
    .max(3),
});
export type QuotaProfile = z.infer<typeof QuotaProfile>;

/** The profile of background work, which waits behind interactive calls. */
export const backgroundProfile: QuotaProfile = { priority: 'background', weight: 1, caps: [] };

export const defaultProfile: QuotaProfile = { priority: 'interactive', weight: 1, caps: [] };
