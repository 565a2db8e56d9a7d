/**
 * The embedded DynamoDB, SQS and S3 in processes of their own, which count what they are asked. Nothing stands in front of them, so that counting
 * costs no time.
 */
import { fork } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { startSqs } from '../../local/emulators/sqs.ts';
import { countUnits } from './units.ts';

/**
 * Requests by operation, such as `PutItem`, and the units that DynamoDB would bill: `readUnits`, `writeUnits`, and those of each table, such as
 * `CacheTable readUnits`. S3's are counted by what they cost: `s3Write` for what writes or lists, `s3Read` for what reads, `s3Free` for what
 * deletes (S3 pricing).
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
  const counted = new RegExp(tables);
  if (kind === 'dynamodb')
    countUnits((table, unit, count) => {
      add(`${table} ${unit}`, count);
      if (counted.test(table)) add(unit, count);
    });
  const { url } = await servers[kind]({});
  process.on('message', () => process.send?.(counts));
  process.send?.(url);
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  await serve(process.argv[2] as StoreKind, process.argv[3] ?? '');
