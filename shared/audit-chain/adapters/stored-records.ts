/** StoredRecords over the audit table: its items as they are, with numbers as the table has them. */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionsOf, startOfDay } from '../../audit/adapters/days.ts';
import { toIso } from '../../time/iso.ts';
import { dayMillis } from '../../time/units.ts';
import type { StoredRecord, StoredRecords } from '../stores.ts';

/** Days that one page looks through at most: a quiet year takes a few pages. */
const mostDays = 31;

const listText = (texts: readonly string[]): string => `[${texts.join(',')}]`;
const encode = (bytes: Uint8Array): string => JSON.stringify(Buffer.from(bytes).toString('base64'));

/** A value as JSON, members sorted. Whatever the table may hold has a text, so that nothing in it can stop the sealing. */
const textOf = ({ S, N, BOOL, M, L, B, SS, NS, BS }: AttributeValue): string => {
  if (S !== undefined) return JSON.stringify(S);
  if (N !== undefined) return N;
  if (BOOL !== undefined) return String(BOOL);
  if (M !== undefined) return itemText(M);
  if (L !== undefined) return listText(L.map(textOf));
  if (B !== undefined) return encode(B);
  if (SS !== undefined) return listText(SS.toSorted().map((text) => JSON.stringify(text)));
  if (NS !== undefined) return listText(NS.toSorted());
  if (BS !== undefined) return listText(BS.map(encode).toSorted());
  return 'null';
};
const itemText = (item: Record<string, AttributeValue>): string => {
  const members = Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(',')}}`;
};

type Found = { readonly sk: string; readonly line: string };
/** In the order of the sort keys. `isWhole`: there are no more in the span. */
type Part = { readonly found: readonly Found[]; readonly isWhole: boolean };
/** Sort keys, both within the span. */
type Span = { readonly from: string; readonly until: string };

/** If a part ends before its span does, others may continue further: what is behind its last record is left for the next page. */
const mergeParts = (parts: readonly Part[], most: number): Part => {
  const ends = parts.flatMap(({ found, isWhole }) => (isWhole ? [] : (found.at(-1)?.sk ?? [])));
  const known = parts
    .flatMap(({ found }) => found)
    .filter(({ sk }) => ends.every((end) => sk <= end))
    .sort((one, other) => (one.sk < other.sk ? -1 : 1));
  const last = known[most - 1]?.sk;
  if (last === undefined) return { found: known, isWhole: ends.length === 0 };
  // Never between two items of one sort key: the next page begins behind it.
  const cut = known.filter(({ sk }) => sk <= last);
  return { found: cut, isWhole: ends.length === 0 && cut.length === known.length };
};

/** Nobody but a stranger writes a key that is no instant: it counts as the begin of its day. */
const startedMillisOf = (sk: string): number => {
  const millis = Date.parse(sk.slice(0, 24));
  return Number.isNaN(millis) ? startOfDay(sk) : millis;
};

/** Behind every sort key of the instant before this one. */
const endBefore = (iso: string): string => `${toIso(Date.parse(iso) - 1)}~`;

/** Reads see what was appended before. Needs the right to query, and no other. */
export const createDynamoStoredRecords = (client: DynamoDBClient, tableName: string): StoredRecords => {
  const query = async (pk: string, { from, until }: Span, most: number): Promise<Part> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        ...{ TableName: tableName, ConsistentRead: true, Limit: most },
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':until': { S: until } },
      }),
    );
    const found = Items.map((item) => ({ sk: item.sk?.S ?? '', line: itemText(item) }));
    return { found, isWhole: LastEvaluatedKey === undefined };
  };

  const readDay = async (span: Span, most: number): Promise<Part> => {
    const partitions = partitionsOf(span.from);
    // Twice its share of each, since a page ends where the first part does. At least one behind the record that is known.
    const ofEach = Math.ceil((2 * most) / partitions.length) + 1;
    return mergeParts(await Promise.all(partitions.map((pk) => query(pk, span, ofEach))), most);
  };

  const toRecords = ({ found }: Part, after: string | undefined): StoredRecord[] =>
    found.filter(({ sk }) => sk !== after).map(({ sk, line }) => ({ startedMillis: startedMillisOf(sk), line }));

  return {
    async page({ fromMillis, untilMillis }, after, most) {
      const end = endBefore(toIso(untilMillis));
      let from = after ?? toIso(fromMillis);
      for (let days = 0; days < mostDays && from < end; days += 1) {
        const nextDay = toIso(startOfDay(from) + dayMillis);
        const isLastDay = nextDay > end;
        // The last record of the page before is in the span, too.
        const day = await readDay({ from, until: isLastDay ? end : endBefore(nextDay) }, most + 1);
        const records = toRecords(day, after);
        const last = day.found.at(-1);
        if (!day.isWhole && last) return { records, next: last.sk, readMillis: startedMillisOf(last.sk) };
        if (isLastDay) return { records, next: undefined, readMillis: untilMillis };
        if (records.length > 0) return { records, next: nextDay, readMillis: Date.parse(nextDay) };
        from = nextDay;
      }
      const isOver = from >= end;
      return {
        records: [],
        next: isOver ? undefined : from,
        readMillis: isOver ? untilMillis : startedMillisOf(from),
      };
    },
  };
};
