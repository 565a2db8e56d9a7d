/** The pipeline of the native surface on the stores that the environment names. */
import { createCredentialChooser } from '../../shared/credentials/choose.ts';
import { createNativePipeline, type NativePipeline } from '../../shared/pipeline/pipeline.ts';
import type { House } from '../house.ts';
import { auditOf } from './audit.ts';
import { answerCacheOf } from './cache.ts';
import { identifierOf } from './consumers.ts';
import { serviceKeysOf } from './credentials.ts';
import type { NativeEnv } from './env.ts';
import { idempotencyOf } from './idempotency.ts';
import { largeAnswersOf } from './large-answers.ts';
import { quotaOf } from './quota.ts';
import { userTokensOf } from './tokens.ts';
import { callPartsOf, upstreamOf } from './upstream.ts';

const makeNativePipeline = (house: House<NativeEnv>): NativePipeline =>
  createNativePipeline({
    ...callPartsOf(house),
    upstream: upstreamOf(house),
    identifier: identifierOf(house),
    credentials: createCredentialChooser(serviceKeysOf(house), userTokensOf(house)),
    cache: answerCacheOf(house),
    rateLimit: quotaOf(house).headersFor,
    audit: auditOf(house),
    idempotency: idempotencyOf(house),
    largeAnswers: largeAnswersOf(house),
  });

export const nativePipelineOf = (house: House<NativeEnv>) => house.part(makeNativePipeline);
