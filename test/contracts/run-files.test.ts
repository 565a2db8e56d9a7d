import { createS3PartUploads } from '../../shared/exports/adapters/s3-parts.ts';
import { createS3RunFiles } from '../../shared/exports/adapters/s3-run-files.ts';
import { Bucket, setUp } from '../local/emulators/s3/s3-setup.ts';
import { createMemoryBucket } from '../shared/exports/memory-bucket.ts';
import { runFilesContract } from './run-files.contract.ts';

runFilesContract('memory', async () => createMemoryBucket(Date.now));
runFilesContract('S3', async () => {
  const { client } = await setUp();
  return { uploads: createS3PartUploads(client, Bucket), files: createS3RunFiles(client, Bucket) };
});
