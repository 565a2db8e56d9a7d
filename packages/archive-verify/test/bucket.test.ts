/** The bucket itself: what a folder cannot show. Runs against the twin's S3 with the real client. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startS3 } from '../../../local/emulators/s3/server.ts';
import { catalogueLine, headBytes, type Manifest, manifestBytes, sha256Hex } from '../../../shared/archive/format.ts';
import { documentKey, headKey, publicKeyKey } from '../../../shared/archive/keys.ts';
import { closedAfterTest, s3Client, temporaryFolder } from '../../../test/support/aws.ts';
import { cleanArchive, faultsOf, keyOfManifest, manifestOf, pdfOf, run, signedHead } from './archive-builder.ts';

const Bucket = 'archive';
const lockMode = 'GOVERNANCE';
const year = new Date().getUTCFullYear();
const retainUntil = `${year + 10}-01-01T00:00:00.000Z`;
const lock = { ObjectLockMode: lockMode, ObjectLockRetainUntilDate: new Date(retainUntil) } as const;

const put = async (client: S3Client, Key: string, Body: Buffer, more: object = lock): Promise<string> => {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  return VersionId ?? '';
};

/** A clean archive of two documents in a locked bucket. */
const setUp = async () => {
  const server = await closedAfterTest(startS3());
  const client = s3Client(server.url);
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const { pem, keys } = cleanArchive(1);
  const manifests: Manifest[] = [];
  for (const number of [1, 2]) {
    const former = manifests.at(-1);
    const draft = manifestOf(number, former ? sha256Hex(manifestBytes(former)) : null, { lockMode, retainUntil });
    const versionId = await put(client, documentKey(draft.eid, draft.digest), pdfOf(number));
    const manifest = { ...draft, versionId };
    await put(client, keyOfManifest(manifest), manifestBytes(manifest));
    manifests.push(manifest);
  }
  const [first, last] = manifests as [Manifest, Manifest];
  const head = signedHead(last, keys);
  await put(client, headKey(head.signedAt, 2), headBytes(head));
  await put(client, publicKeyKey(head.keyId), Buffer.from(pem));
  const args = ['--bucket', Bucket, '--endpoint', server.url] as const;
  return { client, args, first, last, head, pdf: documentKey(first.eid, first.digest) };
};

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

describe('an archive in its bucket', () => {
  it('is whole when nobody touched it, and locks and delete markers were checked', async () => {
    const { args } = await setUp();
    const { status, out } = await run(...args);
    expect([status, /locks +checked/.test(out), /delete markers +checked/.test(out)]).toEqual([0, true, true]);
  });

  it('shows a delete marker, and still finds what it hides', async () => {
    const { client, args, first, pdf } = await setUp();
    for (const Key of [pdf, keyOfManifest(first)]) await client.send(new DeleteObjectCommand({ Bucket, Key }));
    const faults = await faultsOf(...args);
    expect(faults.sort()).toEqual([`delete-marker ${keyOfManifest(first)}`, `delete-marker ${pdf}`].sort());
  });

  it('shows a shortened lock', async () => {
    const { client, args, pdf } = await setUp();
    const Retention = { Mode: lockMode, RetainUntilDate: new Date(`${year + 2}-01-01T00:00:00.000Z`) } as const;
    const bypass = { BypassGovernanceRetention: true };
    await client.send(new PutObjectRetentionCommand({ Bucket, Key: pdf, Retention, ...bypass }));
    expect(await faultsOf(...args)).toEqual([`lock-shortened ${pdf}`]);
  });

  it('shows a lock that is gone from a manifest or a head', async () => {
    const { client, args, last, head } = await setUp();
    const keys = [keyOfManifest(last), headKey(head.signedAt, 2)];
    for (const Key of keys)
      await client.send(new PutObjectRetentionCommand({ Bucket, Key, Retention: {}, BypassGovernanceRetention: true }));
    expect((await faultsOf(...args)).sort()).toEqual(keys.map((key) => `lock-missing ${key}`).sort());
  });

  it('shows a version written over the archived one, and checks the archived one', async () => {
    const { client, args, first, pdf } = await setUp();
    await put(client, pdf, Buffer.from('another'), {});
    await put(client, keyOfManifest(first), Buffer.from('another'), {});
    const faults = await faultsOf(...args);
    expect(faults.sort()).toEqual([`extra-version ${keyOfManifest(first)}`, `extra-version ${pdf}`].sort());
  });

  it('shows a weaker lock than the manifest promises, and a version that the manifest does not name', async () => {
    const { client, args, last } = await setUp();
    const draft = manifestOf(3, sha256Hex(manifestBytes(last)), { lockMode: 'COMPLIANCE', retainUntil });
    const versionId = await put(client, documentKey(draft.eid, draft.digest), pdfOf(3));
    const third = { ...draft, versionId };
    await put(client, keyOfManifest(third), manifestBytes(third));
    const fourth = manifestOf(4, sha256Hex(manifestBytes(third)), { lockMode, retainUntil, versionId: 'none' });
    await put(client, documentKey(fourth.eid, fourth.digest), pdfOf(4));
    await put(client, keyOfManifest(fourth), manifestBytes(fourth));
    expect(await faultsOf(...args, '--allow-unsealed')).toEqual([
      `lock-weakened ${keyOfManifest(third)}`,
      `lock-weakened ${documentKey(third.eid, third.digest)}`,
      `document-missing ${documentKey(fourth.eid, fourth.digest)}`,
    ]);
  });

  it('shows an object without the legal hold that the catalogue names', async () => {
    const { client, args, first, last, pdf } = await setUp();
    const entryOf = (manifest: Manifest, isHeld: boolean) => {
      const { number, eid, digest, versionId, sha256, sizeBytes } = manifest;
      const manifestSha256 = sha256Hex(manifestBytes(manifest));
      return catalogueLine({ number, eid, digest, versionId, sha256, sizeBytes, manifestSha256, isHeld });
    };
    const catalogue = join(await temporaryFolder(), 'catalogue.ndjson');
    await writeFile(catalogue, entryOf(first, true) + entryOf(last, false));
    const hold = (Key: string) =>
      client.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'ON' } }));
    await hold(pdf);
    expect(await faultsOf(...args, '--catalogue', catalogue)).toEqual([`hold-missing ${keyOfManifest(first)}`]);
    await hold(keyOfManifest(first));
    expect(await faultsOf(...args, '--catalogue', catalogue)).toEqual([]);
  });

  it('that cannot be reached ends with status 2', async () => {
    const { args } = await setUp();
    const { status, err } = await run('--bucket', 'missing', '--endpoint', args[3]);
    expect([status, err.includes('cannot be read')]).toEqual([2, true]);
  });
});
