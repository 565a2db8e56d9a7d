/**
 * The embedded DynamoDB and SQS in processes of their own, which count what they are asked. Nothing stands in front of them, so that counting
 * costs no time.
 */
import { fork } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { startSqs } from '../../local/emulators/sqs.ts';
import { receiptIndex } from '../../shared/config/names.ts';

/** Requests by operation, such as `PutItem`, and the units that DynamoDB would bill: `readUnits`, `writeUnits`. */
export type StoreCounts = Readonly<Record<string, number>>;

export type CountedStore = {
  readonly url: string;
  readonly counts: () => Promise<StoreCounts>;
  readonly close: () => Promise<void>;
};

export const startStoreProcess = async (kind: 'dynamodb' | 'sqs'): Promise<CountedStore> => {
  const child = fork(fileURLToPath(import.meta.url), [kind], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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

/** Units of others, such as those of the change sweep and of the quota, are not counted. */
const tables = /Notifications|Subscriptions/;

/**
 * dynalite counts the units of a table when it is asked to. It leaves out indexes: an item that appears in the index of the ledger costs one
 * unit there. Its keys never change after that.
 */
const countUnits = (add: (name: string, count: number) => void): void => {
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
    return addConsumedCapacity(data, isRead, newItem, oldItem);
  };
};

const serve = async (kind: string): Promise<void> => {
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
  });
  if (kind === 'dynamodb') countUnits(add);
  const { url } = await (kind === 'dynamodb' ? startDynamoDb({}) : startSqs({}));
  process.on('message', () => process.send?.(counts));
  process.send?.(url);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(process.argv[2] ?? '');
