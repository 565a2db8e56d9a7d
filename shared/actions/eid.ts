/** Ids of entities, as they come with a request that nobody has authenticated: `experiment:<uuid>` and the like. */
import * as z from 'zod';

/** Types are words, ids are uuids or hex digits, and inventory has a third part (developer guide, entity ids). */
export const Eid = z.string().regex(/^[A-Za-z_]{1,40}:[0-9A-Za-z-]{1,64}(:[a-z]{1,10})?$/, 'is no id of an entity');
