/** The routes of /v1/archive: the PDFs of closed experiments. */
import * as z from 'zod';
import { instantParameter } from '../http/instant-parameter.ts';
import { pageSize } from '../http/page-size.ts';
import { content, route } from '../routes/route.ts';
import { ArchiveDocument, ArchiveEntryDocument } from './archive-document.ts';
import { VerificationDocument } from './verification/verification-document.ts';

const reading = { capability: 'archive', method: 'GET', scope: 'archive:read' } as const;
const one = '/v1/archive/{archiveId}';
const parameters = z.object({ archiveId: z.string().max(100).describe('Id of the entry.') });
/** A caller that acts as a person is asked for at the tenant. */
const unavailable = [
  'ARCHIVE_UNAVAILABLE',
  'CREDENTIAL_UNAVAILABLE',
  'CREDENTIAL_STORE_UNAVAILABLE',
  'KEY_SERVICE_UNAVAILABLE',
  'TOKENS_UNAVAILABLE',
] as const;
const refusals = { 403: ['SCOPE_MISSING', 'USER_TOKEN_NEEDED'], 503: [...unavailable] } as const;
const absent = { ...refusals, 404: 'ARCHIVE_UNKNOWN' } as const;
const people =
  'A call that acts as a person gets only entries of experiments that this person can read in the tenant now.';
const filter = z.string().min(1).max(250);

const listArchive = route({
  ...reading,
  id: 'listArchive',
  path: '/v1/archive',
  summary: 'PDFs of closed experiments',
  description: `The newest first, or in the order of their ids with \`filter[after]\`. ${people} A page may hold fewer entries than asked for, or none, and still have a \`links.next\`.`,
  query: z.strictObject({
    'filter[entity]': filter.optional().describe('Id of an experiment.'),
    'filter[notebook]': filter.optional().describe('Id of a notebook, such as `journal:<uuid>`.'),
    'filter[closedBy]': filter.optional().describe('Id of the person who closed the experiment.'),
    'filter[from]': instantParameter.optional().describe('Archived at this instant or later.'),
    'filter[until]': instantParameter.optional().describe('Archived before this instant.'),
    'filter[after]': z
      .string()
      .regex(/^\d{1,12}$/, 'must be the id of an entry, or 0')
      .transform(Number)
      .optional()
      .describe(
        'Entries with higher ids than this one, the lowest first; 0 = from the first. An entry never appears below one that was listed so, so whoever asks again after the last id misses none.',
      ),
    'page[limit]': pageSize(50, 100).describe('Entries on a page.'),
    'page[cursor]': z
      .string()
      .regex(/^\d{4}-[\d:T.-]{18,24}Z#\d{12}$/, 'must come from `links.next`')
      .optional()
      .describe('From `links.next`.'),
  }),
  answers: { 200: ArchiveDocument, ...refusals },
});

const readArchiveEntry = route({
  ...reading,
  id: 'readArchiveEntry',
  path: one,
  summary: 'One entry of the archive',
  description: people,
  parameters,
  answers: { 200: ArchiveEntryDocument, ...absent },
});

const readArchiveContent = route({
  ...reading,
  id: 'readArchiveContent',
  path: `${one}/content`,
  summary: 'The PDF of an entry',
  description: `Streamed, or one range of it. With \`Prefer: redirect\` the answer is a redirect (303) to a URL in S3, which needs no key and is valid for five minutes. So is that for a PDF of more than 200 MB; a longer range is answered with its first 200 MB. ${people}`,
  parameters,
  headers: z.object({
    Range: z.string().max(200).optional().describe('One range of bytes; several are answered with the whole file.'),
    Prefer: z.string().max(200).optional().describe('`redirect` = a URL in S3 instead of the bytes.'),
  }),
  answers: {
    200: content('application/pdf', 'The PDF.'),
    206: content('application/pdf', 'The range of the PDF.'),
    303: content('application/pdf', 'The URL is in `Location`.'),
    416: 'RANGE_UNSATISFIABLE',
    429: 'TOO_MANY_LARGE_ANSWERS',
    ...absent,
    503: [...unavailable, 'LARGE_ANSWERS_UNAVAILABLE'],
  },
  answerHeaders: { 'Content-Disposition': 'With a name for the file.' },
});

const readArchiveVerification = route({
  id: 'readArchiveVerification',
  method: 'GET',
  path: '/v1/archive/verification',
  capability: 'archive',
  scope: 'archive-admin:read',
  fresh: true,
  summary: 'What the daily verification of the archive has found',
  description:
    'A round begins once a day. It checks all signed heads, the whole catalogue and a listing of the whole bucket, and reads a part of the PDFs. A fault is open until a later round no longer finds it.',
  answers: { 200: VerificationDocument, 503: 'ARCHIVE_UNAVAILABLE' },
});

export const archiveRoutes = [listArchive, readArchiveVerification, readArchiveEntry, readArchiveContent] as const;
