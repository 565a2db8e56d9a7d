/** The archive's bucket, with the credentials of the environment. The S3 client is loaded only here. */
import type { S3Client } from '@aws-sdk/client-s3';
import { archivePrefixes } from '../../../shared/archive/keys.ts';
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
  const { open, listPage } = createBucketReader(sdk, client, bucket);
  return {
    name: `bucket ${bucket}`,
    isBucket: true,
    open,
    async *list() {
      for (const prefix of archivePrefixes)
        for (let page = await listPage(prefix); ; page = await listPage(prefix, page.next)) {
          yield* page.items;
          if (!page.next) break;
        }
    },
  };
};

/** Where a listing goes on. */
type ListingPlace = { readonly key: string; readonly versionId?: string | undefined };
/** Every version of some keys, in the order of the keys, delete markers first. Without `next` it is the last page. */
export type ListingPage = { readonly items: readonly Item[]; readonly next?: ListingPlace };

export type BucketReader = Pick<ArchiveSource, 'open'> & {
  listPage(prefix: string, after?: ListingPlace): Promise<ListingPage>;
};

/** @param sdk the commands alone, so that whoever bundles this has no more of the SDK. */
export const createBucketReader = (
  sdk: Pick<Sdk, 'GetObjectCommand' | 'ListObjectVersionsCommand'>,
  client: S3Client,
  bucket: string,
): BucketReader => ({
  async listPage(prefix, after) {
    const markers = after ? { KeyMarker: after.key, VersionIdMarker: after.versionId } : {};
    const page = await client.send(new sdk.ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...markers }));
    const toItem = ({ Key = '', VersionId = '', LastModified }: Listed): Item => ({
      ...{ key: Key, versionId: VersionId },
      ...(LastModified ? { writtenAtMillis: LastModified.getTime() } : {}),
    });
    const markersFirst = (page.DeleteMarkers ?? []).map((each) => ({ ...toItem(each), isDeleteMarker: true }));
    const items = [...markersFirst, ...(page.Versions ?? []).map(toItem)];
    if (!page.IsTruncated || page.NextKeyMarker === undefined) return { items };
    return { items, next: { key: page.NextKeyMarker, versionId: page.NextVersionIdMarker } };
  },
  async open({ key, versionId }) {
    const got = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    if (!got.Body) throw new Error('S3 answered without a body');
    const lock: Lock = {
      lockMode: got.ObjectLockMode ?? null,
      retainUntil: got.ObjectLockRetainUntilDate?.toISOString() ?? null,
    };
    const isHeld = got.ObjectLockLegalHoldStatus === 'ON';
    return { bytes: got.Body as unknown as AsyncIterable<Uint8Array>, lock, isHeld };
  },
});

type Listed = {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly LastModified?: Date | undefined;
};
