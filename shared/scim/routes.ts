/** The routes of /v1/scim: the tenant's own SCIM 2.0, under the facade's version. The native operation decides on the scope. */
import { nativeAnswer, route } from '../routes/route.ts';
import { callErrors } from '../tenant-calls/tenant-errors.ts';

const common = {
  capability: 'entities',
  scope: 'any-consumer',
  path: '/v1/scim/{proxy+}',
  passesQuery: true,
  answers: { 200: nativeAnswer, ...callErrors, 429: ['TOO_MANY_REQUESTS', 'TOO_MANY_LARGE_ANSWERS'] },
} as const;
const withBody = { ...common, bodyMediaType: 'application/scim+json', mostBodyBytes: 1_048_576 } as const;

const readScim = route({
  ...common,
  id: 'readScim',
  method: 'GET',
  summary: 'Users, groups, and what SCIM the tenant speaks',
  description:
    'Such as `/v1/scim/Users?filter=userName eq "a@example.com"`, `/v1/scim/Groups`, `/v1/scim/ServiceProviderConfig`, `/v1/scim/Schemas`. The same document as natively below `/scim/v2`, with its scope and through the cache.',
});

const createScim = route({
  ...withBody,
  id: 'createScim',
  method: 'POST',
  summary: 'Create a user or a group',
  idempotency: 'keep',
  description: '`/v1/scim/Users` and `/v1/scim/Groups`; `/v1/scim/Bulk` for several operations at once.',
});

const replaceScim = route({ ...withBody, id: 'replaceScim', method: 'PUT', summary: 'Overwrite a user or a group' });
const changeScim = route({ ...withBody, id: 'changeScim', method: 'PATCH', summary: 'Change a user or a group' });
const deleteScim = route({ ...common, id: 'deleteScim', method: 'DELETE', summary: 'Delete a user or a group' });

export const scimRoutes = [readScim, createScim, replaceScim, changeScim, deleteScim] as const;
