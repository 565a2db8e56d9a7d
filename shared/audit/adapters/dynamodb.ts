import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditIndexes } from '../../config/names.ts';
import { type AuditLog, type AuditRange, AuditRecord, type AuditSlice, positionOf } from '../record.ts';

/** So many days are looked through at most for one slice: a reader of a quiet year comes back a few times. */
const mostDays = 31;

const toIso = (millis: number): string => new Date(millis).toISOString();
const dayKey = (iso: string): string => `DAY#${iso.slice(0, 10)}`;
const startOfDay = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00.000Z`);

/** Key attribute and value of what is read, with the index that has it first. */
type Partition = { readonly index?: string; readonly attribute: string; readonly value: string };

const partitionOf = (of: NonNullable<AuditRange['of']>): Partition =>
  'consumer' in of
    ? { index: auditIndexes.byConsumer, attribute: 'consumer', value: of.consumer }
    : { index: auditIndexes.byEntity, attribute: 'entity', value: of.entity };

type Span = { readonly from: string; readonly until: string };

/**
 * One item a record: by day in the table, by consumer and by entity in two indexes, sorted by begin. The indexes follow the
 * table within about a second. Needs the rights to put and to query, and no others.
 */
export const createDynamoAuditLog = (
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMillis: () => number,
): AuditLog => {
  const query = async ({ index, attribute, value }: Partition, span: Span, most: number): Promise<AuditSlice> => {
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
    const records = Items.map((item) => AuditRecord.parse(item));
    const last = records.at(-1);
    return {
      records: records.filter(({ deleteAtSeconds }) => deleteAtSeconds * 1_000 > nowMillis()),
      next: LastEvaluatedKey && last ? positionOf(last) : undefined,
    };
  };

  /** Day after day backwards, until there is something or the range is at its end. */
  const readDays = async ({ from, until }: Span, most: number): Promise<AuditSlice> => {
    let end = until;
    for (let days = 0; days < mostDays; days += 1) {
      const slice = await query({ attribute: 'pk', value: dayKey(end) }, { from, until: end }, most);
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

  return {
    async append(record) {
      const { startedMillis } = record;
      const put = new PutCommand({
        TableName: tableName,
        Item: { pk: dayKey(toIso(startedMillis)), sk: `${positionOf(record)}#${record.stage}`, ...record },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await client.send(put).catch((error: unknown) => {
        // Ids are unique: what is there is this record, put by a try whose answer was lost.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
    async read({ fromMillis, untilMillis, before, of }, most) {
      const from = toIso(fromMillis);
      const untilIso = toIso(untilMillis);
      const until = before !== undefined && before < untilIso ? before : untilIso;
      if (until <= from) return { records: [], next: undefined };
      return of ? query(partitionOf(of), { from, until }, most) : readDays({ from, until }, most);
    },
  };
};
