import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functionNamed, names, ofType, prod, reservedIn, template } from './dev-stack.ts';

describe('functions', () => {
  it.each(names)(
    '%s runs on Node 24 and ARM64, logging JSON without the success of invocations, and begins no trace',
    (name) => {
      expect(functionNamed(name)).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'PassThrough' },
        LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: { Ref: expect.any(String) } },
      });
    },
  );

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
      Actions: [
        ...[...calls, 'CREDENTIALS_TABLE', 'SIGNING_CALLS_PER_MINUTE', 'SIGNING_RULES'],
        ...['QUOTA_WAITING_EXECUTIONS', 'QUOTA_WAITING_POOL', 'QUOTA_WAITING_SHARE'],
      ],
      Native: native,
      Materials: native,
      Entities: native,
      Samples: [...native, 'SAMPLES_TABLE'],
      Samplecheck: [...calls, told, 'CREDENTIALS_TABLE', 'SAMPLES_TABLE'],
      Uploads: [...native, ...['UPLOADS_BUCKET', 'UPLOADS_MOST_GIB_PER_DAY', 'UPLOADS_MOST_OPEN', 'UPLOADS_TABLE']],
      Exports: [...native, ...exported, 'EXPORTS_PER_CONSUMER', 'JOBS_FUNCTION'],
      Jobs: [...calls, ...exported, ...archived, ...sealed, told, 'CREDENTIALS_TABLE'],
      Archive: [...native, ...archived, 'ARCHIVE_LOCK'],
      Holder: archived,
      Verifier: [...archived, 'ARCHIVE_SIGNING_KEY', 'ARCHIVE_VERIFY_DAYS'],
      Sealer: [...archived, ...sealed, 'AUDIT_TABLE'],
      Archiver: ['ARCHIVE_TABLE', 'EVENTS_DEAD_LETTERS_URL', 'EVENTS_QUEUE_URL', 'JOBS_FUNCTION'],
      Cache: [...identity, ...audit, ...purges, 'CACHE_TABLE', 'SIGNALS_URL'],
      Quota: [...identity, ...audit, ...idempotency, ...budget, ...bookings],
      Consumers: [...identity, ...audit, ...idempotency],
      Credentials: [...identity, ...audit, ...calls, 'CREDENTIALS_TABLE', 'CREDENTIAL_POOL_SIZE'],
      Tokens: [
        ...[...identity, ...audit, ...calls, ...oauth.map((name) => `OAUTH_${name}`), told],
        ...['CACHE', 'CACHE_TABLE', 'SAMPLES_TABLE', 'TOKENS_TABLE'],
      ],
      Lists: [...identity, ...audit, 'CREDENTIALS_KEY', 'LISTS_BUCKET', 'LISTS_TABLE', 'SOURCE_NETWORKS'],
      Requests: [...identity, 'REQUESTS_TABLE'],
      Health: [
        ...[
          ...identity,
          'ARCHIVE_TABLE',
          'CACHE',
          'CACHE_TABLE',
          'CREDENTIALS_TABLE',
          'NOTIFICATIONS_TABLE',
          'QUEUES',
          'QUOTA_TABLE',
          'REQUESTS_TABLE',
          'SIGNALS_URL',
        ],
      ],
      Audit: [...identity, 'AUDIT_TABLE'],
      Sweep: [...upstream, 'NOTIFICATIONS_TABLE', 'SAMPLES_TABLE'],
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

  it('limits the heap of the jobs, whose garbage would fill the memory', () => {
    expect(functionNamed('Jobs').Environment.Variables.NODE_OPTIONS).toBe(
      '--enable-source-maps --max-semi-space-size=4 --max-old-space-size=256',
    );
    expect(functionNamed('Native').Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
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
    expect(reservedIn(prod)).toEqual([
      ...['actions 20', 'documents 50', 'keepalive 1', 'native 400', 'sweep 2', 'uploads 50'],
    ]);
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
