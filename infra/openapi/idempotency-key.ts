/** The header with which a POST can be retried safely. */
import type { Json } from './native-api.ts';

/** For POST operations of the facade's own that take it. */
export const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same POST with the same key is carried out once. Repeated within 24 hours, it gets the first answer, with the header `Idempotency-Replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
