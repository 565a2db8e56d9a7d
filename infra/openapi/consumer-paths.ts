/** /v1/consumers and /v1/me. */
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { facadeErrorsOf } from './error-responses.ts';
import type { Json } from './native-api.ts';

export const consumerTag: Json = {
  name: 'consumers',
  description: 'Who may call, with which keys and rights, and who one is. For administrators, but for `/v1/me`.',
};

const headers: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
const etag: Json = { ETag: { description: 'Version of the record, for If-Match.', schema: { type: 'string' } } };

const contentOf = (schema: string): Json => ({
  [jsonApiMediaType]: { schema: { $ref: `#/components/schemas/${schema}` } },
});

const documentAnswer = (description: string, schema = 'AnyJson', more: Json = {}): Json => ({
  description,
  headers: { ...headers, ...more },
  content: contentOf(schema),
});

const inPath = (name: string, description: string): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
const consumerId = inPath('consumerId', 'Id of the consumer.');
const keyId = inPath('keyId', 'Id of the key; no part of its secret.');

const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of the consumer as it was read: refused with 412 when it was changed meanwhile.',
  schema: { type: 'string' },
};

const pageParameters: readonly Json[] = [
  {
    name: 'page[limit]',
    in: 'query',
    description: 'Consumers in one page.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
  {
    name: 'page[after]',
    in: 'query',
    description: 'Where the page begins; `links.next` of the page before has it.',
    schema: { type: 'string' },
  },
];

const operation = (scope: string, parts: Json): Json => ({ tags: ['consumers'], 'x-facade-scope': scope, ...parts });

const bodyOf = (schema: string, example: Json, required = true): Json => ({
  required,
  content: { [jsonApiMediaType]: { schema: { $ref: `#/components/schemas/${schema}` }, example } },
});

const listConsumers = operation('consumers:read', {
  operationId: 'listConsumers',
  summary: 'Consumers in the order of their ids',
  parameters: pageParameters,
  responses: {
    '200': documentAnswer('One page of consumers.'),
    ...facadeErrorsOf([400, 401, 403, 429, 500, 502, 503, 504]),
  },
});

const createConsumer = operation('consumers:write', {
  operationId: 'createConsumer',
  summary: 'Register a consumer',
  description: 'It has no key yet. Nobody gives scopes that they do not hold themselves.',
  requestBody: bodyOf('NewConsumer', {
    data: {
      type: 'consumer',
      id: 'lab-dashboard',
      attributes: {
        scopes: ['*:read'],
        contact: 'lab-it@example.com',
        quota: { priority: 'interactive', weight: 1, caps: [{ units: 300, windowSeconds: 60 }] },
      },
    },
  }),
  responses: {
    '201': documentAnswer('The consumer.', 'AnyJson', {
      ...etag,
      Location: { description: 'The consumer.', schema: { type: 'string', format: 'uri' } },
    }),
    ...facadeErrorsOf([400, 401, 403, 409, 413, 415, 429, 500, 502, 503, 504]),
  },
});

const readConsumer = operation('consumers:read', {
  operationId: 'readConsumer',
  summary: 'One consumer',
  parameters: [consumerId],
  responses: {
    '200': documentAnswer('The consumer.', 'AnyJson', etag),
    ...facadeErrorsOf([401, 403, 404, 429, 500, 502, 503, 504]),
  },
});

const changeConsumer = operation('consumers:write', {
  operationId: 'changeConsumer',
  summary: 'Change scopes, state, quota or other attributes',
  description:
    'What is left out stays; null takes the default again. Every instance acts by it after 30 seconds at the latest.',
  parameters: [consumerId, ifMatch],
  requestBody: bodyOf('ConsumerChange', { data: { type: 'consumer', attributes: { state: 'suspended' } } }),
  responses: {
    '200': documentAnswer('The consumer as it is now.', 'AnyJson', etag),
    ...facadeErrorsOf([400, 401, 403, 404, 409, 412, 413, 415, 429, 500, 502, 503, 504]),
  },
});

const deleteConsumer = operation('consumers:write', {
  operationId: 'deleteConsumer',
  summary: 'Remove a consumer and its keys',
  parameters: [consumerId, ifMatch],
  responses: {
    '204': { description: 'Removed.', headers },
    ...facadeErrorsOf([400, 401, 403, 404, 409, 412, 429, 500, 502, 503, 504]),
  },
});

const listKeys = operation('consumers:read', {
  operationId: 'listConsumerKeys',
  summary: 'Keys of a consumer, without their secrets',
  parameters: [consumerId],
  responses: {
    '200': documentAnswer('At most two working keys.'),
    ...facadeErrorsOf([401, 403, 404, 429, 500, 502, 503, 504]),
  },
});

const createKey = operation('consumers:write', {
  operationId: 'createConsumerKey',
  summary: 'Make a key',
  description:
    'The answer shows the key, and nothing will again. A consumer has two working keys at most: make the second, move the application over, revoke the first.',
  parameters: [consumerId],
  requestBody: bodyOf(
    'NewConsumerKey',
    { data: { type: 'consumer-key', attributes: { expiresAt: '2027-01-01T00:00:00Z' } } },
    false,
  ),
  responses: {
    '201': documentAnswer('The key, in `data.attributes.key`.'),
    ...facadeErrorsOf([400, 401, 403, 404, 409, 412, 413, 415, 429, 500, 502, 503, 504]),
  },
});

const revokeKey = operation('consumers:write', {
  operationId: 'revokeConsumerKey',
  summary: 'Revoke a key',
  description: 'No instance takes it any longer than 30 seconds after this.',
  parameters: [consumerId, keyId],
  responses: {
    '204': { description: 'Revoked.', headers },
    ...facadeErrorsOf([401, 403, 404, 409, 412, 429, 500, 502, 503, 504]),
  },
});

const readMe: Json = {
  operationId: 'readMe',
  tags: ['consumers'],
  summary: 'Who the facade takes you for, and what you may do',
  responses: {
    '200': documentAnswer('Your own record.'),
    ...facadeErrorsOf([400, 401, 403, 429, 500, 502, 503, 504]),
  },
};

export const consumerPaths: Readonly<Record<string, Json>> = {
  '/v1/me': { get: readMe },
  '/v1/consumers': { get: listConsumers, post: createConsumer },
  '/v1/consumers/{consumerId}': { get: readConsumer, patch: changeConsumer, delete: deleteConsumer },
  '/v1/consumers/{consumerId}/keys': { get: listKeys, post: createKey },
  '/v1/consumers/{consumerId}/keys/{keyId}': { delete: revokeKey },
};
