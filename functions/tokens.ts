/** /oauth/*, /v1/me/token, /v1/tokens: people link tokens of theirs, and see what became of them. */

import { httpHandler } from './edge/http-handler.ts';
import { createOAuthRoutes } from './edge/oauth-routes.ts';
import { createTokenRoutes } from './edge/token-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, TokensEnv } from './wiring/env.ts';
import { wireFacadeEvents } from './wiring/facade-events.ts';
import { wireTokenParts } from './wiring/tokens.ts';

const env = parseEnv(TokensEnv);
wireFacadeEvents(env);
const parts = wireTokenParts(env, createDocumentClient());
const pages = createOAuthRoutes(parts.links, parts.acts, env.SIGNALS_URL);
const documents = createTokenRoutes(parts);

export const handler = httpHandler(env, (request, facts) =>
  request.route.startsWith('/oauth/') ? pages(request, facts) : documents(request, facts),
);
