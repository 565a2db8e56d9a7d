/** Picks the adapters: the only code that knows which store is behind which port. Runs once per cold start. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { NativeEnv } from '../shared/config/env.ts';
import { createDynamoConsumerRegistry } from '../shared/consumers/adapters/dynamodb.ts';
import { createIdentifier } from '../shared/consumers/identify.ts';
import { createDynamoKmsCredentialVault } from '../shared/credentials/adapters/dynamodb-kms.ts';
import { createCredentialChooser } from '../shared/credentials/credential.ts';
import { noCache, noQuota } from '../shared/native/exchange.ts';
import { createNativePipeline, type NativePipeline } from '../shared/native/pipeline.ts';
import { createSignalsUpstream } from '../shared/signals/signals.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createNodeHttpTransport } from '../shared/upstream/adapters/node-http.ts';

/** The document client of every table. Numbers stay numbers; undefined members are left out. */
export const createDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });

/** The pipeline of the native Signals surface on the stores that the environment names. */
export const wireNative = (env: z.infer<typeof NativeEnv>, dynamo: DynamoDBDocumentClient): NativePipeline =>
  createNativePipeline({
    upstream: createSignalsUpstream(env.SIGNALS_URL),
    identifier: createIdentifier(createDynamoConsumerRegistry(dynamo, env.CONSUMERS_TABLE), systemClock),
    credentials: createCredentialChooser(
      createDynamoKmsCredentialVault(dynamo, new KMSClient(), {
        tableName: env.CREDENTIALS_TABLE,
        keyId: env.CREDENTIALS_KEY,
      }),
      systemClock,
    ),
    cache: noCache,
    quota: noQuota,
    transport: createNodeHttpTransport(),
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
