/** The archive's bucket, with the credentials of the environment. The S3 client is loaded only here. */
import type { S3Client } from '@aws-sdk/client-s3';
import { documentsPrefix, headsPrefix, publicKeysPrefix } from '../../../shared/archive/keys.ts';
import { type ArchiveSource, type Item, type Lock, SourceUnavailable } from './source.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
export type BucketOptions = { readonly bucket: string; readonly endpoint?: string | undefined };

const loadSdk = (): Promise<Sdk> =>
  import('@aws-sdk/client-s3').catch(() => {
    throw new SourceUnavailable('--bucket needs the AWS SDK. Fix: npm install @aws-sdk/client-s3');
  });

/** @throws SourceUnavailable without the SDK, or when the bucket may not be read */
export const openBucket = async ({ bucket, endpoint }: BucketOptions): Promise<ArchiveSource> => {
  const sdk = await loadSdk();
  const client = new sdk.S3Client(endpoint === undefined ? {} : { endpoint, forcePathStyle: true });
  await client.send(new sdk.HeadBucketCommand({ Bucket: bucket })).catch((cause: Error) => {
    throw new SourceUnavailable(
      `The bucket ${bucket} cannot be read: ${cause.name}. Fix: check its name, the credentials and the region.`,
    );
  });
  return {
    name: `bucket ${bucket}`,
    isBucket: true,
    async *list() {
      for (const prefix of [documentsPrefix, headsPrefix, publicKeysPrefix])
        yield* listVersions(sdk, client, bucket, prefix);
    },
    async open({ key, versionId }) {
      const got = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      if (!got.Body) throw new Error('S3 answered without a body');
      const lock: Lock = {
        lockMode: got.ObjectLockMode ?? null,
        retainUntil: got.ObjectLockRetainUntilDate?.toISOString() ?? null,
      };
      return { bytes: got.Body as unknown as AsyncIterable<Uint8Array>, lock };
    },
  };
};

async function* listVersions(sdk: Sdk, client: S3Client, bucket: string, prefix: string): AsyncGenerator<Item> {
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let isTruncated = true; isTruncated; ) {
    const page = await client.send(new sdk.ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...markers }));
    for (const { Key = '', VersionId = '' } of page.DeleteMarkers ?? [])
      yield { key: Key, versionId: VersionId, isDeleteMarker: true };
    for (const { Key = '', VersionId = '' } of page.Versions ?? []) yield { key: Key, versionId: VersionId };
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    isTruncated = page.IsTruncated ?? false;
  }
}
