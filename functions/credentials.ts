/** /v1/credentials: the API keys that the facade calls the tenant with. State goes out, secrets only come in. */

import { createCredentialRoutes } from './edge/credential-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { wireCredentialAdmin } from './wiring/credentials.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { CredentialsEnv, parseEnv } from './wiring/env.ts';
import { wireFacadeEvents } from './wiring/facade-events.ts';

const env = parseEnv(CredentialsEnv);
wireFacadeEvents(env);

export const handler = httpHandler(env, createCredentialRoutes(wireCredentialAdmin(env, createDocumentClient())));
