/** The routes of /v1/archive/holds: legal holds on the archived versions of experiments. */
import * as z from 'zod';
import { route } from '../../routes/route.ts';
import { HoldDocument, HoldRelease, HoldsDocument, NewHold } from './hold-document.ts';

const capability = 'archive';
const all = '/v1/archive/holds';
const one = '/v1/archive/holds/{holdId}';
const parameters = z.object({ holdId: z.string().max(260).describe('Id of the hold.') });

const listHolds = route({
  ...{ id: 'listHolds', method: 'GET', path: all, capability, scope: 'archive-holds:read', fresh: true },
  summary: 'Legal holds, those that were released included',
  description: 'In the order of the ids of experiments. A page has the holds of up to 100 experiments.',
  query: z.strictObject({
    'filter[entity]': z.string().min(1).max(250).optional().describe('Id of an experiment.'),
    'page[cursor]': z.string().min(1).max(250).optional().describe('From `links.next`.'),
  }),
  answers: { 200: HoldsDocument, 503: 'ARCHIVE_UNAVAILABLE' },
});

const readHold = route({
  ...{ id: 'readHold', method: 'GET', path: one, capability, scope: 'archive-holds:read', fresh: true },
  summary: 'One legal hold',
  parameters,
  answers: { 200: HoldDocument, 404: 'HOLD_UNKNOWN', 503: 'ARCHIVE_UNAVAILABLE' },
});

const placeHold = route({
  ...{ id: 'placeHold', method: 'POST', path: all, capability, scope: 'archive-holds:write', fresh: true },
  summary: 'Hold the archived versions of an experiment',
  description:
    'S3 then refuses to delete the PDFs and manifests of all its archived versions, also when their lock has ended, until the last hold of the experiment is released. Versions that are archived later are held, too. `isApplied` is true when S3 has the hold, within about five minutes.',
  body: NewHold,
  examples: [
    {
      summary: 'A hold for a dispute',
      value: {
        data: {
          type: 'hold',
          attributes: { entity: 'experiment:00000000-0000-4000-a000-000000000003', reason: 'Patent dispute 2026-17' },
        },
      },
    },
  ],
  audit: 'holds.place',
  idempotency: 'keep',
  answers: { 201: HoldDocument, 422: 'HOLD_REFUSED', 503: 'ARCHIVE_UNAVAILABLE' },
});

const releaseHold = route({
  ...{
    id: 'releaseHold',
    method: 'POST',
    path: `${one}/release`,
    capability,
    scope: 'archive-holds:write',
    fresh: true,
  },
  summary: 'Release a legal hold',
  description:
    'The record stays. The objects of the experiment stay held while it has another hold, and locked until their locks end.',
  parameters,
  body: HoldRelease,
  audit: 'holds.release',
  idempotency: 'keep',
  answers: { 200: HoldDocument, 404: 'HOLD_UNKNOWN', 409: 'HOLD_RELEASED', 503: 'ARCHIVE_UNAVAILABLE' },
  examples: [
    {
      summary: 'After the dispute',
      value: { data: { type: 'hold-release', attributes: { reason: 'Settled on 2026-11-20' } } },
    },
  ],
});

export const holdRoutes = [listHolds, readHold, placeHold, releaseHold] as const;
