/** The routes of /v1/credentials: the API keys with which the facade calls the tenant. No answer contains a secret. */
import * as z from 'zod';
import { nothing, route } from '../routes/route.ts';
import { CredentialChange, CredentialDocument, CredentialsDocument, NewCredential } from './key-document.ts';

const capability = 'credentials';
const writing = { capability, scope: 'credentials:write', fresh: true } as const;
const one = '/v1/credentials/{credentialId}';
const parameters = z.object({ credentialId: z.string().describe('Id of the credential.') });

const listCredentials = route({
  id: 'listCredentials',
  method: 'GET',
  path: '/v1/credentials',
  capability,
  scope: 'credentials:read',
  fresh: true,
  summary: 'The keys of the pool, with state, owner, last use and cooldown',
  answers: { 200: CredentialsDocument, 503: 'CREDENTIAL_STORE_UNAVAILABLE' },
});

const addCredential = route({
  ...writing,
  id: 'addCredential',
  method: 'POST',
  path: '/v1/credentials',
  summary: 'Add a key',
  description:
    'The newest active key of an owner is the one that is used, by every instance within 5 minutes. One that the tenant refuses is put aside, and the next is used within the same request. Before it is stored, one call asks the tenant whose key it is; when the tenant cannot be asked, `accountId` stays away.',
  body: NewCredential,
  examples: [
    {
      summary: 'A key of a service account',
      value: { data: { type: 'credential', attributes: { owner: 'svc-eln', secret: '<API-key>' } } },
    },
  ],
  audit: 'credentials.add',
  answers: {
    201: CredentialDocument,
    409: ['CREDENTIAL_KNOWN', 'CREDENTIAL_MISMATCH', 'CREDENTIAL_POOL_FULL'],
    422: 'CREDENTIAL_REFUSED',
    503: ['CREDENTIAL_STORE_UNAVAILABLE', 'KEY_SERVICE_UNAVAILABLE'],
  },
});

const changeCredential = route({
  ...writing,
  id: 'changeCredential',
  method: 'PATCH',
  path: one,
  summary: 'Retire, disable or enable a key, or rank its owner',
  description: 'Every instance follows within 5 minutes, or within an hour while the table cannot be read.',
  parameters,
  body: CredentialChange,
  examples: [
    {
      summary: 'Use it only while no other key of its owner is usable',
      value: { data: { type: 'credential', attributes: { state: 'retiring' } } },
    },
  ],
  audit: 'credentials.change',
  answers: { 200: CredentialDocument, 404: 'CREDENTIAL_UNKNOWN', 503: 'CREDENTIAL_STORE_UNAVAILABLE' },
});

const removeCredential = route({
  ...writing,
  id: 'removeCredential',
  method: 'DELETE',
  path: one,
  summary: 'Remove a key that is retiring or disabled',
  parameters,
  audit: 'credentials.remove',
  answers: {
    204: nothing,
    404: 'CREDENTIAL_UNKNOWN',
    409: 'CREDENTIAL_IN_USE',
    503: 'CREDENTIAL_STORE_UNAVAILABLE',
  },
});

export const credentialRoutes = [listCredentials, addCredential, changeCredential, removeCredential] as const;
