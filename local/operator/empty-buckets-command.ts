/** `empty-buckets`: removes all objects from the buckets of a stage, and records it. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Change } from '../../shared/audit/changes.ts';
import { emptyBucket, findBuckets } from './empty-buckets.ts';
import { findStage } from './find-stage.ts';
import type { StageResources } from './provision.ts';
import { createRecording, notRecorded } from './recording.ts';

export const emptyBucketsCommand = async (stage: string, region: string): Promise<void> => {
  const stackName = `signals-facade-${stage}`;
  const buckets = await findBuckets(new CloudFormationClient({ region }), stackName);
  if (buckets.length === 0) console.log(`The stack ${stackName} in ${region} has no bucket any more.`);
  const s3 = new S3Client({ region });
  // The audit log may be deleted already. That must not stop the removal of a stage.
  const { audit } = await findStage(stage, region).catch((): Partial<StageResources> => ({}));
  const recorded = audit
    ? createRecording(new DynamoDBClient({ region }), { ...audit, whenStoreFails: 'admit' })
    : notRecorded;
  await recorded({ name: 'empty-buckets', target: stackName, asked: { buckets } }, async () => {
    const changes: Change[] = [];
    for (const bucket of buckets) {
      const removed = await emptyBucket(s3, bucket);
      console.log(`${bucket}: ${removed} objects removed`);
      changes.push({ of: bucket, field: 'objects', old: removed, new: 0 });
    }
    return changes;
  });
};
