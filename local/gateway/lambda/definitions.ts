/** Turns the template's functions into definitions for the pools. */
import * as z from 'zod';
import { roleAccessKeyId } from '../../emulators/s3/list-rights.ts';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';
import { listableBuckets } from './listable-buckets.ts';
import type { FunctionDefinition } from './worker.ts';

export type Endpoints = { readonly dynamodb: string; readonly sqs: string; readonly s3: string; readonly kms: string };

const Properties = z.object({
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/, 'the twin runs Node functions only'),
  Code: z.object({ S3Key: z.string() }),
  Role: z.string(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  LoggingConfig: z.object({ LogFormat: z.enum(['JSON', 'Text']).default('Text') }).optional(),
  ReservedConcurrentExecutions: z.coerce.number().int().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
});

/** Executions that functions without reserved concurrency share. A real account has 1,000, too many for one machine. */
export const unreservedConcurrency = 10;

/** Variables that lead the SDK of a function to the emulators instead of AWS. */
const sdkVariables = (endpoints: Endpoints, region: string, listable: readonly string[]): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: roleAccessKeyId('local', listable),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_KMS: endpoints.kms,
});

/** Nothing of the parent's environment is passed on. */
export const readDefinition = (stack: Stack, logicalId: string, endpoints: Endpoints): FunctionDefinition => {
  const properties = stack.read(logicalId, Properties);
  const { ref, attributes } = stack.reference(logicalId);
  const directory = stack.assetDirectory(properties.Code.S3Key.replace(/\.zip$/, ''));
  if (!directory) throw templateError(logicalId, `no asset of the assembly is its code (${properties.Code.S3Key})`);
  return {
    name: ref,
    arn: attributes.Arn ?? '',
    handler: properties.Handler,
    directory,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    logFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
    maximumProcesses: properties.ReservedConcurrentExecutions ?? unreservedConcurrency,
    isReserved: properties.ReservedConcurrentExecutions !== undefined,
    environment: {
      ...sdkVariables(endpoints, stack.region, listableBuckets(stack, properties.Role)),
      ...properties.Environment?.Variables,
    },
  };
};
