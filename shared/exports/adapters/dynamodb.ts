/** ExportStore in a table: an item for each run, round and job, one for all leases. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { Job, Run } from '../export-record.ts';
import { emptyBook, type LeaseBook } from '../lease-book.ts';
import type { ExportStore, OpenExports } from '../store.ts';

const runKey = (name: string) => ({ pk: `RUN#${name}`, sk: 'RUN' });
const roundKey = (wishName: string) => ({ pk: `WISH#${wishName}`, sk: 'WISH' });
const jobKey = (consumerId: string, id: string) => ({ pk: `CONSUMER#${consumerId}`, sk: id });
/** Beside the run, so that whoever ends it finds its jobs. */
const linkKey = ({ runName, consumerId, id }: Job) => ({ pk: `RUN#${runName}`, sk: `JOB#${consumerId}#${id}` });
const openKey = (name: string) => ({ pk: 'OPEN', sk: name });
const openOfKey = (consumerId: string) => ({ pk: `ALLOWANCE#${consumerId}`, sk: 'ALLOWANCE' });
const leasesKey = { pk: 'LEASES', sk: 'LEASES' };

/** Records of exports are kept longer than the files, whose bucket empties itself after 30 days. */
const keptMillis = 90 * 86_400_000;

export const createDynamoExportStore = (client: DynamoDBDocumentClient, tableName: string): ExportStore => {
  const get = async (Key: { readonly pk: string; readonly sk: string }) =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
  const put = (Item: object, condition: object = {}) =>
    client.send(new PutCommand({ TableName: tableName, Item, ...condition }));
  const remove = (Key: object) => client.send(new DeleteCommand({ TableName: tableName, Key }));
  const deleteAtSeconds = (fromMillis: number): number => Math.floor((fromMillis + keptMillis) / 1000);

  return namingFailures('EXPORTS_UNAVAILABLE', {
    async readRound(wishName) {
      return (await get(roundKey(wishName)))?.version as number | undefined;
    },
    writeRound: (wishName, before, after, nowMillis) =>
      conditionHeld(
        put(
          { ...roundKey(wishName), version: after, deleteAtSeconds: deleteAtSeconds(nowMillis) },
          atVersion(before ?? 0),
        ),
      ),
    async readRun(name) {
      const item = await get(runKey(name));
      return item && Run.parse(item);
    },
    async writeRun(after) {
      // Listed before it is there, so that a run that a crash left alone is found.
      const expiry = { deleteAtSeconds: deleteAtSeconds(after.endedAtMillis ?? after.createdAtMillis) };
      if (after.version === 1) await put({ ...openKey(after.name), ...expiry });
      const held = await conditionHeld(
        put({ ...runKey(after.name), ...after, ...expiry }, atVersion(after.version - 1)),
      );
      if (held && after.isAnnounced) await remove(openKey(after.name));
      return held;
    },
    async listOpen() {
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'OPEN' },
      });
      return items.map(({ sk }) => String(sk));
    },
    async readJob(consumerId, id) {
      const item = await get(jobKey(consumerId, id));
      return item && Job.parse(item);
    },
    async writeJob(job) {
      const expiry = { deleteAtSeconds: deleteAtSeconds(job.createdAtMillis) };
      await put({ ...linkKey(job), ...job, ...expiry });
      await put({ ...jobKey(job.consumerId, job.id), ...job, ...expiry });
    },
    async listJobs(consumerId, limit, cursor) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          ...{ TableName: tableName, ConsistentRead: true, Limit: limit, ScanIndexForward: false },
          KeyConditionExpression: cursor === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :sk',
          ExpressionAttributeValues: {
            ':pk': jobKey(consumerId, '').pk,
            ...(cursor === undefined ? {} : { ':sk': cursor }),
          },
        }),
      );
      const jobs = Items.map((item) => Job.parse(item));
      return LastEvaluatedKey ? { jobs, cursor: String(LastEvaluatedKey.sk) } : { jobs };
    },
    async jobsOf(runName) {
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :job)',
        ExpressionAttributeValues: { ':pk': runKey(runName).pk, ':job': 'JOB#' },
      });
      return items.map((item) => Job.parse(item));
    },
    async readOpenExports(consumerId) {
      const item = await get(openOfKey(consumerId));
      return item ? (item as unknown as OpenExports) : { version: 0, open: [] };
    },
    writeOpenExports(consumerId, { version, open }) {
      const expiry = { deleteAtSeconds: deleteAtSeconds(Math.max(...open.map(({ sinceMillis }) => sinceMillis))) };
      return conditionHeld(put({ ...openOfKey(consumerId), version, open, ...expiry }, atVersion(version - 1)));
    },
    async readLeases() {
      const item = await get(leasesKey);
      return item ? (item as unknown as LeaseBook) : emptyBook;
    },
    writeLeases: ({ version, holders, waiters }) =>
      conditionHeld(put({ ...leasesKey, version, holders, waiters }, atVersion(version - 1))),
  });
};
