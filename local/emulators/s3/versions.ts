/** The rules of versions: the current one, and the effects of a write, a delete and a condition (S3 user guide, "Versioning"). */
import { randomBytes } from 'node:crypto';
import { assertDeletable } from './lock.ts';
import { type Bucket, isDeleteMarker, type ObjectVersion } from './model.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';

const nullVersion = 'null';

export const newVersionId = ({ settings }: Bucket): string =>
  settings.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : nullVersion;

/** The current object, or undefined when there is none or its newest version is a delete marker. */
const currentVersion = (bucket: Bucket, key: string): ObjectVersion | undefined => {
  const newest = bucket.keys.get(key)?.[0];
  return newest && !isDeleteMarker(newest) ? newest : undefined;
};

/** The version that a read names. @throws S3Error NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker by id) */
export const namedVersion = (
  bucket: Bucket,
  key: string,
  versionId: string | null,
): ObjectVersion & { blob: string } => {
  const versions = bucket.keys.get(key) ?? [];
  const version = versionId === null ? versions[0] : versions.find((each) => each.versionId === versionId);
  if (versionId !== null && !version) throw new S3Error('NoSuchVersion', 'The specified version does not exist.');
  if (!version) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  if (version.blob !== undefined) return { ...version, blob: version.blob };
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId === null) throw new S3Error('NoSuchKey', 'The specified key does not exist.', headers);
  throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', headers);
};

/** Puts a version on top; one with the same id (`null`) gives way. */
export const addVersion = (store: Store, bucket: Bucket, key: string, version: ObjectVersion): void => {
  const others = (bucket.keys.get(key) ?? []).filter(({ versionId }) => versionId !== version.versionId);
  store.saveVersions(bucket, key, [version, ...others]);
};

export const replaceVersion = (store: Store, bucket: Bucket, key: string, version: ObjectVersion): void => {
  const versions = bucket.keys.get(key) ?? [];
  const replaced = versions.map((each) => (each.versionId === version.versionId ? version : each));
  store.saveVersions(bucket, key, replaced);
};

export type Deletion = { readonly versionId?: string; readonly isMarker: boolean };

/** Deletes one version for good, or hides the key behind a delete marker. @throws S3Error AccessDenied (locked), PreconditionFailed */
export const deleteKey = (
  store: Store,
  bucket: Bucket,
  key: string,
  versionId: string | null,
  permission: { readonly nowMillis: number; readonly bypassGovernance: boolean },
  ifMatch?: string,
): Deletion => {
  if (ifMatch !== undefined && !bucket.keys.has(key)) return { isMarker: false };
  assertDeleteCondition(bucket, key, versionId, ifMatch);
  bucket.deletions.set(key, (bucket.deletions.get(key) ?? 0) + 1);
  if (versionId === null && bucket.settings.versioning !== 'Never')
    return addDeleteMarker(store, bucket, key, permission);
  const versions = bucket.keys.get(key) ?? [];
  const doomed = versions.find((each) => each.versionId === (versionId ?? nullVersion));
  if (doomed) {
    assertDeletable(doomed, permission);
    store.saveVersions(
      bucket,
      key,
      versions.filter((each) => each !== doomed),
    );
  }
  return { ...(versionId === null ? {} : { versionId }), isMarker: doomed !== undefined && isDeleteMarker(doomed) };
};

/** DeleteObject, "If-Match": deleting a missing object succeeds. A delete marker has no entity tag. */
const assertDeleteCondition = (bucket: Bucket, key: string, versionId: string | null, ifMatch?: string): void => {
  const versions = bucket.keys.get(key) ?? [];
  const version = versionId === null ? versions[0] : versions.find((each) => each.versionId === versionId);
  if (version && ifMatch !== undefined && !matches(ifMatch, version.etag)) throw preconditionFailed();
};

const addDeleteMarker = (store: Store, bucket: Bucket, key: string, { nowMillis }: { nowMillis: number }): Deletion => {
  const versionId = newVersionId(bucket);
  addVersion(store, bucket, key, {
    versionId,
    modifiedMillis: nowMillis,
    sizeBytes: 0,
    etag: '',
    headers: {},
    tags: {},
  });
  return { versionId, isMarker: true };
};

/**
 * Remembers the state at the start of a write and gives the check to run right before its commit.
 * The check throws S3Error PreconditionFailed (412), NoSuchKey (`If-Match` on nothing) or ConditionalRequestConflict
 * (409: a delete of the key came first), as in the user guide, "Conditional writes". That page names `If-None-Match: *`
 * only. ceph/s3-tests also sends entity tags; they mean here what HTTP says.
 */
export const beginConditionalWrite = ({ headers }: S3Request, bucket: Bucket, key: string): (() => void) => {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const deletionsBefore = bucket.deletions.get(key);
  return () => {
    if (ifMatch === undefined && ifNoneMatch === undefined) return;
    if (bucket.deletions.get(key) !== deletionsBefore)
      throw new S3Error(
        'ConditionalRequestConflict',
        'A conflicting operation occurred during processing of this request',
      );
    const current = currentVersion(bucket, key);
    if (ifMatch !== undefined && !current) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    const isTaken = ifNoneMatch !== undefined && current !== undefined && matches(ifNoneMatch, current.etag);
    if (isTaken || (ifMatch !== undefined && !matches(ifMatch, current?.etag))) throw preconditionFailed();
  };
};

export const preconditionFailed = (): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');

/** Whether a list of entity tags, quoted or not, names this one. */
export const matches = (list: string, etag: string | undefined): boolean =>
  list.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^(W\/)?"?(.*?)"?$/, '$2') === etag);
