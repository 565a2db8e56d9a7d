import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { type Resource, synthesize } from './synthesized.ts';

const { template, resources, ofType } = synthesize('dev');
const prod = synthesize('prod', { FACADE_TENANT_URL: 'https://tenant.example.com' });

type Statement = {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
};
type Role = {
  readonly Policies?: { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
  readonly ManagedPolicyArns?: unknown;
};
type Policy = {
  readonly PolicyDocument: { readonly Statement: Statement[] };
  readonly Roles: { readonly Ref: string }[];
};
type FunctionProperties = {
  readonly Environment: { readonly Variables: Record<string, unknown> };
  readonly Role: { readonly 'Fn::GetAtt': [string, string] };
};

const functionNamed = (name: string): FunctionProperties => {
  const found = ofType<FunctionProperties>('AWS::Lambda::Function').find(({ id }) => id.startsWith(`${name}Function`));
  if (!found) throw new Error(`No function ${name} in the template`);
  return found.properties;
};

/** Name and reserved concurrency of each function that has one. */
const reservedIn = (stack: Pick<typeof prod, 'ofType'>): string[] =>
  stack
    .ofType<{ Description: string; ReservedConcurrentExecutions?: number }>('AWS::Lambda::Function')
    .flatMap(({ properties: { Description, ReservedConcurrentExecutions: count } }) =>
      count === undefined ? [] : [`${Description.replace('signals-facade: ', '')} ${count}`],
    )
    .sort();

const roleOf = (name: string): Resource<Role> => {
  const roleId = functionNamed(name).Role['Fn::GetAtt'][0];
  const found = ofType<Role>('AWS::IAM::Role').find(({ id }) => id === roleId);
  if (!found) throw new Error(`No role ${roleId} in the template`);
  return found;
};

/** Every statement that the function's role holds, inline or attached. */
const statementsOf = (name: string): Statement[] => {
  const { id, properties } = roleOf(name);
  const attached = ofType<Policy>('AWS::IAM::Policy').map((policy) => policy.properties);
  const mine = attached.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id));
  return [...(properties.Policies ?? []), ...mine].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};
const actionsOf = (name: string) => statementsOf(name).flatMap(({ Action }) => Action);
const names = functionNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1));

describe('functions', () => {
  it.each(names)('%s runs on Node 24 and ARM64, traced, logging JSON', (name) => {
    expect(functionNamed(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
    });
  });

  it('gives each function exactly the variables that it reads', () => {
    const common = ['LOG_LEVEL', 'NODE_OPTIONS', 'POWERTOOLS_SERVICE_NAME', 'PUBLIC_URL', 'STAGE'];
    const identity = ['CONSUMERS_TABLE', 'OIDC_ISSUERS'];
    const audit = ['AUDIT_RETENTION_DAYS', 'AUDIT_TABLE', 'AUDIT_WHEN_STORE_FAILS'];
    const idempotency = ['IDEMPOTENCY_HOURS', 'IDEMPOTENCY_TABLE'];
    const budget = ['QUOTA_DIRECT_SHARE', 'QUOTA_RESERVED_SHARE', 'QUOTA_TABLE', 'TENANT_REQUESTS_PER_MINUTE'];
    const calls = [
      'OPERATIONS_QUEUE_URL',
      ...budget,
      'CREDENTIALS_KEY',
      'QUOTA_MODE',
      'QUOTA_WHEN_STORE_FAILS',
      'REQUESTS_TABLE',
      'SIGNALS_URL',
      'UPSTREAM_FIRST_BYTE_SECONDS',
    ];
    const upstream = [...calls, 'CACHE', 'CACHE_TABLE', 'CREDENTIALS_TABLE'];
    const told = 'INGRESS_QUEUE_URL';
    const intake = [told, 'NOTIFICATIONS_TABLE'];
    const fanOut = [...intake, 'REPLAYS_QUEUE_URL', 'SUBSCRIPTIONS_TABLE'];
    const sends = [...fanOut, 'CONSUMERS_TABLE', 'MIRRORS', 'OWN_QUEUES'];
    const subscriptions = [
      ...['ACCOUNT_ID', 'AWS_PARTITION_NAME', 'SENDER_ROLE_ARN', 'TESTER_ROLE_ARN'],
      ...['REPLAYS_PER_CONSUMER', 'SUBSCRIPTIONS_PER_CONSUMER'],
    ];
    const native = [
      ...['CACHE_BUCKET', 'DOCUMENT_MOST_DECODED_MIB'],
      ...[...upstream, ...identity, ...audit, ...idempotency],
      ...['LARGE_ANSWERS_IN_ALL', 'LARGE_ANSWERS_PER_CONSUMER', 'LARGE_ANSWERS_POOL'],
      ...['QUOTA_WAITING_EXECUTIONS', 'QUOTA_WAITING_POOL', 'QUOTA_WAITING_SHARE'],
      ...[told, 'ADDED_HEADERS', 'KEY_USE', 'OAUTH_CLIENT_ID', 'REQUEST_LOG', 'TOKENS_TABLE'],
    ];
    const exported = ['EXPORTS_AT_A_TIME', 'EXPORTS_BUCKET', 'EXPORTS_TABLE'];
    const archived = ['ARCHIVE_BUCKET', 'ARCHIVE_TABLE'];
    const sealed = ['ARCHIVE_LOCK', 'ARCHIVE_SEAL_MINUTES', 'ARCHIVE_SIGNING_KEY'];
    const purges = ['CACHE_PURGES_PER_MINUTE', 'CACHE_ENTITY_PURGES_PER_MINUTE'];
    const bookings = ['BOOKINGS_PER_CONSUMER', 'BOOKING_CONSUMER_SHARE', 'BOOKING_DAYS', 'BOOKINGS_IN_ALL'];
    const oauth = ['AUTHORIZE_PATH', 'CLIENT_ID', 'RESPONSE_TYPE', 'SCOPE', 'TOKEN_PATH', 'WITHOUT_STATE'];
    const expected: Readonly<Record<string, readonly string[]>> = {
      Native: native,
      Uploads: [...native, ...['UPLOADS_BUCKET', 'UPLOADS_MOST_GIB_PER_DAY', 'UPLOADS_MOST_OPEN', 'UPLOADS_TABLE']],
      Exports: [...native, ...exported, 'EXPORTS_PER_CONSUMER', 'JOBS_FUNCTION'],
      Jobs: [...calls, ...exported, ...archived, ...sealed, told, 'CREDENTIALS_TABLE'],
      Archive: [...native, ...archived],
      Archiver: ['ARCHIVE_TABLE', 'EVENTS_DEAD_LETTERS_URL', 'EVENTS_QUEUE_URL', 'JOBS_FUNCTION'],
      Cache: [...identity, ...audit, ...purges, 'CACHE_TABLE', 'SIGNALS_URL'],
      Quota: [...identity, ...audit, ...idempotency, ...budget, ...bookings],
      Consumers: [...identity, ...audit, ...idempotency],
      Credentials: [...identity, ...audit, ...calls, 'CREDENTIALS_TABLE', 'CREDENTIAL_POOL_SIZE'],
      Tokens: [...identity, ...audit, ...calls, ...oauth.map((name) => `OAUTH_${name}`), 'TOKENS_TABLE', told],
      Requests: [...identity, 'REQUESTS_TABLE'],
      Health: [
        ...[
          ...identity,
          ...intake,
          'CACHE',
          'CACHE_TABLE',
          'CREDENTIALS_TABLE',
          'QUOTA_TABLE',
          'REQUESTS_TABLE',
          'SIGNALS_URL',
        ],
        ...['INGRESS_DEAD_LETTERS_URL', 'REPLAYS_DEAD_LETTERS_URL', 'REPLAYS_QUEUE_URL'],
      ],
      Audit: [...identity, 'AUDIT_TABLE'],
      Sweep: [...upstream, 'NOTIFICATIONS_TABLE'],
      Hooks: intake,
      Dispatcher: [
        ...[...sends, 'ENRICHMENTS_QUEUE_URL', 'SIGNALS_URL'],
        ...['INGRESS_DEAD_LETTERS_URL', 'REPLAYS_DEAD_LETTERS_URL'],
      ],
      Enrich: [
        ...[...calls, ...intake, 'CREDENTIALS_TABLE'],
        ...['ENRICHMENTS_DEAD_LETTERS_URL', 'ENRICHMENTS_QUEUE_URL'],
      ],
      Wake: [...sends, 'ACCOUNT_ID', 'AWS_PARTITION_NAME'],
      Mirror: ['CREDENTIALS_KEY', 'MIRRORS', 'NOTIFICATIONS_TABLE'],
      Purges: ['CACHE_TABLE', 'EVENTS_DEAD_LETTERS_URL', 'EVENTS_QUEUE_URL', 'SIGNALS_URL'],
      Pull: [
        ...[...audit, ...calls, ...intake, 'CREDENTIALS_TABLE'],
        ...['NOTIFICATIONS_BACKFILL_DAYS', 'NOTIFICATIONS_DISMISS'],
      ],
      Notifications: [...identity, ...audit, ...idempotency, ...fanOut, ...subscriptions, 'PULLS_QUEUE_URL'],
      Keepalive: [told, ...calls, 'CONSUMERS_TABLE', 'OAUTH_CLIENT_ID', 'TOKENS_TABLE', 'TOKEN_TOUCH_HOURS'],
      Documents: [],
    };
    const variablesOf = (name: string) => Object.keys(functionNamed(name).Environment.Variables).sort();
    expect(Object.fromEntries(names.map((name) => [name, variablesOf(name)]))).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([name, own]) => [name, [...new Set([...common, ...own])].sort()]),
      ),
    );
  });

  it('lets a native call last the 15 minutes that a stream may last', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'signals-facade: native', Timeout: 900 });
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'signals-facade: uploads', Timeout: 900 });
  });

  it('hands the configured tenant to the functions that call it', () => {
    prod.template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'signals-facade: native',
      Environment: { Variables: Match.objectLike({ SIGNALS_URL: 'https://tenant.example.com', STAGE: 'prod' }) },
    });
  });

  it('reserves no concurrency in dev: a new account has none to reserve', () => {
    expect(reservedIn({ ofType })).toEqual([]);
    expect(functionNamed('Native').Environment.Variables).toMatchObject({
      ...{ LARGE_ANSWERS_POOL: 'unreserved', LARGE_ANSWERS_IN_ALL: '5', LARGE_ANSWERS_PER_CONSUMER: '4' },
      ...{ QUOTA_WAITING_POOL: 'unreserved', QUOTA_WAITING_EXECUTIONS: '10', QUOTA_WAITING_SHARE: '0.5' },
    });
  });

  it('caps in prod what anybody can keep busy, and lets half of it be large answers', () => {
    expect(reservedIn(prod)).toEqual([...['documents 50', 'keepalive 1', 'native 400', 'sweep 2', 'uploads 50']]);
    for (const [name, half] of [
      ['native', '200'],
      ['uploads', '25'],
    ]) {
      prod.template.hasResourceProperties('AWS::Lambda::Function', {
        Description: `signals-facade: ${name}`,
        Environment: { Variables: Match.objectLike({ LARGE_ANSWERS_POOL: name, LARGE_ANSWERS_IN_ALL: half }) },
      });
    }
  });

  it('has no function that serves only CloudFormation', () => {
    template.resourceCountIs('AWS::Lambda::Function', names.length);
  });
});

describe('rights', () => {
  it.each(names)('%s uses no managed policy and no wildcard in an action', (name) => {
    expect(roleOf(name).properties.ManagedPolicyArns).toBeUndefined();
    expect(actionsOf(name).join(' ')).not.toContain('*');
  });

  it.each(names)('%s may touch every resource only where it writes traces', (name) => {
    const everywhere = statementsOf(name).filter(({ Resource }) => Resource === '*');
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
      Native: native.toSorted(),
      Uploads: [...native, 'UploadsTable'].toSorted(),
      Exports: [...native, 'ExportsTable'].toSorted(),
      Jobs: ['ArchiveTable', 'CredentialsTable', 'ExportsTable', 'QuotaTable', 'RequestsTable'],
      Archive: native.toSorted(),
      Archiver: ['ArchiveTable'],
      Cache: ['AuditTable', 'CacheTable'],
      Quota: ['AuditTable', 'IdempotencyTable', 'QuotaTable'],
      Consumers: ['AuditTable', 'ConsumersTable', 'IdempotencyTable'],
      Credentials: ['AuditTable', 'CredentialsTable', 'QuotaTable', 'RequestsTable'],
      Tokens: ['AuditTable', 'QuotaTable', 'RequestsTable', 'TokensTable'],
      Requests: [],
      Health: ['RequestsTable'],
      Audit: [],
      Sweep: [...calling, 'NotificationsTable'].toSorted(),
      Hooks: ['NotificationsTable'],
      Dispatcher: ['NotificationsTable', 'SubscriptionsTable'],
      Enrich: ['CredentialsTable', 'NotificationsTable', 'QuotaTable', 'RequestsTable'],
      Wake: ['SubscriptionsTable'],
      Mirror: [],
      Purges: ['CacheTable'],
      Pull: ['AuditTable', 'CredentialsTable', 'NotificationsTable', 'QuotaTable', 'RequestsTable'],
      Notifications: ['AuditTable', 'IdempotencyTable', 'NotificationsTable', 'SubscriptionsTable'],
      Keepalive: ['QuotaTable', 'RequestsTable', 'TokensTable'],
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
    expect(actionsOf('Health').filter((action) => /^sqs:/.test(action))).toEqual(
      expect.not.arrayContaining(['sqs:SendMessage']),
    );
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

describe('stores', () => {
  it('encrypts, expires and can recover every table', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 13);
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: Match.objectLike({ SSEEnabled: true, SSEType: 'KMS' }),
      TimeToLiveSpecification: { AttributeName: 'deleteAtSeconds', Enabled: true },
    });
  });

  it('rotates every key', () => {
    template.resourceCountIs('AWS::KMS::Key', 4);
    const rotation = ofType<{ EnableKeyRotation?: boolean }>('AWS::KMS::Key').map(({ id, properties }) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      properties.EnableKeyRotation ?? false,
    ]);
    // KMS rotates no key that signs (developer guide, rotating keys).
    expect(Object.fromEntries(rotation)).toEqual({
      ...{ KeysCredentials: true, KeysData: true, ArchiveKey: true, ArchiveSigningKey: false },
    });
  });

  it('keeps uploads and large answers private, encrypted and for a day, rounded up to midnight by S3', () => {
    // Three for temporary data, the archive and its access logs (archive.test.ts).
    template.resourceCountIs('AWS::S3::Bucket', 5);
    template.resourcePropertiesCountIs('AWS::S3::Bucket', temporary, 3);
  });

  const temporary = {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
      ],
    },
    LifecycleConfiguration: {
      Rules: [
        Match.objectLike({
          // Files of exports are kept for 30 days.
          ExpirationInDays: Match.anyValue(),
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          Status: 'Enabled',
        }),
      ],
    },
  };

  it('keeps files of exports for 30 days, and a day in the other buckets', () => {
    type Expiring = { LifecycleConfiguration: { Rules: { ExpirationInDays?: number }[] } };
    const days = ofType<Expiring>('AWS::S3::Bucket')
      .filter(({ id }) => !id.startsWith('ArchiveBucketLogs'))
      .map(({ id, properties }) => [
        id.replace(/Bucket.*/, ''),
        properties.LifecycleConfiguration.Rules[0]?.ExpirationInDays,
      ]);
    expect(Object.fromEntries(days)).toEqual({ ...{ Cache: 1, Exports: 30, Uploads: 1 }, Archive: undefined });
  });

  it('lets only those who answer reads, and keep nothing for longer, at large answers of the cache', () => {
    const objectsOf = (name: string, bucket: string): string[] =>
      statementsOf(name).flatMap(({ Action, Resource }) =>
        JSON.stringify(Resource).includes(bucket) ? [Action].flat().filter((action) => action.startsWith('s3:')) : [],
      );
    const readers = names.filter((name) => objectsOf(name, 'CacheBucket').length > 0);
    expect(readers).toEqual(['Archive', 'Exports', 'Native', 'Uploads']);
    for (const name of nonEmpty(readers))
      expect(objectsOf(name, 'CacheBucket').toSorted()).toEqual(['s3:DeleteObject', 's3:GetObject', 's3:PutObject']);
    expect(names.filter((name) => objectsOf(name, 'UploadsBucket').length > 0)).toEqual(['Uploads']);
  });

  it('refuses uploads without TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });

  it.each(['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'])(
    'outlives the stack in prod and goes with it in dev: %s',
    (type) => {
      const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
      expect(prod.ofType(type).length).toBeGreaterThan(1);
      for (const resource of nonEmpty(prod.ofType(type))) expect(resource).toMatchObject(kept);
      for (const resource of nonEmpty(ofType(type))) expect(resource).toMatchObject({ DeletionPolicy: 'Delete' });
    },
  );

  it('leaves nothing behind in any stage when the first deployment fails', () => {
    const policies = [...prod.resources, ...resources].map(
      (resource) => (resource as { DeletionPolicy?: string }).DeletionPolicy,
    );
    expect(policies).toContain('RetainExceptOnCreate');
    // Published versions stay, because running executions go on with them.
    const versions = [...prod.ofType('AWS::Lambda::Version'), ...ofType('AWS::Lambda::Version')];
    expect(policies.filter((policy) => policy === 'Retain')).toHaveLength(versions.length);
  });

  it('protects the tables of prod from deletion', () => {
    prod.template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
    template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });
});

describe('the stack', () => {
  it('puts out what an operator needs to find', () => {
    expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
      'ApiUrl',
      'ArchiveBucket',
      'ArchiveSigningKey',
      'AuditRetentionDays',
      'AuditTable',
      'CacheBucket',
      'ConsumersTable',
      'CredentialPoolSize',
      'CredentialsKey',
      'CredentialsTable',
      'ExportsBucket',
      'ExportsTable',
      'Mirrors',
      'NotificationsTable',
      'OperationsQueueUrl',
      'SenderRoleArn',
      'SubscriptionsTable',
      'TenantUrl',
      'TesterRoleArn',
      'UploadsBucket',
      'UploadsTable',
    ]);
  });

  it('holds no name that would collide with a second copy in the account', () => {
    const naming = ['TableName', 'BucketName', 'FunctionName', 'RoleName', 'AliasName', 'TopicName'];
    // Their FunctionName is a reference.
    const referring = [
      ...['AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping'],
      ...['AWS::Lambda::Version', 'AWS::Lambda::Alias'],
    ];
    const own = resources.filter(({ Type }) => !referring.includes(Type));
    const named = own.filter(({ properties }) => naming.some((name) => name in properties));
    expect(named.map(({ id }) => id)).toEqual([]);
  });

  it('warns while it names the example tenant, and not once a tenant is set', () => {
    const warnings = (node: { metadata: { type: string }[] }) =>
      node.metadata.filter(({ type }) => type === 'aws:cdk:warning');
    expect(warnings(synthesize('dev').stack.node)).toHaveLength(1);
    expect(warnings(prod.stack.node)).toHaveLength(0);
  });

  it('tells an alarm address, over TLS only, and has alarms without one', () => {
    const { template: alarmed } = synthesize('prod', { FACADE_ALARM_EMAIL: 'ops@example.com' });
    alarmed.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    alarmed.allResourcesProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: Match.anyValue() });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 56);
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });
});
