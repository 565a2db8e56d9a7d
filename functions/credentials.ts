/** /v1/credentials: the API keys with which the facade calls the tenant. Secrets are accepted and never returned. */

import { createKeyAdmin } from '../shared/credentials/key-admin.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createCredentialRoutes } from './edge/credential-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { raiseKeyEvent } from './edge/key-events.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { accountProbeOf, vaultOf } from './wiring/credentials.ts';
import { CredentialsEnv, parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';

const house = createHouse(parseEnv(CredentialsEnv));
sendFacadeEvents(house);

const createAdmin = () =>
  createKeyAdmin(vaultOf(house), systemClock, house.env.CREDENTIAL_POOL_SIZE, accountProbeOf(house), (key) =>
    raiseKeyEvent('disabled', key, 'administrator'),
  );

const routes = once(() =>
  createCredentialRoutes({
    identifier: identifierOf(house),
    admin: createAdmin(),
    acts: auditOf(house),
    clock: systemClock,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
