/** SQS of the twin: fauxqs 2.4.1 without its own starter, which listens on every interface. */
import { type BuildAppOptions, buildApp } from 'fauxqs';
import { type Emulator, once } from './loopback.ts';
import { keepTraces } from './sqs-traces.ts';
import { claimFolder } from './state-folder.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;

/** The inner modules of fauxqs: its package exports no way to have both persistence and a listener on 127.0.0.1. */
type Inner = {
  readonly SqsStore: new () => Stores['sqsStore'];
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (
    folder: string,
  ) => { loadSqsAndSns(sqs: Stores['sqsStore'], sns: Stores['snsStore']): void; close(): void };
};

/**
 * Starts SQS on 127.0.0.1. Queue URLs are `http://127.0.0.1:<port>/000000000000/<name>`. Queues and messages live in
 * `stateDir`, or in memory without one; receipts of messages in flight survive a restart, the five-minute memory of
 * FIFO deduplication ids does not. @throws Error EADDRINUSE when the port is taken.
 */
export const startSqs = async (
  options: { readonly stateDir?: string | undefined; readonly port?: number | undefined } = {},
): Promise<Emulator> => {
  const inner = await importInner();
  const stores = { sqsStore: new inner.SqsStore(), snsStore: new inner.SnsStore(), s3Store: new inner.S3Store() };
  stores.sqsStore.host = ''; // an empty host makes fauxqs build queue URLs from the Host header of the request
  const release = claimFolder(options.stateDir);
  const persistence = options.stateDir === undefined ? undefined : attachState(inner, stores, options.stateDir);
  const app = buildApp({ logger: false, stores });
  keepTraces(app);
  const close = once(async () => {
    await app.close();
    persistence?.close();
    release();
  });
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  moveQueueUrls(stores.sqsStore, url);
  return { url, close };
};

const importInner = async (): Promise<Inner> => {
  const entry = import.meta.resolve('fauxqs');
  const files = ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js'];
  const modules = await Promise.all(files.map((file) => import(new URL(file, entry).href)));
  return Object.assign({}, ...modules) as Inner;
};

/** Loads before it connects: fauxqs would otherwise write each loaded queue anew and cascade away its messages. */
const attachState = (inner: Inner, { sqsStore, snsStore }: Stores, stateDir: string) => {
  const persistence = new inner.PersistenceManager(stateDir);
  persistence.loadSqsAndSns(sqsStore, snsStore);
  const stores = [sqsStore, snsStore, ...sqsStore.allQueues()] as unknown as { persistence: unknown }[];
  for (const store of stores) store.persistence = persistence;
  return persistence;
};

/** Queue URLs are stored with the port of the process that made them; the new process may have another. */
const moveQueueUrls = (store: Stores['sqsStore'], baseUrl: string): void => {
  const { queues } = store as unknown as { queues: Map<string, { url: string }> };
  const moved = [...queues.values()];
  queues.clear();
  for (const queue of moved) {
    queue.url = `${baseUrl}${new URL(queue.url).pathname}`;
    queues.set(queue.url, queue);
  }
};
