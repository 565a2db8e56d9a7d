/**
 * The embedded DynamoDB, SQS and S3 in processes of their own, which count what they are asked. Nothing stands in front of them, so that counting
 * costs no time.
 */
import { fork } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { startSqs } from '../../local/emulators/sqs.ts';
import { archiveIndexes, receiptIndex } from '../../shared/config/names.ts';

/**
 * Requests by operation, such as `PutItem`, and the units that DynamoDB would bill: `readUnits`, `writeUnits`. S3's are counted by what they
 * cost: `s3Write` for what writes or lists, `s3Read` for what reads, `s3Free` for what deletes (S3 pricing).
 */
export type StoreCounts = Readonly<Record<string, number>>;

export type CountedStore = {
  readonly url: string;
  readonly counts: () => Promise<StoreCounts>;
  readonly close: () => Promise<void>;
};

export type StoreKind = 'dynamodb' | 'sqs' | 's3';

/** @param tables whose units are counted: a pattern of their names. Units of others, such as those of the quota, are not. */
export const startStoreProcess = async (
  kind: StoreKind,
  tables = 'Notifications|Subscriptions',
): Promise<CountedStore> => {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(fileURLToPath(import.meta.url), [kind, tables], { stdio: [...stdio] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    counts: async () => {
      child.send('counts');
      const [counts] = (await once(child, 'message')) as [StoreCounts];
      return counts;
    },
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

type Capacity = (
  data: { TableName: string; ReturnConsumedCapacity?: string },
  isRead: boolean,
  newItem?: object,
  oldItem?: object,
) => unknown;

const unitBytes = 1_024;
type Item = object | null | undefined;

/** The archive's indexes hold whole items. An item that appears in one costs its size there. dynalite gives the two items in either order. */
const archiveUnits = (one: Item, other: Item): number => {
  const isIn = (item: Item, { partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string }) =>
    Boolean(item && partitionKey in item && sortKey in item);
  const indexes = Object.values(archiveIndexes).filter((index) => isIn(one, index) !== isIn(other, index)).length;
  return indexes * Math.ceil(JSON.stringify(one ?? other ?? {}).length / unitBytes);
};

/**
 * dynalite counts the units of a table when it is asked to. It leaves out indexes: an item that appears in the index of the ledger costs one
 * unit there. Its keys never change after that.
 */
const countUnits = (tables: RegExp, add: (name: string, count: number) => void): void => {
  const db = createRequire(import.meta.url)('dynalite/db') as { addConsumedCapacity: Capacity };
  const { addConsumedCapacity } = db;
  db.addConsumedCapacity = (data, isRead, newItem, oldItem) => {
    if (!tables.test(data.TableName)) return addConsumedCapacity(data, isRead, newItem, oldItem);
    const counted = { ...data, ReturnConsumedCapacity: 'TOTAL' };
    const { CapacityUnits } = addConsumedCapacity(counted, isRead, newItem, oldItem) as { CapacityUnits: number };
    add(isRead ? 'readUnits' : 'writeUnits', CapacityUnits);
    // dynalite gives the two in either order. One alone is an item that is new, or goes.
    const [only, ...others] = [newItem, oldItem].filter((item) => item !== undefined && item !== null);
    if (!isRead && only && others.length === 0 && receiptIndex.partitionKey in only) add('writeUnits', 1);
    if (!isRead) add('writeUnits', archiveUnits(newItem, oldItem));
    return addConsumedCapacity(data, isRead, newItem, oldItem);
  };
};

const listings = /[?&](list-type|uploads|versions)\b/;
const costOfS3 = ({ method = '', url = '' }: IncomingMessage): string => {
  if (method === 'DELETE') return 's3Free';
  return ['PUT', 'POST'].includes(method) || listings.test(url) ? 's3Write' : 's3Read';
};

const servers = { dynamodb: startDynamoDb, sqs: startSqs, s3: startS3 } as const;

const serve = async (kind: StoreKind, tables: string): Promise<void> => {
  const counts: Record<string, number> = {};
  const add = (name: string, count: number): void => {
    counts[name] = (counts[name] ?? 0) + count;
  };
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const target = String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    if (target) add(target, 1);
    if (kind === 's3') add(costOfS3(request), 1);
  });
  if (kind === 'dynamodb') countUnits(new RegExp(tables), add);
  const { url } = await servers[kind]({});
  process.on('message', () => process.send?.(counts));
  process.send?.(url);
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  await serve(process.argv[2] as StoreKind, process.argv[3] ?? '');
