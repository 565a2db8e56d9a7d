/** /v1/credentials, for operators. */
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { facadeErrorsOf } from './error-responses.ts';
import type { Json } from './native-api.ts';

export const credentialTag: Json = {
  name: 'credentials',
  description: 'The API keys that the facade calls the tenant with. For operators. No answer holds a secret.',
};

const headers: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

const content = (schema: string, example?: Json): Json => ({
  [jsonApiMediaType]: {
    schema: { $ref: `#/components/schemas/${schema}` },
    ...(example === undefined ? {} : { example }),
  },
});

const answer = (description: string, schema: string): Json => ({ description, headers, content: content(schema) });

const credentialId: Json = {
  name: 'credentialId',
  in: 'path',
  required: true,
  description: 'Id of the credential.',
  schema: { type: 'string' },
};

const example = (attributes: Json): Json => ({ data: { type: 'credential', attributes } });

const listCredentials: Json = {
  operationId: 'listCredentials',
  tags: ['credentials'],
  summary: 'The keys of the pool, with state, owner, last use and cooldown',
  'x-facade-scope': 'credentials:read',
  responses: {
    '200': answer('The pool.', 'CredentialsDocument'),
    ...facadeErrorsOf([401, 403, 429, 500, 502, 504]),
  },
};

const addCredential: Json = {
  operationId: 'addCredential',
  tags: ['credentials'],
  summary: 'Add a key',
  description:
    'The newest active key of an owner is the one that is used, by every instance within 5 minutes. One that the tenant refuses is put aside, and the next is used within the same request. Before it is stored, one call asks the tenant whose key it is; when the tenant cannot be asked, `accountId` stays away.',
  'x-facade-scope': 'credentials:write',
  requestBody: {
    required: true,
    content: content('NewCredential', example({ owner: 'svc-eln', secret: '<API key>' })),
  },
  responses: {
    '201': answer('The key, without its secret.', 'CredentialDocument'),
    ...facadeErrorsOf([400, 401, 403, 409, 413, 415, 422, 429, 500, 502, 504]),
  },
};

const changeCredential: Json = {
  operationId: 'changeCredential',
  tags: ['credentials'],
  summary: 'Retire, disable or enable a key, or rank its owner',
  description: 'Every instance follows within 5 minutes, or within an hour while the table cannot be read.',
  'x-facade-scope': 'credentials:write',
  parameters: [credentialId],
  requestBody: { required: true, content: content('CredentialChange', example({ state: 'retiring' })) },
  responses: {
    '200': answer('The key as it is now.', 'CredentialDocument'),
    ...facadeErrorsOf([400, 401, 403, 404, 413, 415, 429, 500, 502, 504]),
  },
};

const removeCredential: Json = {
  operationId: 'removeCredential',
  tags: ['credentials'],
  summary: 'Remove a key that is retiring or disabled',
  'x-facade-scope': 'credentials:write',
  parameters: [credentialId],
  responses: {
    '204': { description: 'Removed.', headers },
    ...facadeErrorsOf([401, 403, 404, 409, 429, 500, 502, 504]),
  },
};

export const credentialPaths: Readonly<Record<string, Json>> = {
  '/v1/credentials': { get: listCredentials, post: addCredential },
  '/v1/credentials/{credentialId}': { patch: changeCredential, delete: removeCredential },
};
