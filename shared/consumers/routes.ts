/** The routes of /v1/consumers and /v1/me: consumers, their keys and scopes, and the calling consumer. */
import * as z from 'zod';
import { ConsumerId } from '../exchange/consumer.ts';
import { pageSize } from '../http/page-size.ts';
import { etag, ifMatch } from '../routes/if-match.ts';
import { nothing, route } from '../routes/route.ts';
import { ConsumerChange, NewConsumer, NewKey } from './admin-document.ts';
import {
  CallerDocument,
  ConsumerDocument,
  ConsumerKeysDocument,
  ConsumersDocument,
  NewConsumerKeyDocument,
} from './answers.ts';

const capability = 'consumers';
const reading = { capability, method: 'GET', scope: 'consumers:read', fresh: true } as const;
const writing = { capability, scope: 'consumers:write', fresh: true } as const;

const all = '/v1/consumers';
const one = '/v1/consumers/{consumerId}';
const keys = '/v1/consumers/{consumerId}/keys';

const consumerId = z.string().describe('Id of the consumer.');
const Id = z.object({ consumerId });

const headers = ifMatch('consumer');

const readMe = route({
  id: 'readMe',
  method: 'GET',
  path: '/v1/me',
  capability,
  scope: 'any-consumer',
  summary: 'Who the facade takes you for, and what you may do',
  answers: { 200: CallerDocument },
});

const listConsumers = route({
  ...reading,
  id: 'listConsumers',
  path: all,
  summary: 'Consumers in the order of their ids',
  query: z.strictObject({
    'page[limit]': pageSize(20, 100).describe('Consumers in one page.'),
    'page[after]': ConsumerId.optional().describe('Where the page begins; `links.next` of the page before has it.'),
  }),
  answers: { 200: ConsumersDocument },
});

const createConsumer = route({
  ...writing,
  id: 'createConsumer',
  method: 'POST',
  path: all,
  summary: 'Register a consumer',
  description: 'It has no key yet. Nobody gives scopes that they do not hold themselves.',
  body: NewConsumer,
  examples: [
    {
      summary: 'A dashboard that reads',
      value: {
        data: {
          type: 'consumer',
          id: 'lab-dashboard',
          attributes: {
            scopes: ['*:read'],
            contact: 'lab-it@example.com',
            displayName: 'Lab dashboard',
            quota: { priority: 'interactive', weight: 1, caps: [{ units: 300, windowSeconds: 60 }] },
          },
        },
      },
    },
  ],
  audit: 'consumers.create',
  idempotency: 'keep',
  answers: { 201: ConsumerDocument, 403: 'GRANT_REFUSED', 409: 'CONSUMER_EXISTS' },
  answerHeaders: { ...etag, Location: 'The consumer.' },
});

const readConsumer = route({
  ...reading,
  id: 'readConsumer',
  path: one,
  summary: 'One consumer',
  parameters: Id,
  answers: { 200: ConsumerDocument, 404: 'CONSUMER_ABSENT' },
  answerHeaders: etag,
});

const changeConsumer = route({
  ...writing,
  id: 'changeConsumer',
  method: 'PATCH',
  path: one,
  summary: 'Change scopes, state, quota or other attributes',
  description:
    'What is left out stays; null takes the default again. Every instance acts by it after 30 seconds at the latest.',
  parameters: Id,
  headers,
  body: ConsumerChange,
  examples: [
    {
      summary: 'Refuse its calls',
      parameters: { consumerId: 'lab-dashboard' },
      value: { data: { type: 'consumer', attributes: { state: 'suspended' } } },
    },
  ],
  audit: 'consumers.change',
  answers: {
    200: ConsumerDocument,
    403: 'GRANT_REFUSED',
    404: 'CONSUMER_ABSENT',
    409: ['CONSUMER_EXISTS', 'LAST_ADMIN'],
    412: 'CONSUMER_CHANGED',
  },
  answerHeaders: etag,
});

const deleteConsumer = route({
  ...writing,
  id: 'deleteConsumer',
  method: 'DELETE',
  path: one,
  summary: 'Remove a consumer and its keys',
  parameters: Id,
  headers,
  audit: 'consumers.remove',
  answers: { 204: nothing, 404: 'CONSUMER_ABSENT', 409: 'LAST_ADMIN', 412: 'CONSUMER_CHANGED' },
});

const listConsumerKeys = route({
  ...reading,
  id: 'listConsumerKeys',
  path: keys,
  summary: 'Keys of a consumer, without their secrets',
  parameters: Id,
  answers: { 200: ConsumerKeysDocument, 404: 'CONSUMER_ABSENT' },
});

const createConsumerKey = route({
  ...writing,
  id: 'createConsumerKey',
  method: 'POST',
  path: keys,
  summary: 'Make a key',
  description:
    'The answer shows the key, and nothing will again. A consumer has two working keys at most: make the second, move the application over, revoke the first.',
  parameters: Id,
  body: NewKey.optional(),
  examples: [
    {
      summary: 'A key that ends by itself',
      parameters: { consumerId: 'lab-dashboard' },
      value: { data: { type: 'consumer-key', attributes: { expiresAt: '2036-12-31T00:00:00Z' } } },
    },
  ],
  audit: 'consumers.add-key',
  // The answer contains the key.
  idempotency: 'forget',
  answers: {
    201: NewConsumerKeyDocument,
    403: 'GRANT_REFUSED',
    404: 'CONSUMER_ABSENT',
    409: 'KEYS_FULL',
    412: 'CONSUMER_CHANGED',
  },
});

const revokeConsumerKey = route({
  ...writing,
  id: 'revokeConsumerKey',
  method: 'DELETE',
  path: '/v1/consumers/{consumerId}/keys/{keyId}',
  summary: 'Revoke a key',
  description: 'No instance takes it any longer than 30 seconds after this.',
  parameters: z.object({ consumerId, keyId: z.string().describe('Id of the key; no part of its secret.') }),
  audit: 'consumers.revoke-key',
  answers: { 204: nothing, 404: ['CONSUMER_ABSENT', 'KEY_ABSENT'], 409: 'LAST_ADMIN', 412: 'CONSUMER_CHANGED' },
});

/** For every consumer; the owner of `/v1/me` serves it. */
export const callerRoutes = [readMe] as const;

export const consumerRoutes = [
  listConsumers,
  createConsumer,
  readConsumer,
  changeConsumer,
  deleteConsumer,
  listConsumerKeys,
  createConsumerKey,
  revokeConsumerKey,
] as const;
