/** HoldStore and HeldObjects: the promises of the ports, by each adapter. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoHoldStore } from '../../shared/archive/adapters/dynamodb-holds.ts';
import { createMemoryHoldStore } from '../../shared/archive/adapters/memory-holds.ts';
import { createS3HeldObjects } from '../../shared/archive/adapters/s3-holds.ts';
import type { HeldEntity, HoldStore } from '../../shared/archive/holds/hold-record.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';
import { freshTable } from '../support/tables.ts';

const record = (eid: string, version: number, more: Partial<HeldEntity> = {}): HeldEntity => ({
  ...{ eid, version, isSettled: false },
  holds: [
    { reason: 'a dispute', placedBy: 'legal', placedAtMillis: 1, released: { by: 'legal', atMillis: 2, reason: 'x' } },
  ],
  ...more,
});

describe.each([
  ['memory', async (): Promise<HoldStore> => createMemoryHoldStore()],
  [
    'DynamoDB',
    async (): Promise<HoldStore> => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoHoldStore(dynamo, tableName);
    },
  ],
] as const)('HoldStore contract: %s', (_name, create) => {
  it('gives back what was written last, and refuses what follows another record', async () => {
    const store = await create();
    expect(await store.readHeld('experiment:a')).toBeUndefined();
    const first = record('experiment:a', 1);
    expect([await store.writeHeld(first), await store.writeHeld(first)]).toEqual([true, false]);
    expect(await store.writeHeld(record('experiment:a', 3))).toBe(false);
    expect(await store.readHeld('experiment:a')).toEqual(first);
    const second = record('experiment:a', 2, { isSettled: true });
    expect(await store.writeHeld(second)).toBe(true);
    expect(await store.readHeld('experiment:a')).toEqual(second);
  });

  it('lists records in the order of the ids of experiments, from page to page', async () => {
    const store = await create();
    for (const name of ['b', 'c', 'a']) await store.writeHeld(record(`experiment:${name}`, 1));
    const first = await store.listHeld(2);
    const second = await store.listHeld(2, first.cursor);
    const ids = [...first.held, ...second.held].map(({ eid }) => eid);
    expect([ids, second.cursor]).toEqual([['experiment:a', 'experiment:b', 'experiment:c'], undefined]);
  });
});

it('HeldObjects over S3 sets and lifts the hold of a version or of the current one, and says when there is none', async () => {
  const server = await closedAfterTest(startS3());
  const client = s3Client(server.url);
  const Bucket = 'archive';
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const put = async (Key: string) =>
    (await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).VersionId ?? '';
  const statusOf = async (Key: string, VersionId: string) =>
    (await client.send(new GetObjectLegalHoldCommand({ Bucket, Key, VersionId }))).LegalHold?.Status;
  const [older, newer] = [await put('a'), await put('a')];
  const objects = createS3HeldObjects(client, Bucket);
  expect([await objects.setHold('a', older, true), await objects.setHold('a', undefined, true)]).toEqual([true, true]);
  expect([await statusOf('a', older), await statusOf('a', newer)]).toEqual(['ON', 'ON']);
  const deleted = client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: older }));
  await expect(deleted).rejects.toMatchObject({ name: 'AccessDenied' });
  await objects.setHold('a', older, false);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: older }));
  expect([await objects.setHold('b', undefined, true), await objects.setHold('a', older, true)]).toEqual([
    false,
    false,
  ]);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(await objects.setHold('a', undefined, false)).toBe(false);
  expect(await statusOf('a', newer)).toBe('ON');
});
