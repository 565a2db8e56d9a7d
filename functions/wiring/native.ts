/** The pipeline of the native surface on the stores that the environment names. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createCredentialChooser } from '../../shared/credentials/choose.ts';
import { createNativePipeline, type NativePipeline } from '../../shared/pipeline/pipeline.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import { wireAudit } from './audit.ts';
import { wireCache } from './cache.ts';
import { wireIdentifier } from './consumers.ts';
import { wireServiceKeys } from './credentials.ts';
import type { NativeEnv } from './env.ts';
import { wireIdempotency } from './idempotency.ts';
import { wireLargeAnswers } from './large-answers.ts';
import { wireQuota } from './quota.ts';
import { wireUserTokens } from './tokens.ts';

export const wireNative = (env: z.infer<typeof NativeEnv>, dynamo: DynamoDBDocumentClient): NativePipeline => {
  const quota = wireQuota(env, dynamo);
  return createNativePipeline({
    upstream: createSignalsUpstream(env.SIGNALS_URL, env.ADDED_HEADERS, env.DOCUMENT_MOST_DECODED_MIB * 1_048_576),
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    credentials: createCredentialChooser(wireServiceKeys(env, dynamo), wireUserTokens(env, dynamo)),
    cache: wireCache(env, quota.shortage),
    quota: quota.gate,
    onSend: quota.onSend,
    rateLimit: quota.headersFor,
    audit: wireAudit(env),
    idempotency: wireIdempotency(env),
    largeAnswers: wireLargeAnswers(env),
    onSecret: tellOfSecret,
    transport: createNodeHttpTransport(),
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
};
