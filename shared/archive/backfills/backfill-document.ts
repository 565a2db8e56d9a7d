/** Backfills in the documents of /v1/archive/backfills. */
import * as z from 'zod';
import { toIso } from '../../time/iso.ts';
import { Backfill, Counts } from './backfill-record.ts';

const instant = z.iso.datetime();

const Resource = z
  .strictObject({
    type: z.literal('archive-backfill'),
    id: z.string(),
    attributes: z.strictObject({
      state: Backfill.shape.state,
      requestedBy: z.string(),
      requestedAt: instant,
      endedAt: instant.optional(),
      failure: z.string().optional().describe('Why it has failed.'),
      pages: z.number().int().describe('Pages of the search that are over.'),
      total: z.number().int().optional().describe('Closed experiments that the tenant has counted when it began.'),
      progress: Counts.describe(
        'Experiments: `found` by the search so far; of these `present` in the archive before, `archived` now, `notClosed` any more, `failed`, and `retrying`, whose orders go on after their page.',
      ),
    }),
    links: z.strictObject({ self: z.string() }),
  })
  .meta({ id: 'ArchiveBackfill' });

export const BackfillDocument = z.strictObject({ data: Resource }).meta({ id: 'ArchiveBackfillDocument' });
export const BackfillsDocument = z.strictObject({ data: z.array(Resource) }).meta({ id: 'ArchiveBackfillsDocument' });

export const BackfillChange = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('archive-backfill'),
      id: z.string(),
      attributes: z.strictObject({ state: z.enum(['running', 'paused', 'cancelled']) }),
    }),
  })
  .meta({ id: 'ArchiveBackfillChange' });

const toResource = (backfill: Backfill, publicUrl: string): z.input<typeof Resource> => {
  const { id, state, requestedBy, requestedAtMillis, endedAtMillis, failure, page, total, counts } = backfill;
  return {
    ...{ type: 'archive-backfill', id: String(id) },
    attributes: {
      ...{ state, requestedBy, requestedAt: toIso(requestedAtMillis) },
      ...(endedAtMillis === undefined ? {} : { endedAt: toIso(endedAtMillis) }),
      ...(failure === undefined ? {} : { failure }),
      pages: page - 1,
      ...(total === undefined ? {} : { total }),
      progress: counts,
    },
    links: { self: `${publicUrl}/v1/archive/backfills/${id}` },
  };
};

export const toBackfillDocument = (backfill: Backfill, publicUrl: string) => ({
  data: toResource(backfill, publicUrl),
});
export const toBackfillsDocument = (backfills: readonly Backfill[], publicUrl: string) => ({
  data: backfills.map((backfill) => toResource(backfill, publicUrl)),
});
