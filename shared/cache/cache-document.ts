/** The cache as operators see it, as JSON:API documents. */
import * as z from 'zod';

/** Body of `POST /v1/cache/purges`. */
export const Purge = z
  .object({
    data: z.object({
      type: z.literal('cache-purge'),
      attributes: z.strictObject({
        entity: z.string().min(1).max(200).optional(),
        group: z.string().min(1).max(60).optional(),
        all: z.literal(true).optional(),
        kind: z
          .enum(['soft', 'hard'])
          .default('hard')
          .describe('soft: copies are kept for when the tenant fails; hard: they are not.'),
      }),
    }),
  })
  .meta({ id: 'CachePurge' });
export type WantedPurge = z.infer<typeof Purge>['data']['attributes'];

export const PurgeDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('cache-purge'),
      id: z.string(),
      attributes: z.strictObject({
        entity: z.string().optional(),
        group: z.string().optional(),
        all: z.literal(true).optional(),
        kind: z.enum(['soft', 'hard']),
        purgedAt: z.iso.datetime(),
      }),
    }),
  })
  .meta({ id: 'CachePurgeDocument', description: 'What was purged.' });

export const CacheDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('cache'),
      id: z.string().describe('The upstream whose answers it holds.'),
      attributes: z.strictObject({
        boundSeconds: z.number().describe('No answer is older than this behind an edit in the tenant.'),
        sweep: z.strictObject({
          state: z
            .enum(['never', 'healthy', 'lagging'])
            .describe('How the sweep fares that finds what changed in the tenant.'),
          lagSeconds: z.int().optional().describe('Missing until the first sweep.'),
          types: z.array(z.string()).describe('Types of entities that it sees.'),
        }),
        figuresHours: z.int().describe('So many hours, this one included, are counted in `classes`.'),
        classes: z
          .record(z.string(), z.record(z.string(), z.int()))
          .describe('By cache class: how many answers had which verdict.'),
      }),
    }),
  })
  .meta({ id: 'CacheDocument', description: 'Figures of the last 24 hours.' });
