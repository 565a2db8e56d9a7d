/** Identifies callers by the registry of consumers and the trusted issuers. */
import { createDynamoConsumerRegistry, createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { createIdentifier, type Identifier } from '../../shared/consumers/identify.ts';
import type { OidcIssuer } from '../../shared/consumers/oidc/issuer.ts';
import type { TokenVerifier } from '../../shared/consumers/oidc/token-verifier.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { ConsumersTableEnv, IdentityEnv } from './env.ts';
import { loadLater } from './load-later.ts';

const createVerifier = (issuers: readonly OidcIssuer[]): TokenVerifier | undefined => {
  if (issuers.length === 0) return undefined;
  const load = loadLater('The check of tokens', async () => (await import('./token-verifier.ts')).verifierFor(issuers));
  return { verify: async (token) => (await load()).verify(token) };
};

const makeIdentifier = (house: House<IdentityEnv>): Identifier => {
  const { CONSUMERS_TABLE, KEY_USE, OIDC_ISSUERS } = house.env;
  const registry = createDynamoConsumerRegistry(dynamoOf(house), CONSUMERS_TABLE, { notesUse: KEY_USE === 'note' });
  return createIdentifier(registry, systemClock, createVerifier(OIDC_ISSUERS));
};

export const identifierOf = (house: House<IdentityEnv>) => house.part(makeIdentifier);

const makeConsumerStore = (house: House<ConsumersTableEnv>) =>
  createDynamoConsumerStore(dynamoOf(house), house.env.CONSUMERS_TABLE);

/** The records of consumers, for administration and look-ups. */
export const consumerStoreOf = (house: House<ConsumersTableEnv>) => house.part(makeConsumerStore);

/** Finds a consumer by its id, as it is now; undefined = there is none. */
export const findConsumerIn =
  (house: House<ConsumersTableEnv>) =>
  async (id: string): Promise<Consumer | undefined> =>
    (await consumerStoreOf(house).read(id))?.consumer;
