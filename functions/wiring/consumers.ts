/** Who calls: the registry of consumers and the trusted issuers behind the identifier. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoConsumerRegistry } from '../../shared/consumers/adapters/dynamodb.ts';
import { createHttpKeySetSource } from '../../shared/consumers/adapters/http-key-sets.ts';
import { createIdentifier, type Identifier } from '../../shared/consumers/identify.ts';
import type { OidcIssuer } from '../../shared/consumers/oidc/issuer.ts';
import { createKeySets } from '../../shared/consumers/oidc/key-sets.ts';
import { createTokenVerifier, type TokenVerifier } from '../../shared/consumers/oidc/token-verifier.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { IdentityEnv, parseEnv } from './env.ts';

const createVerifier = (issuers: readonly OidcIssuer[]): TokenVerifier | undefined =>
  issuers.length === 0
    ? undefined
    : createTokenVerifier(issuers, createKeySets(createHttpKeySetSource(), systemClock), systemClock);

/** What it needs beside the table is in the environment of every function that identifies callers. */
export const wireIdentifier = (consumersTable: string, dynamo: DynamoDBDocumentClient): Identifier => {
  const env = parseEnv(IdentityEnv);
  const registry = createDynamoConsumerRegistry(dynamo, consumersTable, { notesUse: env.KEY_USE === 'note' });
  return createIdentifier(registry, systemClock, createVerifier(env.OIDC_ISSUERS));
};
