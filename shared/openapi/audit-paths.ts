/** The audit log as a resource, and the header that makes a POST safe to repeat. */
import { outcomes } from '../audit/record.ts';
import { jsonApiMediaType } from '../config/names.ts';
import { facadeErrorsOf } from './error-responses.ts';
import type { Json } from './native-api.ts';

export const auditTag: Json = {
  name: 'audit',
  description: 'Who has changed what, and what came of it. For operators.',
};

/** For POST operations of the facade's own that take it. */
export const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same POST under the same key is carried out once; repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const parameter = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'query',
  description,
  schema,
});
const instant: Json = { type: 'string', format: 'date-time' };

const readAudit: Json = {
  operationId: 'readAudit',
  tags: ['audit'],
  summary: 'Writes and admin acts, newest first',
  description:
    'A page may hold fewer entries than asked for, or none, and still have a `links.next`: read on until there is none. Entries of the last seconds may be missing where a consumer or an entity is named.',
  'x-facade-scope': 'audit:read',
  parameters: [
    parameter(
      'from',
      'Begun at this instant or later. Without it 30 days back, or all of one consumer or entity.',
      instant,
    ),
    parameter('to', 'Begun before this instant.', instant),
    parameter('consumer', 'Made by this consumer.', { type: 'string' }),
    parameter('entity', 'About this entity, or about what an admin act changed.', { type: 'string', maxLength: 256 }),
    parameter('outcome', 'What came of it.', { type: 'string', enum: [...outcomes] }),
    parameter('page[cursor]', 'From `links.next`.', { type: 'string' }),
    parameter('page[size]', 'Entries on a page.', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
  ],
  responses: {
    '200': {
      description: 'One page.',
      headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
      content: { [jsonApiMediaType]: { schema: { $ref: '#/components/schemas/AnyJson' } } },
    },
    ...facadeErrorsOf([400, 401, 403, 429, 500, 502, 504]),
  },
};

export const auditPaths: Readonly<Record<string, Json>> = { '/v1/audit': { get: readAudit } };
