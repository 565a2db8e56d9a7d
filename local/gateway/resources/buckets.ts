/** S3 buckets of the template, with versioning, object lock and CORS. Life-cycle rules are left out. */
import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';
import { clientSettings } from './client-settings.ts';

const Retention = z.object({
  Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
  Days: z.coerce.number().int().optional(),
  Years: z.coerce.number().int().optional(),
});
const CorsRule = z
  .strictObject({
    AllowedOrigins: z.array(z.string()),
    AllowedMethods: z.array(z.string()),
    AllowedHeaders: z.array(z.string()).default([]),
    ExposedHeaders: z.array(z.string()).default([]),
    MaxAge: z.coerce.number().int().optional(),
    Id: z.string().optional(),
  })
  // The API has other names for these two than CloudFormation.
  .transform(({ ExposedHeaders, MaxAge, ...rule }) => ({
    ...rule,
    ExposeHeaders: ExposedHeaders,
    MaxAgeSeconds: MaxAge,
  }));
const Bucket = z.object({
  ObjectLockEnabled: z.boolean().default(false),
  ObjectLockConfiguration: z.object({ Rule: z.object({ DefaultRetention: Retention }).optional() }).optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(CorsRule) }).optional(),
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z.undefined('the twin runs no notifications of buckets').optional(),
});
type Bucket = z.output<typeof Bucket>;

const exists = async (client: S3Client, name: string): Promise<boolean> => {
  try {
    await client.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return false;
    throw error;
  }
};

const lock = async (client: S3Client, Bucket: string, bucket: Bucket): Promise<void> => {
  const rule = bucket.ObjectLockConfiguration?.Rule?.DefaultRetention;
  if (!rule) return;
  const { Mode, Days, Years } = rule;
  const DefaultRetention = { Mode, ...(Days ? { Days } : {}), ...(Years ? { Years } : {}) };
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule: { DefaultRetention } };
  await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
};

/** A bucket that is kept from an earlier start may have rules that the template no longer has. */
const setCors = async (client: S3Client, Bucket: string, { CorsConfiguration }: Bucket): Promise<void> => {
  if (!CorsConfiguration) return void (await client.send(new DeleteBucketCorsCommand({ Bucket })));
  const CORSConfiguration = { CORSRules: CorsConfiguration.CorsRules };
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
};

const create = async (client: S3Client, stack: Stack, logicalId: string): Promise<void> => {
  const name = stack.reference(logicalId).ref;
  const bucket = stack.read(logicalId, Bucket);
  if (!(await exists(client, name)))
    await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: bucket.ObjectLockEnabled }));
  const versioning = bucket.VersioningConfiguration;
  if (versioning)
    await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: versioning }));
  await lock(client, name, bucket);
  await setCors(client, name, bucket);
};

/** Creates missing buckets and applies the template's settings. */
export const createBuckets = async (stack: Stack, endpoint: string): Promise<void> => {
  const client = new S3Client({ ...clientSettings(endpoint, stack.region), forcePathStyle: true });
  const buckets = stack.ofType('AWS::S3::Bucket');
  await Promise.all(buckets.map((logicalId) => create(client, stack, logicalId))).finally(() => client.destroy());
};
