/** /oauth/*, /v1/me, /v1/tokens: people link tokens of theirs, and see what became of them. */

import { callerRoutes } from '../shared/consumers/routes.ts';
import { systemClock } from '../shared/time/clock.ts';
import { oauthRoutes } from '../shared/tokens/oauth-routes.ts';
import { tokenRoutes } from '../shared/tokens/routes.ts';
import { createCallerRoutes } from './edge/caller-routes.ts';
import { delegate } from './edge/delegate.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createOAuthRoutes } from './edge/oauth-routes.ts';
import { createTokenRoutes } from './edge/token-routes.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv, TokensEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { registeringOf } from './wiring/register-sample.ts';
import { createKnownScopes } from './wiring/scopes.ts';
import { linksOf, tokenStoreOf } from './wiring/tokens.ts';
import { upstreamOf } from './wiring/upstream.ts';

const house = createHouse(parseEnv(TokensEnv));
sendFacadeEvents(house);

const pages = once(() =>
  createOAuthRoutes(linksOf(house), auditOf(house), house.env.SIGNALS_URL, registeringOf(house)),
);
const callers = once(() => createCallerRoutes({ identifier: identifierOf(house), scopes: createKnownScopes() }));
const tokens = once(() =>
  createTokenRoutes({
    identifier: identifierOf(house),
    store: tokenStoreOf(house),
    links: linksOf(house),
    acts: auditOf(house),
    clock: systemClock,
    upstream: upstreamOf(house).name,
  }),
);

const routes = delegate(
  { routes: tokenRoutes, handle: (request, facts) => tokens()(request, facts) },
  { routes: callerRoutes, handle: (request, facts) => callers()(request, facts) },
  { routes: oauthRoutes, handle: (request, facts) => pages()(request, facts) },
);

export const handler = httpHandler(house.env, routes);
