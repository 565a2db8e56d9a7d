/** Takes an order for the archive when the tenant tells that an experiment was closed. A durable execution carries it out. */

import { closerOf } from '../shared/archive/closer.ts';
import { isArchived } from '../shared/archive/orders.ts';
import { createHouse } from './house.ts';
import { takenOrdersOf } from './wiring/archive.ts';
import { ArchiverEnv } from './wiring/archive-env.ts';
import { parseEnv } from './wiring/env.ts';
import { eventReceiver } from './wiring/events.ts';

const house = createHouse(parseEnv(ArchiverEnv));
const events = eventReceiver(house, 'archive');

// Each of these may close an experiment. The execution looks whether it is closed, so an event of a closing that was undone does nothing.
for (const type of ['close', 'sign', 'close_without_signing'] as const)
  events.onEvent(type, async ({ id, subject, time, data }) => {
    if (!isArchived(subject)) return;
    const order = { eid: subject, cause: id, requestedBy: 'facade', closedBy: closerOf(data) };
    await takenOrdersOf(house).take({ ...order, closedAtMillis: Date.parse(time) });
  });

export const { handler } = events;
