/** The adapters of samples and lists against faults that emulators do not have. Entities and actions keep nothing in a store of their own. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach } from 'vitest';
import { createDynamoCopies } from '../../shared/lists/adapters/dynamodb-copies.ts';
import { createDynamoDefinitions } from '../../shared/lists/adapters/dynamodb-definitions.ts';
import { createS3CsvFiles } from '../../shared/lists/adapters/s3-csv-files.ts';
import type { Definition } from '../../shared/lists/definition.ts';
import { createDynamoCheckStore, createDynamoRegistrationStore } from '../../shared/registration/adapters/dynamodb.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { storeFaultsContract } from './store-faults.contract.ts';

const region = { region: 'eu-west-1' };
const client = DynamoDBDocumentClient.from(new DynamoDBClient(region));
const table = 'table';
const dynamo = mockClient(DynamoDBDocumentClient);
const s3 = mockClient(S3Client);
beforeEach(() => {
  dynamo.reset();
  s3.reset();
});
// Other files run in the same process.
afterAll(() => {
  dynamo.restore();
  s3.restore();
});

const failing = (mock: Pick<AwsStub<never, never, never>, 'onAnyCommand' | 'calls'>) => (error: Error) => {
  mock.onAnyCommand().rejects(error);
  return () => mock.calls().length;
};
const ofTables = failing(dynamo as never);

storeFaultsContract('registrations of samples', 'REGISTRATIONS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoRegistrationStore(client, table);
  const record = { sampleId: 's', version: 1, self: 'a', external: 'a', seenAtMillis: 1 };
  return {
    read: () => store.read('s'),
    write: () => store.write(record, 0),
    remove: () => store.remove('s', 1),
    known: () => store.known(['s']),
    walk: () => store.walk('', 5),
    drifted: () => store.drifted(5),
  };
});

storeFaultsContract('the check of samples', 'REGISTRATIONS_UNAVAILABLE', ofTables, () => {
  const checks = createDynamoCheckStore(client, table);
  const suspicion = { sampleId: 's', reason: 'change', notedAtMillis: 1, dueAtMillis: 1, tries: 0 } as const;
  return {
    suspect: () => checks.suspect(suspicion),
    suspicions: () => checks.suspicions(5),
    clear: () => checks.clear(suspicion),
    postpone: () => checks.postpone(suspicion),
    readPosition: () => checks.readPosition('records'),
    writePosition: () => checks.writePosition('records', ''),
  };
});

storeFaultsContract('definitions of lists and sources', 'LISTS_UNAVAILABLE', ofTables, () => {
  const store = createDynamoDefinitions(client, table);
  const definition = { kind: 'list', name: 'n', version: 1 } as const;
  const removal = { name: 'n', createdAtMillis: 1, notedAtMillis: 2 };
  return {
    read: () => store.read('list', 'n'),
    list: () => store.list('source'),
    write: () => store.write(definition as Definition, 0),
    remove: () => store.remove(definition),
    'note of a removal': () => store.noteRemoval(removal),
    'notes of removals': () => store.removals(),
    'end of a removal': () => store.forgetRemoval(removal),
  };
});

storeFaultsContract('copies of lists and records', 'LISTS_UNAVAILABLE', ofTables, () => {
  const copies = createDynamoCopies(client, table, systemClock);
  return {
    read: () => copies.read('k'),
    'write with a life': () => copies.write('k', { text: '{}', storedAtMillis: 1 }, 60),
    'write for good': () => copies.write('k', { text: '{}', storedAtMillis: 1 }, undefined),
    remove: () => copies.remove('k'),
  };
});

storeFaultsContract('CSV files of lists', 'LISTS_UNAVAILABLE', failing(s3 as never), () => {
  const files = createS3CsvFiles(new S3Client(region), 'bucket', () => {});
  return { read: () => files.read('projects.csv') };
});
