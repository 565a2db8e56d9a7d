/** The explanation of one request, as paths of the OpenAPI document. */
import { jsonApiMediaType } from '../config/names.ts';
import { facadeErrorsOf } from './error-responses.ts';
import type { Json } from './native-api.ts';

export const requestTag: Json = { name: 'requests', description: 'Why a request was answered as it was.' };

const example: Json = {
  links: { self: 'https://facade.example.com/v1/requests/5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10' },
  data: {
    type: 'request',
    id: '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10',
    attributes: {
      consumerId: 'my-app',
      method: 'GET',
      operation: 'GET /entities/{eid}',
      scope: 'entities:read',
      credentialKind: 'service',
      cacheStatus: 'fwd=uri-miss; stored; ttl=48',
      quota: { outcome: 'granted', shadow: false, priority: 'interactive', asked: 2, units: 2, waitedMillis: 130 },
      sends: [
        { answered: true, status: 503 },
        { answered: true, status: 200 },
      ],
      status: 200,
      startedAt: '2026-06-01T08:00:00.000Z',
      answeredAt: '2026-06-01T08:00:00.480Z',
      endedAt: '2026-06-01T08:00:00.495Z',
      durationMillis: 495,
      keptUntil: '2026-06-02T08:00:00.000Z',
    },
  },
};

const readRequest: Json = {
  operationId: 'readRequest',
  tags: ['requests'],
  summary: 'Who asked, what the cache and the quota said, what was sent upstream',
  description:
    'For the consumer that made the request, and for those with the scope `requests:read` by that name (a wildcard does not count). Kept for 24 hours is what went upstream or was refused; an answer out of the cache is explained by its own `Cache-Status`.',
  parameters: [
    {
      name: 'requestId',
      in: 'path',
      required: true,
      description: 'From `X-Request-Id`, or `id` of an error.',
      schema: { type: 'string', format: 'uuid' },
    },
  ],
  responses: {
    '200': {
      description: 'What was decided about the request.',
      headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
      content: { [jsonApiMediaType]: { schema: { $ref: '#/components/schemas/AnyJson' }, example } },
    },
    ...facadeErrorsOf([400, 401, 404, 429, 500, 502, 504]),
  },
};

export const requestPaths: Readonly<Record<string, Json>> = { '/v1/requests/{requestId}': { get: readRequest } };
