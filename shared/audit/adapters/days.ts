/** Where the audit log's items lie: by day, in partitions. */
import { createHash } from 'node:crypto';

/**
 * Partitions of a day, because one takes 1,000 writes a second (DynamoDB quotas). Both records of an entry are in the
 * same one.
 */
const shards = 8;
export const shardOf = (id: string): number => (createHash('sha256').update(id).digest()[0] as number) % shards;
export const dayKey = (iso: string, shard: number): string => `DAY#${iso.slice(0, 10)}#${shard}`;
export const startOfDay = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00.000Z`);
/** Partition keys of the day of an instant. */
export const partitionsOf = (iso: string): readonly string[] =>
  Array.from({ length: shards }, (_, shard) => dayKey(iso, shard));
