/** Holds in the documents of /v1/archive/holds. */
import * as z from 'zod';
import { toIso } from '../../time/iso.ts';
import { holdIdOf, longestReason } from './hold-record.ts';
import type { NumberedHold } from './holds.ts';

const instant = z.iso.datetime();
const reason = z.string().trim().min(1).max(longestReason);

const HoldResource = z
  .strictObject({
    type: z.literal('hold'),
    id: z.string(),
    attributes: z.strictObject({
      entity: z.string().describe('Id of the experiment.'),
      state: z.enum(['held', 'released']),
      reason: z.string(),
      placedBy: z.string().describe('Id of a consumer, or `operator`.'),
      placedAt: instant,
      releasedBy: z.string().optional(),
      releasedAt: instant.optional(),
      releaseReason: z.string().optional(),
      isApplied: z
        .boolean()
        .describe(
          'Whether every archived object of the experiment is as its holds ask for; false for some minutes at most.',
        ),
    }),
    links: z.strictObject({ self: z.string() }),
  })
  .meta({ id: 'Hold' });

export const HoldDocument = z.strictObject({ data: HoldResource }).meta({ id: 'HoldDocument' });
export const HoldsDocument = z
  .strictObject({ data: z.array(HoldResource), links: z.strictObject({ next: z.string().optional() }) })
  .meta({ id: 'HoldsDocument' });

export const NewHold = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('hold'),
      attributes: z.strictObject({
        entity: z.string().min(1).max(250).describe('Id of an experiment.'),
        reason: reason.describe('Why its records must be kept. It is stored, and shown to whoever may read holds.'),
      }),
    }),
  })
  .meta({ id: 'NewHold' });

export const HoldRelease = z
  .strictObject({
    data: z.strictObject({ type: z.literal('hold-release'), attributes: z.strictObject({ reason }) }),
  })
  .meta({ id: 'HoldRelease' });

const toResource = (hold: NumberedHold, publicUrl: string): z.input<typeof HoldResource> => {
  const { eid, number, reason: why, placedBy, placedAtMillis, released, isApplied } = hold;
  const id = holdIdOf(eid, number);
  return {
    ...{ type: 'hold', id },
    attributes: {
      ...{ entity: eid, state: released ? 'released' : 'held', reason: why, placedBy },
      placedAt: toIso(placedAtMillis),
      ...(released
        ? { releasedBy: released.by, releasedAt: toIso(released.atMillis), releaseReason: released.reason }
        : {}),
      isApplied,
    },
    links: { self: `${publicUrl}/v1/archive/holds/${encodeURIComponent(id)}` },
  };
};

export const toHoldDocument = (hold: NumberedHold, publicUrl: string) => ({ data: toResource(hold, publicUrl) });
export const toHoldsDocument = (holds: readonly NumberedHold[], publicUrl: string, next: string | undefined) => ({
  data: holds.map((hold) => toResource(hold, publicUrl)),
  links: next === undefined ? {} : { next },
});
