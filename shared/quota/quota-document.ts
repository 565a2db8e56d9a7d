/** The JSON:API document of `GET /v1/quota`. */
import * as z from 'zod';
import { priorities } from '../exchange/quota-profile.ts';
import type { QuotaSnapshot } from './snapshot.ts';

export const QuotaDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('quota'),
      id: z.string().describe('The upstream whose budget it is.'),
      attributes: z.strictObject({
        limit: z.number().describe('Calls in any window.'),
        windowSeconds: z.number(),
        used: z.number(),
        free: z.number(),
        moreInSeconds: z.int().describe('Until more is free than now; the window when all is free.'),
        nearLimit: z.boolean(),
        configuredLimit: z.number().describe('The limit before what the upstream has taught by 429.'),
        pausedSeconds: z.int().describe('For so long the upstream has asked for silence.'),
        consumers: z.array(
          z.strictObject({
            consumerId: z.string(),
            priority: z.enum(priorities),
            unitsLastMinute: z.number().describe('Calls in the last 60 s, estimated.'),
            isWaiting: z.boolean(),
          }),
        ),
      }),
    }),
  })
  .meta({ id: 'QuotaDocument', description: 'The budget as it stands.' });

export const toQuotaDocument = (attributes: QuotaSnapshot, upstream: string) => ({
  data: { type: 'quota' as const, id: upstream, attributes },
});
