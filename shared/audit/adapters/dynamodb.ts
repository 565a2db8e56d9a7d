import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditIndexes } from '../../config/names.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { toIso } from '../../time/iso.ts';
import { type AuditLog, type AuditRange, AuditRecord, type AuditSlice, positionOf } from '../record.ts';
import { dayKey, partitionsOf, shardOf, startOfDay } from './days.ts';

/** Most days that one slice reads: for a quiet year, the reader continues a few times. */
const mostDays = 31;

/** Key attribute and value of the read, with the index that has it first. */
type Partition = { readonly index?: string; readonly attribute: string; readonly value: string };

const partitionOf = (of: NonNullable<AuditRange['of']>): Partition =>
  'consumer' in of
    ? { index: auditIndexes.byConsumer, attribute: 'consumer', value: of.consumer }
    : { index: auditIndexes.byEntity, attribute: 'entity', value: of.entity };

type Span = { readonly from: string; readonly until: string };

type FoundRecord = { readonly key: string; readonly record: AuditRecord };
/** Newest first. `isWhole`: there are no more in the span. */
type Part = { readonly found: readonly FoundRecord[]; readonly isWhole: boolean };

/**
 * If a part ends before its span does, others may continue further: records older than its last one are left for the
 * next time.
 */
const mergeParts = (parts: readonly Part[], most: number): Part => {
  const floors = parts.flatMap(({ found, isWhole }) => (isWhole ? [] : (found.at(-1)?.key ?? [])));
  const known = parts
    .flatMap(({ found }) => found)
    .filter(({ key }) => floors.every((floor) => key >= floor))
    .sort((one, other) => (one.key < other.key ? 1 : -1));
  return { found: known.slice(0, most), isWhole: floors.length === 0 && known.length <= most };
};

/**
 * One item a record: by day in the table, in shards, by consumer and by entity in two indexes, sorted by begin. The indexes follow the
 * table within about a second. Needs the rights to put and to query, and no others.
 */
export const createDynamoAuditLog = (
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMillis: () => number,
): AuditLog => {
  const query = async ({ index, attribute, value }: Partition, span: Span, most: number): Promise<Part> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
        KeyConditionExpression: '#of = :of AND sk BETWEEN :from AND :until',
        ExpressionAttributeNames: { '#of': attribute },
        ExpressionAttributeValues: { ':of': value, ':from': span.from, ':until': span.until },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    const found = Items.map((item) => ({ key: String(item.sk), record: AuditRecord.parse(item) }));
    return { found, isWhole: LastEvaluatedKey === undefined };
  };

  const toSlice = ({ found, isWhole }: Part): AuditSlice => {
    const last = found.at(-1);
    return {
      records: found.map(({ record }) => record).filter(({ deleteAtSeconds }) => deleteAtSeconds * 1_000 > nowMillis()),
      next: last && !isWhole ? positionOf(last.record) : undefined,
    };
  };

  const readDay = async (span: Span, most: number): Promise<AuditSlice> => {
    const parts = partitionsOf(span.until).map((value) => query({ attribute: 'pk', value }, span, most));
    return toSlice(mergeParts(await Promise.all(parts), most));
  };

  /** Reads backwards day by day, until records are found or the range ends. */
  const readDays = async ({ from, until }: Span, most: number): Promise<AuditSlice> => {
    let end = until;
    for (let days = 0; days < mostDays; days += 1) {
      const slice = await readDay({ from, until: end }, most);
      const start = startOfDay(end);
      // Later than every record of the day before: their sort keys go on where an instant ends.
      const dayBefore = `${toIso(start - 1)}~`;
      if (slice.next !== undefined) return slice;
      if (toIso(start) <= from) return slice;
      if (slice.records.length > 0) return { ...slice, next: dayBefore };
      end = dayBefore;
    }
    return { records: [], next: end };
  };

  return namingFailures('AUDIT_UNAVAILABLE', {
    async append(record) {
      const { startedMillis } = record;
      const put = new PutCommand({
        TableName: tableName,
        Item: {
          pk: dayKey(toIso(startedMillis), shardOf(record.id)),
          sk: `${positionOf(record)}#${record.stage}`,
          ...record,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await client.send(put).catch((error: unknown) => {
        // Ids are unique, so an existing record is this one, put by a try whose answer was lost.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
    async read({ fromMillis, untilMillis, before, of }, most) {
      const from = toIso(fromMillis);
      const untilIso = toIso(untilMillis);
      const until = before !== undefined && before < untilIso ? before : untilIso;
      if (until <= from) return { records: [], next: undefined };
      return of ? toSlice(await query(partitionOf(of), { from, until }, most)) : readDays({ from, until }, most);
    },
  });
};
