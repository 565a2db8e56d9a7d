/** Every adapter of an AWS service against faults that emulators do not have. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach } from 'vitest';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createDynamoFiguresStore } from '../../shared/cache/adapters/figures.ts';
import { createDynamoPurgeLog } from '../../shared/cache/adapters/purge-log.ts';
import { createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { createDynamoKeyStore } from '../../shared/credentials/adapters/dynamodb-keys.ts';
import { createKmsEnvelope } from '../../shared/credentials/adapters/kms-envelope.ts';
import { namingFailures } from '../../shared/errors/store-failure.ts';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLatestStore, createDynamoReplayStore } from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createDynamoWakeStore } from '../../shared/fan-out/adapters/dynamodb-wakes.ts';
import { createDynamoHealthStore } from '../../shared/health/adapters/dynamodb.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { createDynamoRequestStore } from '../../shared/requests/adapters/dynamodb.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../shared/tokens/adapters/dynamodb.ts';
import { createDynamoUploadStore } from '../../shared/uploads/adapters/dynamodb.ts';
import { createDynamoAllowanceStore } from '../../shared/uploads/adapters/dynamodb-allowance.ts';
import { createS3UploadBytes } from '../../shared/uploads/adapters/s3.ts';
import { createDynamoUsageStore } from '../../shared/usage/adapters/dynamodb.ts';
import { noCounts } from '../../shared/usage/usage.ts';
import { aRecord } from '../shared/requests/support.ts';
import { storeFaultsContract } from './store-faults.contract.ts';

const region = { region: 'eu-west-1' };
const base = new DynamoDBClient(region);
const client = DynamoDBDocumentClient.from(base);
const table = 'table';

/** Replaces `send` of all clients of a class, also of those that an adapter makes itself. */
const dynamo = mockClient(DynamoDBDocumentClient);
const kms = mockClient(KMSClient);
const s3 = mockClient(S3Client);
beforeEach(() => {
  for (const mock of [dynamo, kms, s3]) mock.reset();
});
// Other files run in the same process.
afterAll(() => {
  for (const mock of [dynamo, kms, s3]) mock.restore();
});

const failing = (mock: Pick<AwsStub<never, never, never>, 'onAnyCommand' | 'calls'>) => (error: Error) => {
  mock.onAnyCommand().rejects(error);
  return () => mock.calls().length;
};
const ofTables = failing(dynamo as never);
const ofBuckets = failing(s3 as never);

/** Arguments of which only the keys matter: no method gets beyond its first command. */
const some = <Value>(value: object): Value => value as Value;

storeFaultsContract('audit log', 'AUDIT_UNAVAILABLE', ofTables, () => {
  const log = createDynamoAuditLog(client, table, Date.now);
  const range = { fromMillis: Date.now() - 1_000, untilMillis: Date.now() };
  return {
    append: () => log.append(some({ id: 'a', startedMillis: 1, stage: 'intent', consumer: 'app' })),
    'read all': () => log.read(range, 5),
    'read of one consumer': () => log.read({ ...range, of: { consumer: 'app' } }, 5),
  };
});

const key = some<Parameters<ReturnType<typeof createDynamoCacheStore>['put']>[0]>({ partition: 'p', name: 'n' });
const spill = { put: async () => {}, get: async () => undefined, remove: async () => {} };
const cacheStore = () => createDynamoCacheStore(client, { tableName: table, tenant: 't', spill, clock: systemClock });
const entry = some<Parameters<ReturnType<typeof createDynamoCacheStore>['put']>[1]>({
  ...{ status: 200, headers: [], body: new Uint8Array(1), vary: { names: [], variant: '' }, epochs: {}, fence: 1 },
  ...{ requestedAtMillis: 0, bornAtMillis: 0, freshUntilMillis: 0, staleUntilMillis: 0, errorUntilMillis: 0 },
  ...{ deleteAtMillis: 1, mustRevalidate: false, noCache: false, cacheClass: 'entity' },
});
const flight = { fence: 1, leaseUntilMillis: 1, basis: '' };

storeFaultsContract('cache', 'CACHE_UNAVAILABLE', ofTables, () => {
  const store = cacheStore();
  return {
    read: () => store.read(key, ['entity:e']),
    put: () => store.put(key, entry),
    'purge one entity': () => store.purge(['entity:e'], 'hard'),
    'purge everything': () => store.purge(['all'], 'soft'),
    beginWrite: () => store.beginWrite(['entity:e', 'all'], 'w', 1),
    endWrite: () => store.endWrite(['entity:e'], 'w', ['entity:e', 'all']),
    ancestorsIn: () => store.ancestorsIn('p'),
    markSwept: () => store.markSwept(some({ sweptUntilMillis: 1, types: [], notebooks: undefined })),
    acquire: () => store.acquire(key, { ...flight, fence: 0 }, flight),
    renew: () => store.renew(key, 1, 2),
    finish: () => store.finish(key, 1, { kind: 'passed', untilMillis: 1 }),
  };
});

storeFaultsContract('figures of the cache', 'CACHE_UNAVAILABLE', ofTables, () => {
  const figures = createDynamoFiguresStore(client, table, 't');
  return { add: () => figures.add(0, { hits: 1 }), read: () => figures.read(0) };
});

storeFaultsContract('purges of the cache', 'CACHE_UNAVAILABLE', ofTables, () => {
  const log = createDynamoPurgeLog(client, table, 't');
  return { read: () => log.read('n'), replace: () => log.replace('n', [1], 1) };
});

storeFaultsContract('consumers', 'CONSUMERS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoConsumerStore(client, table);
  return {
    read: () => store.read('app'),
    page: () => store.page(undefined, 5),
    write: () => store.write(some({ consumer: { id: 'app' }, version: 1 }), 0),
    remove: () => store.remove('app', 1),
    follow: () => store.follow('KEY#1'),
    point: () => store.point('KEY#1', 'app'),
    unpoint: () => store.unpoint('KEY#1', 'app'),
    noteUse: () => store.noteUse('KEY#1', '2026-01-01'),
  };
});

const sealed = { wrappedKey: new Uint8Array(1), nonce: new Uint8Array(12), ciphertext: new Uint8Array(20) };

storeFaultsContract('upstream credentials', 'CREDENTIAL_STORE_UNAVAILABLE', ofTables, () => {
  const store = createDynamoKeyStore(client, table);
  const apiKey = some<Parameters<typeof store.remove>[0]>({
    ...{ upstream: 'signals', id: 'k1', slot: 0, owner: 'o', sealed, state: 'active', version: 'v' },
    ...{ createdAtMillis: 1, changedAtMillis: 1 },
  });
  return {
    list: () => store.list('signals'),
    add: () => store.add(apiKey, 10),
    change: () => store.change(apiKey, { lastUsedAtMillis: 1 }),
    remove: () => store.remove(apiKey),
  };
});

storeFaultsContract('key service', 'KEY_SERVICE_UNAVAILABLE', failing(kms as never), () => {
  const envelope = createKmsEnvelope(new KMSClient(region), 'key');
  return { seal: () => envelope.seal('r', 'secret'), open: () => envelope.open('r', sealed) };
});

storeFaultsContract('bookings', 'QUOTA_UNAVAILABLE', ofTables, () => {
  const store = createDynamoBookingStore(client, table, 'signals');
  return { read: () => store.read(), replace: () => store.replace([], 0) };
});

storeFaultsContract('budget, as administrators read it', 'QUOTA_UNAVAILABLE', ofTables, () => {
  const store = namingFailures('QUOTA_UNAVAILABLE', createDynamoQuotaStore(base, table, 'signals'));
  return { read: () => store.read(), replace: () => store.replace(emptyState, 0) };
});

storeFaultsContract('states of health', 'REQUESTS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoHealthStore(client, table);
  return {
    addOutcomes: () => store.addOutcomes(0, { answered: 1, failed: 0 }),
    outcomesSince: () => store.outcomesSince(0),
    readStates: () => store.readStates(),
    writeStates: () => store.writeStates({}, 0),
  };
});
storeFaultsContract('sums of use', 'REQUESTS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoUsageStore(client, table, 0);
  const counts = { ...noCounts, counters: { ...noCounts.counters, calls: 1 } };
  return {
    add: () => store.add('hour', { consumerId: 'c', keyId: 'k', startMillis: 0, counts }, 'w'),
    noteConsumer: () => store.noteConsumer('c', 0),
    consumers: () => store.consumers(0, 0),
    read: () => store.read('hour', 'c', 0),
  };
});
storeFaultsContract('records of requests', 'REQUESTS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoRequestStore(client, table);
  const record = aRecord({ startedAtMillis: 0 });
  const sum = { consumerId: 'c', minuteMillis: 0, hits: 1 };
  return {
    put: () => store.put(record),
    read: () => store.read('r'),
    addHits: () => store.addHits(sum, 'w', 60),
    noteConsumer: () => store.noteConsumer('c', 0),
    consumersOn: () => store.consumersOn(0),
    list: () => store.list('c', 0, '1', 10),
  };
});

storeFaultsContract('linked tokens', 'TOKENS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoTokenStore(client, table);
  const token = { upstream: 'signals', consumerId: 'app', subject: 's' };
  const tokenKey = some<Parameters<typeof store.read>[0]>(token);
  return {
    read: () => store.read(tokenKey),
    put: () =>
      store.put(some({ ...token, version: 'v', state: 'living', lastUsedAtMillis: 1, sealed, person: { id: 'p' } })),
    remove: () => store.remove(tokenKey),
    used: () => store.used(tokenKey, 'v', 1),
    doubt: () => store.doubt(tokenKey, 'v', 1),
    markDead: () => store.markDead(tokenKey, 'v', 1),
    markTold: () => store.markTold(tokenKey, 'v', 1),
    markWarned: () => store.markWarned(tokenKey, 'v', 1),
    claim: () => store.claim(tokenKey, 'v', 1, 2),
    pause: () => store.pause(tokenKey, 'v', 1),
    list: () => store.list(5),
    'list of one consumer': () => store.list(5, undefined, 'app'),
  };
});

storeFaultsContract('links of one use', 'TOKENS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoOneTimeStore(client, table);
  return { put: () => store.put('n', {}, 1), peek: () => store.peek('n'), take: () => store.take('n') };
});

storeFaultsContract('uploads', 'UPLOADS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoUploadStore(client, table);
  const upload = some<Parameters<typeof store.create>[0]>({ id: 'u', state: 'waiting' });
  return {
    create: () => store.create(upload),
    read: () => store.read('u'),
    replace: () => store.replace(upload, upload),
    remove: () => store.remove('u'),
  };
});

storeFaultsContract('allowances of uploads', 'UPLOADS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoAllowanceStore(client, table);
  const upload = { id: 'u', createdAtMillis: 1, expiresAtSeconds: 1 };
  return {
    take: () => store.take('app', { ...upload, sizeBytes: 1 }, '2026-01-01', { mostOpen: 1, mostBytesPerDay: 2 }),
    read: () => store.read('app'),
    release: () => store.release('app', [upload]),
  };
});

storeFaultsContract('pending deliveries', 'NOTIFICATIONS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoPendingStore(client, table, Date.now);
  const one = some<never>({
    subscriptionId: 'sub-1',
    entity: 'e',
    sequence: 1,
    eventId: 'n',
    firstMillis: 1,
    atMillis: 1,
  });
  return {
    put: () => store.put(one),
    remove: () => store.remove(one),
    list: () => store.list('sub-1', 'e', 1),
    page: () => store.page('sub-1', 1),
    behind: () => store.behind('sub-1', 'e', 1),
    bury: () => store.bury(one),
    unbury: () => store.unbury(one),
    dead: () => store.dead('sub-1', 1),
  };
});

storeFaultsContract('replays, intervals and wake-ups', 'SUBSCRIPTIONS_UNAVAILABLE', ofTables, () => {
  const replays = createDynamoReplayStore(client, table);
  const latest = createDynamoLatestStore(client, table);
  const wakes = createDynamoWakeStore(client, table);
  return {
    read: () => replays.read('sub-1', 'rep-1'),
    list: () => replays.list('sub-1'),
    underWay: () => replays.underWay(),
    write: () => replays.write(some({ subscriptionId: 'sub-1', id: 'rep-1', version: 1, createdAtMillis: 1 })),
    readMark: () => latest.read('sub-1', 'e'),
    writeMark: () => latest.write(some({ subscriptionId: 'sub-1', entity: 'e', dueMillis: 1 })),
    removeMark: () => latest.remove('sub-1', 'e'),
    listMarks: () => latest.list('sub-1', 1),
    readSearched: () => wakes.readSearched(),
    writeSearched: () => wakes.writeSearched({ untilMillis: 1, left: [] }),
    readCursors: () => wakes.readCursors(),
    writeCursor: () => wakes.writeCursor('name', 'cursor'),
  };
});

/** A link is signed without a call. */
storeFaultsContract('bytes of uploads', 'UPLOADS_UNAVAILABLE', ofBuckets, () => {
  const bytes = createS3UploadBytes(new S3Client(region), 'bucket');
  return { open: () => bytes.open('u'), remove: () => bytes.remove('u') };
});
