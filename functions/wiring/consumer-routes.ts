/** The administration of consumers, with its records in the audit log. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { createConsumerAdmin } from '../../shared/consumers/admin.ts';
import { createConsumerKeys } from '../../shared/consumers/keys.ts';
import { createScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createConsumerRoutes } from '../edge/consumer-routes.ts';
import type { Handle } from '../edge/http-handler.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import { type ConsumersEnv, IdentityEnv, parseEnv } from './env.ts';
import { wireIdempotency } from './idempotency.ts';

/** The routes of /v1/consumers and /v1/me. */
export const wireConsumerRoutes = (env: z.infer<typeof ConsumersEnv>, dynamo: DynamoDBDocumentClient): Handle => {
  const store = createDynamoConsumerStore(dynamo, env.CONSUMERS_TABLE);
  const issuers = parseEnv(IdentityEnv).OIDC_ISSUERS.map(({ issuer }) => issuer);
  return createConsumerRoutes({
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    admin: createConsumerAdmin(store, systemClock, issuers),
    keys: createConsumerKeys(store, systemClock, issuers),
    clock: systemClock,
    issuers,
    scopes: createScopeCatalogue(readSignalsOperations()),
    acts: wireAudit(env),
    idempotency: wireIdempotency(env),
  });
};
