/** /oauth/*, /v1/me/token, /v1/tokens: people link tokens of theirs, and see what became of them. */

import { systemClock } from '../shared/time/clock.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createOAuthRoutes } from './edge/oauth-routes.ts';
import { createTokenRoutes } from './edge/token-routes.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv, TokensEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { linksOf, tokenStoreOf } from './wiring/tokens.ts';
import { upstreamOf } from './wiring/upstream.ts';

const house = createHouse(parseEnv(TokensEnv));
sendFacadeEvents(house);

const pages = once(() => createOAuthRoutes(linksOf(house), auditOf(house), house.env.SIGNALS_URL));
const documents = once(() =>
  createTokenRoutes({
    identifier: identifierOf(house),
    store: tokenStoreOf(house),
    links: linksOf(house),
    acts: auditOf(house),
    clock: systemClock,
    upstream: upstreamOf(house).name,
  }),
);

export const handler = httpHandler(house.env, (request, facts) =>
  request.route.startsWith('/oauth/') ? pages()(request, facts) : documents()(request, facts),
);
