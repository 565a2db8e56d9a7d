/** What a consumer's record says about quota. */
import * as z from 'zod';
import { type Cap, type Priority, priorities } from './policy.ts';

export const QuotaProfile = z.object({
  priority: z.enum(priorities),
  /** Share among consumers that wait: one with 2 gets twice as much as one with 1. */
  weight: z.number().min(0.1).max(100),
  /** At most so many calls in any so many seconds; such as 20 a second, 300 a minute, 50,000 a day. */
  caps: z
    .array(z.object({ units: z.number().int().min(0), windowSeconds: z.number().int().min(1).max(86_400) }))
    .max(3),
});
export type QuotaProfile = { readonly priority: Priority; readonly weight: number; readonly caps: readonly Cap[] };

export const defaultProfile: QuotaProfile = { priority: 'interactive', weight: 1, caps: [] };
