/** /v1/samples: whether samples are registered in an outside system as they are now. */
import { httpHandler } from './edge/http-handler.ts';
import { createRegistrationRoutes } from './edge/registration-routes.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv, SamplesEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { registrationsOf } from './wiring/registrations.ts';
import { requestLogOf } from './wiring/requests.ts';

const house = createHouse(parseEnv(SamplesEnv));
beginEnvelope();
sendFacadeEvents(house);

const routes = once(() =>
  createRegistrationRoutes({
    pipeline: nativePipelineOf(house),
    registrations: registrationsOf(house),
    identifier: identifierOf(house),
    acts: auditOf(house),
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts), requestLogOf(house));
