/** Linked tokens: using them, linking them, and keeping them alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { createKmsEnvelope } from '../../shared/credentials/adapters/kms-envelope.ts';
import type { UserTokens } from '../../shared/credentials/credential.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { backgroundProfile, defaultProfile, type QuotaProfile } from '../../shared/exchange/quota-profile.ts';
import { createSignalsPersonProbe } from '../../shared/signals/person-probe.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createCodeExchange } from '../../shared/tokens/adapters/code-exchange.ts';
import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../shared/tokens/adapters/dynamodb.ts';
import { type FindHolder, tokenKeyOf } from '../../shared/tokens/holder.ts';
import { createKeepAlive } from '../../shared/tokens/keep-alive.ts';
import { createLinks, createTicketMaker, type Links } from '../../shared/tokens/links.ts';
import type { OAuthSettings } from '../../shared/tokens/oauth.ts';
import type { PersonProbe } from '../../shared/tokens/person-probe.ts';
import { createUserTokens } from '../../shared/tokens/user-tokens.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import type { Acts } from '../edge/acts.ts';
import { logger } from '../edge/logger.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import { loggedTokenEvents } from '../edge/token-events.ts';
import type { TokenParts } from '../edge/token-routes.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import type { KeepAliveEnv, TokensEnv, UserTokensEnv } from './env.ts';
import { wireQuota } from './quota.ts';
import { requestHandler } from './time-outs.ts';

const warn = (what: string, error: unknown): void => logger.warn(`tokens: ${what} failed`, { error: error as Error });

const wireStores = (env: z.infer<typeof UserTokensEnv>, dynamo: DynamoDBDocumentClient) => ({
  store: createDynamoTokenStore(dynamo, env.TOKENS_TABLE),
  once: createDynamoOneTimeStore(dynamo, env.TOKENS_TABLE),
  envelope: createKmsEnvelope(
    // Calls wait for it.
    new KMSClient({ maxAttempts: 3, requestHandler: requestHandler(3_000, 1_000) }),
    env.CREDENTIALS_KEY,
  ),
  clock: systemClock,
});

const wireHolders = (consumersTable: string, dynamo: DynamoDBDocumentClient): FindHolder<Consumer> => {
  const consumers = createDynamoConsumerStore(dynamo, consumersTable);
  return async (id) => (await consumers.read(id))?.consumer;
};

/** For the pipeline: calls as the person who linked a token. */
export const wireUserTokens = (env: z.infer<typeof UserTokensEnv>, dynamo: DynamoDBDocumentClient): UserTokens => {
  const stores = wireStores(env, dynamo);
  const makeTicket = createTicketMaker({ ...stores, settings: { clientId: env.OAUTH_CLIENT_ID } });
  return createUserTokens({
    ...stores,
    linkUrl: async (upstream, holder, subject, publicUrl) =>
      (await makeTicket(tokenKeyOf(upstream, holder, subject), publicUrl, holder.contact)).url,
    onFailure: warn,
  });
};

type CallsEnv = Omit<z.infer<typeof KeepAliveEnv>, 'TOKEN_TOUCH_HOURS' | 'CONSUMERS_TABLE'>;

const wireProbe = (
  env: CallsEnv,
  dynamo: DynamoDBDocumentClient,
  purpose: string,
  profile: QuotaProfile,
): PersonProbe => {
  const quota = wireQuota(env, dynamo);
  return createSignalsPersonProbe(createSignalsUpstream(env.SIGNALS_URL), purpose, profile, {
    onSecret: tellOfSecret,
    transport: createNodeHttpTransport(),
    quota: quota.gate,
    onSend: quota.onSend,
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
};

const oauthSettings = (env: z.infer<typeof TokensEnv>): OAuthSettings => ({
  origin: env.SIGNALS_URL,
  clientId: env.OAUTH_CLIENT_ID,
  responseType: env.OAUTH_RESPONSE_TYPE,
  scope: env.OAUTH_SCOPE,
  authorizePath: env.OAUTH_AUTHORIZE_PATH,
  tokenPath: env.OAUTH_TOKEN_PATH,
  withoutState: env.OAUTH_WITHOUT_STATE,
});

const wireLinks = (env: z.infer<typeof TokensEnv>, dynamo: DynamoDBDocumentClient): Links<Consumer> => {
  const settings = oauthSettings(env);
  const findHolder = wireHolders(env.CONSUMERS_TABLE, dynamo);
  return createLinks({
    ...wireStores(env, dynamo),
    settings,
    findHolder: async (id) => {
      const consumer = await findHolder(id);
      return consumer?.state === 'active' ? consumer : undefined;
    },
    // A person waits for it.
    probe: wireProbe(env, dynamo, 'token-link', defaultProfile),
    exchangeCode: createCodeExchange(settings, createNodeHttpTransport()),
  });
};

/** What /oauth, /v1/me/token and /v1/tokens need. */
export const wireTokenParts = (
  env: z.infer<typeof TokensEnv>,
  dynamo: DynamoDBDocumentClient,
): TokenParts & { readonly links: Links<Consumer>; readonly acts: Acts } => ({
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  store: createDynamoTokenStore(dynamo, env.TOKENS_TABLE),
  links: wireLinks(env, dynamo),
  acts: wireAudit(env),
  clock: systemClock,
  upstream: createSignalsUpstream(env.SIGNALS_URL).name,
});

/** As many as fit into a run of 240 s at the pace below. */
const mostTouches = 500;
const atOnce = 4;
/** Four at once make 160 touches a minute at most: a trickle beside what people call. */
const paceMillis = 1_500;

export const wireKeepAlive = (env: z.infer<typeof KeepAliveEnv>, dynamo: DynamoDBDocumentClient) =>
  createKeepAlive({
    ...wireStores(env, dynamo),
    probe: wireProbe(env, dynamo, 'token-keep-alive', backgroundProfile),
    events: loggedTokenEvents,
    touchMillis: env.TOKEN_TOUCH_HOURS * 3_600_000,
    mostTouches,
    atOnce,
    pace: () => sleep(paceMillis),
    findHolder: wireHolders(env.CONSUMERS_TABLE, dynamo),
    onFailure: warn,
  });
