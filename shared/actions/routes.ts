/** The pages that the tenant opens in a dialog. It sends no authentication, so nobody needs a key, and no application calls them. */
import * as z from 'zod';
import { content, route } from '../routes/route.ts';

const common = { capability: 'actions', scope: 'everybody' } as const;
const page = content('text/html', 'A page.');
const refusal = content('text/html', 'Why not, in plain words.');

/** What the tenant sends of an entity. Only its id is read. */
const ActionEntity = z
  .looseObject({ data: z.looseObject({ id: z.string() }) })
  .meta({ id: 'ActionEntity', description: 'An entity as the tenant gives it to an external action.' });

/** An entity each has a kilobyte or two. */
const mostBodyBytes = 262_144;

const showSigningCheck = route({
  ...common,
  id: 'showSigningCheck',
  method: 'GET',
  path: '/actions/signing-check',
  summary: 'A page that lets signing go on or stops it',
  query: z.strictObject({
    __eid: z
      .string()
      .optional()
      .meta({ description: 'Of the entity that is to be signed.', param: { required: true } }),
  }),
  // Whatever the tenant adds.
  passesQuery: true,
  answers: { 200: page, 400: refusal },
});

const postSigningCheck = route({
  ...common,
  id: 'postSigningCheck',
  method: 'POST',
  path: '/actions/signing-check',
  summary: 'The same for an entity in the body, or several',
  body: z.union([ActionEntity, z.array(ActionEntity)]),
  // Also JSON in a field of a form.
  bodyMediaType: 'application/vnd.api+json',
  mostBodyBytes,
  passesQuery: true,
  answers: { 200: page, 400: refusal, 413: refusal, 415: refusal },
});

const showRegisterSample = route({
  ...common,
  id: 'showRegisterSample',
  method: 'GET',
  path: '/actions/register-sample',
  summary: 'A page whose button registers a sample as the person who presses it',
  query: z.strictObject({
    __eid: z
      .string()
      .optional()
      .meta({ description: 'Of the sample; `sampleId` means the same.', param: { required: true } }),
  }),
  passesQuery: true,
  answers: { 200: page, 400: refusal },
});

const postRegisterSample = route({
  ...common,
  id: 'postRegisterSample',
  method: 'POST',
  path: '/actions/register-sample',
  summary: 'The same for a sample in the body',
  body: z.union([ActionEntity, z.array(ActionEntity)]),
  bodyMediaType: 'application/vnd.api+json',
  mostBodyBytes,
  passesQuery: true,
  answers: { 200: page, 400: refusal, 413: refusal, 415: refusal },
});

export const actionRoutes = [showSigningCheck, postSigningCheck, showRegisterSample, postRegisterSample] as const;
