/** ArchiveStore in a table: an item for each order, version and number of the chain. The lists are four indexes over the chain. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { archiveIndexes } from '../../config/names.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll, querySlice } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { toIso } from '../../time/iso.ts';
import { Claim, Order, Version } from '../archive-record.ts';
import type { ArchiveQuery, ArchiveStore, SealState } from '../archive-store.ts';
import { manifestOf } from '../claim.ts';
import { isWanted, placeOf } from '../listing.ts';

const chain = 'CHAIN';
const orderKey = (name: string) => ({ pk: `ORDER#${name}`, sk: 'ORDER' });
/** Sorts by age. */
const openKey = ({ name, requestedAtMillis }: Order) => ({ pk: 'ORDERS', sk: `${toIso(requestedAtMillis)}#${name}` });
const versionKey = (eid: string, digest: string) => ({ pk: `VERSION#${eid}`, sk: digest });
const claimKey = (number: number) => ({ pk: chain, sk: String(number).padStart(12, '0') });
const sealKey = { pk: 'SEAL', sk: 'SEAL' };

/** Names of one page of open orders. */
const namesOfPage = 500;
/** Reads of one page, when a filter leaves little of each. */
const mostSlices = 8;
/** Value of the attribute that every listed claim has. */
const listed = 'ALL';

const isPublished = (item: Readonly<Record<string, unknown>>): boolean =>
  item[archiveIndexes.byTime.sortKey] !== undefined;

const indexFor = ({ entity, notebook, closedBy }: ArchiveQuery) => {
  const { byEntity, byNotebook, byPerson, byTime } = archiveIndexes;
  if (entity !== undefined) return { ...byEntity, value: entity };
  if (notebook !== undefined) return { ...byNotebook, value: notebook };
  if (closedBy !== undefined) return { ...byPerson, value: closedBy };
  return { ...byTime, value: listed };
};

export const createDynamoArchiveStore = (client: DynamoDBDocumentClient, tableName: string): ArchiveStore => {
  const get = async (Key: { readonly pk: string; readonly sk: string }) =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
  const put = (Item: object, condition: object) =>
    conditionHeld(client.send(new PutCommand({ TableName: tableName, Item, ...condition })));
  const putVersion = (key: object, after: { readonly version: number }) =>
    put({ ...key, ...after }, atVersion(after.version - 1));

  const readOrder = async (name: string): Promise<Order | undefined> => {
    const item = await get(orderKey(name));
    return item && Order.parse(item);
  };

  /** Newest first, before `until`. @returns the claims, and whether there may be more. */
  const readSlice = async (query: ArchiveQuery, limit: number, until: string) => {
    const from = query.from ?? '0';
    // DynamoDB refuses such a range.
    if (from > until) return { claims: [], isMore: false };
    const { name, partitionKey, sortKey, value } = indexFor(query);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        ...{ TableName: tableName, IndexName: name, Limit: limit, ScanIndexForward: false },
        KeyConditionExpression: '#of = :of AND #place BETWEEN :from AND :until',
        ExpressionAttributeNames: { '#of': partitionKey, '#place': sortKey },
        ExpressionAttributeValues: { ':of': value, ':from': from, ':until': until },
      }),
    );
    return { claims: Items.map((item) => Claim.parse(item)), isMore: LastEvaluatedKey !== undefined };
  };

  return namingFailures('ARCHIVE_UNAVAILABLE', {
    readOrder,
    async writeOrder(after) {
      // Listed before it is there, so that an order that a crash left alone is found.
      if (after.version === 1 && !(await get(orderKey(after.name))))
        await client.send(new PutCommand({ TableName: tableName, Item: openKey(after) }));
      const held = await putVersion(orderKey(after.name), after);
      if (held && after.state !== 'open')
        await client.send(new DeleteCommand({ TableName: tableName, Key: openKey(after) }));
      return held;
    },
    async listOpen(behind) {
      const { items, cursor } = await querySlice(client, tableName, 'ORDERS', namesOfPage, behind);
      const names = items.map(({ sk }) => String(sk).split('#')[1] as string);
      return cursor === undefined ? { names } : { names, cursor };
    },
    async readVersion(eid, digest) {
      const item = await get(versionKey(eid, digest));
      return item && Version.parse(item);
    },
    async listVersions(eid) {
      const items = await queryAll(client, {
        ...{ TableName: tableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
        ExpressionAttributeValues: { ':pk': versionKey(eid, '').pk },
      });
      return items.map((item) => Version.parse(item));
    },
    writeVersion: (after) => putVersion(versionKey(after.eid, after.digest), after),
    async lastNumber() {
      const { Items = [] } = await client.send(
        new QueryCommand({
          ...{ TableName: tableName, ConsistentRead: true, Limit: 1, ScanIndexForward: false },
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': chain },
        }),
      );
      return Number(Items[0]?.sk ?? 0);
    },
    async readClaim(number) {
      const item = await get(claimKey(number));
      return item && Claim.parse(item);
    },
    async listClaims(afterNumber, limit) {
      const found: Claim[] = [];
      // A page holds 1 MB at most.
      for (let behind = claimKey(afterNumber).sk; found.length < limit; ) {
        const { items, cursor } = await querySlice(client, tableName, chain, limit - found.length, behind);
        found.push(...items.map((item) => Claim.parse(item)));
        if (cursor === undefined) break;
        behind = cursor;
      }
      return found;
    },
    putClaim: (claim) => put({ ...claimKey(claim.number), ...claim }, atVersion(0)),
    async publish(claim) {
      const { byEntity, byTime } = archiveIndexes;
      await client.send(
        new UpdateCommand({
          ...{ TableName: tableName, Key: claimKey(claim.number) },
          UpdateExpression: 'SET #all = :all, #entity = :entity, #place = :place',
          ConditionExpression: 'manifestSha256 = :hash',
          ExpressionAttributeNames: {
            ...{ '#all': byTime.partitionKey, '#entity': byEntity.partitionKey, '#place': byTime.sortKey },
          },
          ExpressionAttributeValues: {
            ...{ ':all': listed, ':entity': manifestOf(claim).eid, ':place': placeOf(claim) },
            ':hash': claim.manifestSha256,
          },
        }),
      );
    },
    async readPublished(number) {
      const item = await get(claimKey(number));
      return item && isPublished(item) ? Claim.parse(item) : undefined;
    },
    async listAfter(number, limit) {
      const { items, cursor } = await querySlice(client, tableName, chain, limit, claimKey(number).sk);
      const end = items.findIndex((item) => !isPublished(item));
      const claims = (end < 0 ? items : items.slice(0, end)).map((item) => Claim.parse(item));
      return { claims, isMore: end < 0 && cursor !== undefined };
    },
    async list(query, limit, cursor) {
      const found: Claim[] = [];
      let before = cursor ?? query.until ?? '9999';
      for (let slices = 0; slices < mostSlices; slices += 1) {
        // One more, because the last of the page before is within the bounds.
        const { claims, isMore } = await readSlice(query, limit + 1, before);
        const fresh = claims.filter((claim) => placeOf(claim) !== before);
        for (const claim of fresh) {
          if (found.length === limit) return { claims: found, cursor: placeOf(found.at(-1) as Claim) };
          if (isWanted(claim, query)) found.push(claim);
        }
        const last = claims.at(-1);
        if (!isMore || !last) return { claims: found };
        before = placeOf(last);
      }
      return { claims: found, cursor: before };
    },
    async readSeal() {
      const item = await get(sealKey);
      return item ? (item as unknown as SealState) : { version: 0, number: 0, sealedAtMillis: 0 };
    },
    writeSeal: ({ version, number, sealedAtMillis }) =>
      putVersion(sealKey, { version, number, sealedAtMillis } as SealState),
  });
};
