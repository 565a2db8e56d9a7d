/** Linked tokens: using them, linking them, and keeping them alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserTokens } from '../../shared/credentials/credential.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { backgroundProfile, defaultProfile, type QuotaProfile } from '../../shared/exchange/quota-profile.ts';
import { createPersonProbe } from '../../shared/pipeline/person-probe.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createCodeExchange } from '../../shared/tokens/adapters/code-exchange.ts';
import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../shared/tokens/adapters/dynamodb.ts';
import { tokenKeyOf } from '../../shared/tokens/holder.ts';
import { createKeepAlive } from '../../shared/tokens/keep-alive.ts';
import { createLinks, createTicketMaker, type Links } from '../../shared/tokens/links.ts';
import type { OAuthSettings } from '../../shared/tokens/oauth.ts';
import type { PersonProbe } from '../../shared/tokens/person-probe.ts';
import { createUserTokens } from '../../shared/tokens/user-tokens.ts';
import { logger } from '../edge/logger.ts';
import { loggedTokenEvents } from '../edge/token-events.ts';
import type { House } from '../house.ts';
import { findConsumerIn } from './consumers.ts';
import { dynamoOf } from './dynamo.ts';
import type { CallsEnv, KeepAliveEnv, TokensEnv, UserTokensEnv } from './env.ts';
import { envelopeOf } from './envelope.ts';
import { callPartsOf, transportOf, upstreamOf } from './upstream.ts';

const warn = (what: string, error: unknown): void => logger.warn(`tokens: ${what} failed`, { error: error as Error });

const makeTokenStore = (house: House<UserTokensEnv>) => createDynamoTokenStore(dynamoOf(house), house.env.TOKENS_TABLE);

export const tokenStoreOf = (house: House<UserTokensEnv>) => house.part(makeTokenStore);

const makeStores = (house: House<UserTokensEnv>) => ({
  store: tokenStoreOf(house),
  once: createDynamoOneTimeStore(dynamoOf(house), house.env.TOKENS_TABLE),
  envelope: envelopeOf(house),
  clock: systemClock,
});

const storesOf = (house: House<UserTokensEnv>) => house.part(makeStores);

export const oneTimeStoreOf = (house: House<UserTokensEnv>) => storesOf(house).once;

const makeUserTokens = (house: House<UserTokensEnv>): UserTokens => {
  const stores = storesOf(house);
  const makeTicket = createTicketMaker({ ...stores, settings: { clientId: house.env.OAUTH_CLIENT_ID } });
  return createUserTokens({
    ...stores,
    linkUrl: async (upstream, holder, subject, publicUrl) =>
      (await makeTicket(tokenKeyOf(upstream, holder, subject), publicUrl, { contact: holder.contact })).url,
    onFailure: warn,
  });
};

/** For the pipeline: calls as the person who linked a token. */
export const userTokensOf = (house: House<UserTokensEnv>) => house.part(makeUserTokens);

export const createProbe = (house: House<CallsEnv>, purpose: string, profile: QuotaProfile): PersonProbe =>
  createPersonProbe(upstreamOf(house), purpose, profile, callPartsOf(house));

const oauthSettings = (env: TokensEnv): OAuthSettings => ({
  origin: env.SIGNALS_URL,
  clientId: env.OAUTH_CLIENT_ID,
  responseType: env.OAUTH_RESPONSE_TYPE,
  scope: env.OAUTH_SCOPE,
  authorizePath: env.OAUTH_AUTHORIZE_PATH,
  tokenPath: env.OAUTH_TOKEN_PATH,
  withoutState: env.OAUTH_WITHOUT_STATE,
});

const makeLinks = (house: House<TokensEnv>): Links<Consumer> => {
  const settings = oauthSettings(house.env);
  const findHolder = findConsumerIn(house);
  return createLinks({
    ...storesOf(house),
    settings,
    findHolder: async (id) => {
      const consumer = await findHolder(id);
      return consumer?.state === 'active' ? consumer : undefined;
    },
    // A person waits for it.
    probe: createProbe(house, 'token-link', defaultProfile),
    exchangeCode: createCodeExchange(settings, transportOf(house)),
  });
};

export const linksOf = (house: House<TokensEnv>) => house.part(makeLinks);

/** How many touches fit into a run of 240 s at the pace below. */
const mostTouches = 500;
const atOnce = 4;
/** Four at once make 160 touches a minute at most, a small part of the quota. */
const paceMillis = 1_500;

const makeKeepAlive = (house: House<KeepAliveEnv>) =>
  createKeepAlive({
    ...storesOf(house),
    probe: createProbe(house, 'token-keep-alive', backgroundProfile),
    events: loggedTokenEvents,
    touchMillis: house.env.TOKEN_TOUCH_HOURS * 3_600_000,
    mostTouches,
    atOnce,
    pace: () => sleep(paceMillis),
    findHolder: findConsumerIn(house),
    onFailure: warn,
  });

export const keepAliveOf = (house: House<KeepAliveEnv>) => house.part(makeKeepAlive);
