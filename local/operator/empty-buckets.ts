/** Empties the buckets of a stage before it is torn down: CloudFormation deletes no bucket that holds objects. */
import { type CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { UsageError } from './usage-error.ts';

type StackReader = Pick<CloudFormationClient, 'send'>;

/** Names of the buckets that a stack has, also of one whose deletion has failed. */
export const findBuckets = async (client: StackReader, stackName: string): Promise<string[]> => {
  const buckets: string[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListStackResourcesCommand({ StackName: stackName, ...(next ? { NextToken: next } : {}) }),
    );
    for (const { ResourceType, ResourceStatus, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      const isThere = ResourceType === 'AWS::S3::Bucket' && ResourceStatus !== 'DELETE_COMPLETE';
      if (isThere && PhysicalResourceId) buckets.push(PhysicalResourceId);
    }
    next = page.NextToken;
  } while (next);
  return buckets;
};

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchBucket';

type Version = { readonly Key: string; readonly VersionId?: string };

/** Some versions of objects in a bucket, delete markers included; none if the bucket does not exist. */
const someVersions = async (client: S3Client, Bucket: string): Promise<Version[]> => {
  const page = await client.send(new ListObjectVersionsCommand({ Bucket })).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  return [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
    Key === undefined ? [] : { Key, ...(VersionId === undefined ? {} : { VersionId }) },
  );
};

/**
 * Removes every version of every object, and returns their number. Safe to repeat. Objects that are written meanwhile are removed too.
 * @throws UsageError when S3 refuses to remove some.
 */
export const emptyBucket = async (client: S3Client, bucket: string): Promise<number> => {
  let removed = 0;
  for (;;) {
    const versions = await someVersions(client, bucket);
    if (versions.length === 0) return removed;
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } });
    const [failure] = (await client.send(command)).Errors ?? [];
    if (failure) throw new UsageError(`S3 does not remove ${failure.Key} from ${bucket}: ${failure.Message}.`);
    removed += versions.length;
  }
};
