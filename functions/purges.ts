/** Purges what the cache holds of an entity when the tenant tells of it, before the change sweep sees the change. */
import { recordTag } from '../shared/cache/tags.ts';
import { createHouse } from './house.ts';
import { purgedStoreOf } from './wiring/cache-store.ts';
import { parseEnv } from './wiring/env.ts';
import { eventReceiver } from './wiring/events.ts';
import { PurgesEnv } from './wiring/notification-env.ts';
import { upstreamOf } from './wiring/upstream.ts';

const house = createHouse(parseEnv(PurgesEnv));
const events = eventReceiver(house, 'purges');

// As the change sweep does. The purge is counted (ADR 6): an answer that was asked for before it is not served after it, whenever it is stored.
events.onEvent('*', ({ subject }) => purgedStoreOf(house).purge([recordTag(upstreamOf(house).cache, subject)], 'soft'));

export const { handler } = events;
