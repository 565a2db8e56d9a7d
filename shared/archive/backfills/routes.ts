/** The routes of /v1/archive/backfills. */
import * as z from 'zod';
import { route } from '../../routes/route.ts';
import { BackfillChange, BackfillDocument, BackfillsDocument } from './backfill-document.ts';

const capability = 'archive';
const all = '/v1/archive/backfills';
const one = '/v1/archive/backfills/{backfillId}';
const parameters = z.object({ backfillId: z.string().max(100).describe('Id of the backfill.') });

const createBackfill = route({
  ...{ id: 'createBackfill', method: 'POST', path: all, capability, scope: 'archive-admin:write', fresh: true },
  summary: 'Archive all closed experiments that the archive lacks',
  description:
    'They are found by search. It begins within five minutes, works as background, and skips versions that the archive has. One backfill is open at a time.',
  audit: 'archive.backfill',
  answers: { 202: BackfillDocument, 409: 'BACKFILL_OPEN', 503: 'ARCHIVE_UNAVAILABLE' },
});

const listBackfills = route({
  ...{ id: 'listBackfills', method: 'GET', path: all, capability, scope: 'archive-admin:read', fresh: true },
  summary: 'Backfills, the newest first',
  description: 'The last 100.',
  answers: { 200: BackfillsDocument, 503: 'ARCHIVE_UNAVAILABLE' },
});

const readBackfill = route({
  ...{ id: 'readBackfill', method: 'GET', path: one, capability, scope: 'archive-admin:read', fresh: true },
  summary: 'How a backfill stands',
  parameters,
  answers: { 200: BackfillDocument, 404: 'BACKFILL_UNKNOWN', 503: 'ARCHIVE_UNAVAILABLE' },
});

const changeBackfill = route({
  ...{ id: 'changeBackfill', method: 'PATCH', path: one, capability, scope: 'archive-admin:write', fresh: true },
  summary: 'Pause a backfill, go on with it, or end it',
  description: 'The page of 50 experiments that is at work goes on to its end.',
  parameters,
  body: BackfillChange,
  examples: [
    {
      summary: 'Pause it',
      parameters: { backfillId: '1' },
      value: { data: { type: 'archive-backfill', id: '1', attributes: { state: 'paused' } } },
    },
  ],
  audit: 'archive.backfill.change',
  answers: {
    200: BackfillDocument,
    404: 'BACKFILL_UNKNOWN',
    409: 'BACKFILL_OVER',
    503: 'ARCHIVE_UNAVAILABLE',
  },
});

export const backfillRoutes = [createBackfill, listBackfills, readBackfill, changeBackfill] as const;
