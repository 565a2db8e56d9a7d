/** As whom the facade calls the upstream. */
import { KMSClient } from '@aws-sdk/client-kms';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { UpstreamEnv } from '../../shared/config/env.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import { createServiceKeys } from '../../shared/credentials/service-keys.ts';
import { systemClock } from '../../shared/time/clock.ts';

export const wireServiceKeys = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient) =>
  createServiceKeys(
    createDynamoKmsCredentialVault(dynamo, new KMSClient(), {
      tableName: env.CREDENTIALS_TABLE,
      keyId: env.CREDENTIALS_KEY,
    }),
    systemClock,
  );
