import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { actionsOf, functionNamed, names, prod, type Role, roleOf, statementsOf } from './dev-stack.ts';

describe('rights', () => {
  it.each(names)('%s uses no managed policy and no wildcard in an action', (name) => {
    expect(roleOf(name).properties.ManagedPolicyArns).toBeUndefined();
    expect(actionsOf(name).join(' ')).not.toContain('*');
  });

  it.each(names)('%s may touch every resource only where it writes traces: in a stage that has some', (name) => {
    expect(statementsOf(name).filter(({ Resource }) => Resource === '*')).toEqual([]);
    const roles = prod.ofType<Role>('AWS::IAM::Role').filter(({ id }) => id.startsWith(`${name}FunctionRole`));
    const inline = roles.flatMap(({ properties }) => properties.Policies ?? []);
    const everywhere = inline
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Resource }) => Resource === '*');
    expect(everywhere.map(({ Action }) => Action)).toEqual([['xray:PutTelemetryRecords', 'xray:PutTraceSegments']]);
  });

  /** The tables that a function may do something to, by their names in the template. */
  const tablesOf = (name: string, action: string): string[] =>
    statementsOf(name)
      .filter(({ Action }) => Action.includes(action))
      .flatMap(({ Resource }) =>
        [...JSON.stringify(Resource).matchAll(/"([A-Z]\w+?Table)/g)].map(([, table = '']) => table),
      )
      .sort();

  it('lets native use tables, keys, its bucket, logs and traces, and the operations queue to send to, nothing else', () => {
    const kinds = actionsOf('Native').filter(
      (action) => !/^(dynamodb|kms|logs|xray):|^s3:(Get|Put|Delete)Object$|^sqs:SendMessage$/.test(action),
    );
    expect(kinds).toEqual([]);
  });

  it('lets each function write to its own tables only', () => {
    const written = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
    const writtenBy = (name: string) => [...new Set(written.flatMap((action) => tablesOf(name, action)))].sort();
    // Who calls the tenant adds what it saw to the table of requests.
    const calling = ['CacheTable', 'CredentialsTable', 'QuotaTable', 'RequestsTable'];
    const native = [...calling, 'AuditTable', 'ConsumersTable', 'IdempotencyTable', 'TokensTable'];
    expect(Object.fromEntries(names.map((name) => [name, writtenBy(name)]))).toEqual({
      Actions: ['CredentialsTable', 'QuotaTable', 'RequestsTable'],
      Native: native.toSorted(),
      Materials: native.toSorted(),
      Entities: native.toSorted(),
      Samples: [...native, 'SamplesTable'].toSorted(),
      Samplecheck: ['CredentialsTable', 'QuotaTable', 'RequestsTable', 'SamplesTable'],
      Uploads: [...native, 'UploadsTable'].toSorted(),
      Exports: [...native, 'ExportsTable'].toSorted(),
      Jobs: ['ArchiveTable', 'CredentialsTable', 'ExportsTable', 'QuotaTable', 'RequestsTable'],
      Archive: [...native, 'ArchiveTable'].toSorted(),
      Holder: ['ArchiveTable'],
      Archiver: ['ArchiveTable'],
      Sealer: ['ArchiveTable'],
      Verifier: ['ArchiveTable'],
      Cache: ['AuditTable', 'CacheTable'],
      Quota: ['AuditTable', 'IdempotencyTable', 'QuotaTable'],
      Consumers: ['AuditTable', 'ConsumersTable', 'IdempotencyTable'],
      Credentials: ['AuditTable', 'CredentialsTable', 'QuotaTable', 'RequestsTable'],
      Tokens: ['AuditTable', 'CacheTable', 'QuotaTable', 'RequestsTable', 'SamplesTable', 'TokensTable'],
      Requests: [],
      Health: ['RequestsTable'],
      Audit: [],
      Sweep: [...calling, 'NotificationsTable', 'SamplesTable'].toSorted(),
      Hooks: ['NotificationsTable'],
      Dispatcher: ['NotificationsTable', 'SubscriptionsTable'],
      Enrich: ['CredentialsTable', 'NotificationsTable', 'QuotaTable', 'RequestsTable'],
      Wake: ['SubscriptionsTable'],
      Mirror: [],
      Purges: ['CacheTable'],
      Pull: ['AuditTable', 'CredentialsTable', 'NotificationsTable', 'QuotaTable', 'RequestsTable'],
      Notifications: ['AuditTable', 'IdempotencyTable', 'NotificationsTable', 'SubscriptionsTable'],
      Keepalive: ['QuotaTable', 'RequestsTable', 'TokensTable'],
      Lists: ['AuditTable', 'ListsTable'],
      Documents: [],
    });
  });

  it('lets nobody delete what is cached or change what was recorded', () => {
    for (const name of nonEmpty(names)) {
      expect(tablesOf(name, 'dynamodb:DeleteItem')).not.toContain('CacheTable');
      for (const action of ['UpdateItem', 'DeleteItem', 'BatchWriteItem'])
        expect(tablesOf(name, `dynamodb:${action}`)).not.toContain('AuditTable');
    }
  });

  it('keeps what writes a whole record of a consumer or a credential to its administration', () => {
    const writers = (table: string) => names.filter((name) => tablesOf(name, 'dynamodb:PutItem').includes(table));
    expect(writers('ConsumersTable')).toEqual(['Consumers']);
    expect(writers('CredentialsTable')).toEqual(['Credentials']);
  });

  it('keeps consumers from the sweep and credentials from the cache routes', () => {
    expect(tablesOf('Sweep', 'dynamodb:GetItem')).toEqual(['CredentialsTable', 'NotificationsTable', 'QuotaTable']);
    expect(tablesOf('Cache', 'dynamodb:GetItem')).toEqual(['ConsumersTable']);
  });

  /** The partition keys that each action of the function on the table is limited to. */
  const leadingKeysOf = (name: string, table: string) =>
    Object.fromEntries(
      statementsOf(name)
        .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${table}`))
        .flatMap(({ Action, Condition }) =>
          [Action].flat().map((action) => [action.replace('dynamodb:', ''), JSON.stringify(Condition)]),
        ),
    );
  const only = (...keys: string[]): string =>
    JSON.stringify({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } });

  it('keeps requests, usage, notifications and answers from the health check', () => {
    expect(leadingKeysOf('Health', 'RequestsTable')).toEqual({
      ...{ GetItem: only('HEALTH'), PutItem: only('HEALTH'), Query: only('HEALTH#UPSTREAM') },
    });
    expect(leadingKeysOf('Health', 'NotificationsTable')).toEqual({ GetItem: only('HOOK') });
    expect(leadingKeysOf('Health', 'CacheTable')).toEqual({ BatchGetItem: only('T#*') });
    expect([...new Set(actionsOf('Health').filter((action) => /^sqs:/.test(action)))]).toEqual([
      'sqs:GetQueueAttributes',
    ]);
  });

  it('lets what only calls the tenant add to its outcomes, and touch no request and no usage', () => {
    const callers = names.filter((name) => functionNamed(name).Environment.Variables.UPSTREAM_FIRST_BYTE_SECONDS);
    const withoutRecords = callers.filter((name) => !functionNamed(name).Environment.Variables.REQUEST_LOG);
    for (const name of nonEmpty(withoutRecords))
      expect(leadingKeysOf(name, 'RequestsTable')).toEqual({ UpdateItem: only('HEALTH#UPSTREAM') });
  });

  it('lets everything that raises events and knows the ingress send to it', () => {
    const raising = names.filter((name) => {
      const { OPERATIONS_QUEUE_URL, INGRESS_QUEUE_URL } = functionNamed(name).Environment.Variables;
      return OPERATIONS_QUEUE_URL !== undefined && INGRESS_QUEUE_URL !== undefined;
    });
    for (const name of nonEmpty(raising)) {
      const sendTo = statementsOf(name).filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'));
      expect(JSON.stringify(sendTo.map(({ Resource }) => Resource))).toContain('Ingress');
    }
  });

  it('lets the data key be used through DynamoDB and S3 only', () => {
    const uses = [...statementsOf('Native'), ...statementsOf('Uploads')].filter(({ Resource }) =>
      JSON.stringify(Resource).includes('KeysData'),
    );
    expect(uses.length).toBeGreaterThan(3);
    for (const { Condition } of nonEmpty(uses))
      expect(JSON.stringify(Condition)).toMatch(/"kms:ViaService":"(dynamodb|s3)\.us-east-1\.amazonaws\.com"/);
  });

  it('gives documents no data at all', () => {
    expect(actionsOf('Documents').filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
  });
});
