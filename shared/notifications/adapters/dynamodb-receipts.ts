/** Lists keys of items by time of receipt, out of an index that has each month in several partitions. */
import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { receiptIndex } from '../../config/names.ts';
import type { Range } from '../ledger.ts';
import { millisOf, monthOf, type Span, shards, spanOf, startOfMonth, toPosition } from './receipt-order.ts';

/** What is kept by receipt: each kind has a list of its own. */
export type Kind = 'notification' | 'malformed';
const prefixes: Readonly<Record<Kind, string>> = { notification: 'N', malformed: 'M' };

const shardOf = (id: string): number => (createHash('sha256').update(id).digest()[0] as number) % shards;
const partitionOf = (kind: Kind, month: string, shard: number): string => `${prefixes[kind]}#${month}#${shard}`;

/** The attributes that put an item into the index. */
export const receiptAttributes = (kind: Kind, id: string, receivedAtMillis: number) => ({
  [receiptIndex.partitionKey]: partitionOf(kind, monthOf(receivedAtMillis), shardOf(id)),
  [receiptIndex.sortKey]: toPosition(receivedAtMillis, id),
});

export type Found = { readonly pk: string; readonly position: string };
type Part = { readonly found: readonly Found[]; readonly isWhole: boolean };
export type FoundPage = { readonly found: readonly Found[]; readonly cursor?: string };

export const createReceiptLister = (client: DynamoDBDocumentClient, tableName: string, nowMillis: () => number) => {
  const query = async (partition: string, { from, until }: Span, isForward: boolean, most: number): Promise<Part> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: receiptIndex.name,
        KeyConditionExpression: '#partition = :partition AND #position BETWEEN :from AND :until',
        ExpressionAttributeNames: { '#partition': receiptIndex.partitionKey, '#position': receiptIndex.sortKey },
        ExpressionAttributeValues: { ':partition': partition, ':from': from, ':until': until },
        ScanIndexForward: isForward,
        Limit: most,
      }),
    );
    const found = Items.map((item) => ({ pk: String(item.pk), position: String(item[receiptIndex.sortKey]) }));
    return { found, isWhole: LastEvaluatedKey === undefined };
  };

  /** Where a part ends before the month does, the others count as far as it goes. */
  const merge = (parts: readonly Part[], isForward: boolean): Part => {
    const isBefore = (one: string, other: string): boolean => (isForward ? one < other : one > other);
    const ends = parts.flatMap(({ found, isWhole }) => (isWhole ? [] : (found.at(-1)?.position ?? [])));
    const found = parts
      .flatMap((part) => part.found)
      .filter(({ position }) => ends.every((end) => !isBefore(end, position)))
      .sort((one, other) => (isBefore(one.position, other.position) ? -1 : 1));
    return { found, isWhole: ends.length === 0 };
  };

  return async (kind: Kind, range: Range): Promise<FoundPage> => {
    const span = spanOf(range, nowMillis());
    if (span.from >= span.until) return { found: [] };
    const isForward = range.order === 'oldest-first';
    const [firstMillis, lastMillis] = [millisOf(span.from), millisOf(span.until)];
    const found: Found[] = [];
    let month = startOfMonth(isForward ? firstMillis : lastMillis);
    for (;;) {
      // The cursor stands in the span and is no part of the page.
      const most = range.limit - found.length + 1;
      const partitions = Array.from({ length: shards }, (_, shard) => partitionOf(kind, monthOf(month), shard));
      const parts = await Promise.all(partitions.map((partition) => query(partition, span, isForward, most)));
      const { found: ofMonth, isWhole } = merge(parts, isForward);
      found.push(...ofMonth.filter(({ position }) => position !== range.cursor));
      const next = startOfMonth(month, isForward ? 1 : -1);
      const hasMore = !isWhole || (isForward ? next < lastMillis : month > firstMillis);
      const page = found.slice(0, range.limit);
      if (!hasMore && page.length === found.length) return { found: page };
      if (!isWhole || found.length >= range.limit)
        return { found: page, cursor: ((page.at(-1) ?? ofMonth.at(-1)) as Found).position };
      month = next;
    }
  };
};
