import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { names, ofType, prod, resources, statementsOf, template } from './dev-stack.ts';
import { synthesize } from './synthesized.ts';

describe('stores', () => {
  it('encrypts, expires and can recover every table', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 15);
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
    // Three for temporary data, the files of lists, the archive and its access logs (archive.test.ts).
    template.resourceCountIs('AWS::S3::Bucket', 6);
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
      Rules: Match.arrayWith([
        Match.objectLike({
          // Files of exports are kept for 30 days.
          ExpirationInDays: Match.anyValue(),
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          Status: 'Enabled',
        }),
      ]),
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
    expect(Object.fromEntries(days)).toEqual({
      ...{ Cache: 1, Exports: 30, Uploads: 1 },
      Archive: undefined,
      Lists: undefined,
    });
  });

  it('keeps what exports work with for a day', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([{ ExpirationInDays: 1, Prefix: 'working/', Status: 'Enabled' }]),
      },
    });
  });

  it('lets the exports delete what they work with, and no results', () => {
    const ofBucket = (name: string, action: string): unknown[] =>
      statementsOf(name).flatMap(({ Action, Resource }) =>
        [Action].flat().includes(action) && JSON.stringify(Resource).includes('ExportsBucket') ? [Resource].flat() : [],
      );
    const working = [{ 'Fn::GetAtt': [expect.stringContaining('ExportsBucket'), 'Arn'] }, '/working/*'];
    for (const name of ['Exports', 'Jobs'])
      expect(ofBucket(name, 's3:DeleteObject')).toEqual([{ 'Fn::Join': ['', working] }]);
  });

  it('lets only those who answer reads, and keep nothing for longer, at large answers of the cache', () => {
    const objectsOf = (name: string, bucket: string): string[] =>
      statementsOf(name).flatMap(({ Action, Resource }) =>
        JSON.stringify(Resource).includes(bucket) ? [Action].flat().filter((action) => action.startsWith('s3:')) : [],
      );
    const readers = names.filter((name) => objectsOf(name, 'CacheBucket').length > 0);
    expect(readers).toEqual(['Archive', 'Entities', 'Exports', 'Materials', 'Native', 'Samples', 'Uploads']);
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
      'ArchiveLock',
      'ArchiveSigningKey',
      'ArchiveTable',
      'AuditRetentionDays',
      'AuditTable',
      'CacheBucket',
      'ConsumersTable',
      'CredentialPoolSize',
      'CredentialsKey',
      'CredentialsTable',
      'ExportsBucket',
      'ExportsTable',
      'ListsBucket',
      'ListsTable',
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
    prod.template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    prod.template.allResourcesProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: Match.anyValue() });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 64);
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });
});
