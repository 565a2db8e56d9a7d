/** /actions/*: pages that the tenant opens in a dialog. */
import { createActionRoutes } from './edge/action-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { ActionsEnv } from './wiring/action-env.ts';
import { actionPartsOf } from './wiring/actions.ts';
import { parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';

const house = createHouse(parseEnv(ActionsEnv));
sendFacadeEvents(house);

const routes = once(() => createActionRoutes(actionPartsOf(house)));

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
