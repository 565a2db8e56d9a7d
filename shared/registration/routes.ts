/** The routes of /v1/samples: whether samples are in the outside system as they are now. */
import * as z from 'zod';
import { pageSize } from '../http/page-size.ts';
import { route } from '../routes/route.ts';
import { tenantErrors } from '../tenant-calls/tenant-errors.ts';
import { digestForm } from './registration.ts';
import { NewRegistration, RegistrationDocument, RegistrationsDocument } from './registration-document.ts';

const capability = 'samples';
const reading = { capability, method: 'GET', scope: 'entities:read' } as const;
const one = '/v1/samples/{sampleId}/registration';

/** The tenant writes ids in lower case. One sample has one record, however its id is spelled. */
const sampleId = z
  .string()
  .regex(/^(sample:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be sample: and a UUID, or the UUID alone')
  .transform((id) => `sample:${id.toLowerCase().slice(-36)}`)
  .describe('Id of the sample: `sample:` and a UUID, or the UUID alone.');
const parameters = z.object({ sampleId });

/** Of the digest, in quotes. `*` would mark a state that nobody has registered. */
const ifMatch = z.object({
  'If-Match': z
    .string()
    .trim()
    .regex(new RegExp(`^"${digestForm}"$`), 'must be the digest that you have registered, in quotes')
    .transform((tag) => tag.slice(1, -1))
    .describe('The digest of the sample as you have registered it, in quotes: the ETag of its registration.'),
});

const answerHeaders = { ETag: 'The digest of the sample, for If-Match.' };
const errors = {
  ...tenantErrors,
  404: 'SAMPLE_UNKNOWN',
  503: [...tenantErrors[503], 'REGISTRATIONS_UNAVAILABLE'],
} as const;

const readSampleRegistration = route({
  ...reading,
  id: 'readSampleRegistration',
  path: one,
  summary: 'Whether the outside system has the sample as it is now',
  description: 'One call to the tenant, never from the cache.',
  parameters,
  answers: { 200: RegistrationDocument, ...errors },
  answerHeaders,
  callsTenant: true,
});

const markSampleRegistered = route({
  capability,
  id: 'markSampleRegistered',
  method: 'POST',
  path: one,
  scope: 'entities:write',
  summary: 'Mark a sample as registered',
  description:
    'Send the digest that you have registered in `If-Match`. If the sample has another one, the answer is 412 and it is not in sync. You need the scope `entities:read` too. Four calls to the tenant; two if it is marked already. The same request may be repeated. What a mark says replaces what the last one said.',
  parameters,
  headers: ifMatch,
  body: NewRegistration.optional(),
  examples: [
    {
      summary: 'With the id in the outside system',
      parameters: { sampleId: 'sample:00000000-0000-4000-a000-000000000007' },
      value: { data: { type: 'sample-registration', attributes: { externalId: 'LIMS-20417', note: 'Shelf 3' } } },
    },
  ],
  audit: 'samples.mark-registered',
  answers: { 200: RegistrationDocument, ...errors, 409: 'SAMPLE_BUSY', 412: 'SAMPLE_CHANGED' },
  answerHeaders,
  callsTenant: true,
});

const listSampleRegistrations = route({
  ...reading,
  id: 'listSampleRegistrations',
  path: '/v1/samples',
  summary: 'Drifted samples, the longest known drift first',
  description:
    'From the records of the facade, without a call to the tenant: samples that were marked through the facade, and those whose registration was read through it. `checkedAt` says of when each state is. Only for callers that may act as the service account, whose rights the records have.',
  query: z.strictObject({
    registration: z.literal('drifted').describe('The state that is listed.'),
    'page[limit]': pageSize(20, 100).describe('Samples on a page.'),
    'page[cursor]': z
      .string()
      .regex(/^\d{15}#sample:[0-9a-f-]{36}$/, 'must be from `links.next`')
      .optional()
      .describe('From `links.next`.'),
  }),
  answers: {
    200: RegistrationsDocument,
    403: ['SCOPE_MISSING', 'REGISTRATIONS_HIDDEN'],
    503: 'REGISTRATIONS_UNAVAILABLE',
  },
});

export const registrationRoutes = [listSampleRegistrations, readSampleRegistration, markSampleRegistered] as const;
