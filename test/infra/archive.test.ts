/** What protects the archive: its bucket, its keys, and who may do what. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { longestRunMillis } from '../../shared/archive/holds/hold-keeper.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { deploymentRole, unusual } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
};
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };
type Keyed = { readonly KeySpec?: string; readonly KeyPolicy: { readonly Statement: readonly Statement[] } };
type Bucket = Record<string, unknown>;

const kept = synthesize('prod', {
  FACADE_ARCHIVE_LOCK_MODE: 'compliance',
  FACADE_ARCHIVE_LOCK_YEARS: '12',
  FACADE_ARCHIVE_REPLICA: '{"bucketArn":"arn:aws:s3:::replica","keyArn":"arn:aws:kms:eu-west-1:111122223333:key/0a1b"}',
});
const deleted = synthesize('dev');

const bucketIn = ({ ofType }: typeof kept, pattern: RegExp): Bucket =>
  ofType<Bucket>('AWS::S3::Bucket').find(({ id }) => pattern.test(id))?.properties ?? expect.fail('no bucket');
const archive = /^ArchiveBucket(?!Logs)/;
const logs = /^ArchiveBucketLogs/;
/** Of the roles that a refusal leaves out, the names. */
const exceptions = ({ Condition = {} }: Statement): string[] =>
  JSON.stringify(Condition)
    .match(/role\/[^"]+/g)
    ?.map((name) => name.replace('role/', '')) ?? [];
const breakGlass = 'signals-facade-break-glass';
const deployment = 'cdk-*-cfn-exec-role-*';
const deniedIn = ({ ofType }: typeof kept, pattern = archive): readonly Statement[] =>
  ofType<Policy>('AWS::S3::BucketPolicy')
    .filter(({ id }) => pattern.test(id))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Deny');

describe('the bucket of the archive', () => {
  it('is versioned, private, encrypted by a key of its own, and locked for the years of the stage', () => {
    const bucket = bucketIn(kept, archive);
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 12 * 365 } } },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    expect(JSON.stringify(bucket.BucketEncryption)).toMatch(/ArchiveKey.*aws:kms/);
  });

  it('has no lock and no refusals where the stage is deleted with its data', () => {
    expect(bucketIn(deleted, archive)).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
    expect(bucketIn(deleted, archive)).not.toHaveProperty('ObjectLockConfiguration');
    expect(
      deniedIn(deleted)
        .map(({ Sid }) => Sid)
        .filter(Boolean),
    ).toEqual([]);
    const keys = deleted.ofType<Keyed>('AWS::KMS::Key').flatMap(({ properties }) => properties.KeyPolicy.Statement);
    expect(nonEmpty(keys).filter(({ Effect }) => Effect === 'Deny')).toEqual([]);
  });

  it('refuses deletes, the bypass of governance, short locks and writes over an object, to everybody', () => {
    const bySid = Object.fromEntries(deniedIn(kept).flatMap((one) => (one.Sid ? [[one.Sid, one]] : [])));
    for (const { Principal } of nonEmpty(Object.values(bySid))) expect(Principal).toEqual({ AWS: '*' });
    expect(bySid).toMatchObject({
      NoDeletes: { Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] },
      NoBypass: { Action: 's3:BypassGovernanceRetention' },
      NoShortLocks: {
        Action: 's3:PutObjectRetention',
        Condition: { NumericLessThan: { 's3:object-lock-remaining-retention-days': String(12 * 365 - 1) } },
      },
      NoOverwrites: {
        Action: 's3:PutObject',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    });
    expect(bySid.NoDeletes).not.toHaveProperty('Condition');
  });

  it('lets only a deployment and the role for emergencies change its settings and its policy', () => {
    const of = (sid: string) => deniedIn(kept).find(({ Sid }) => Sid === sid) ?? expect.fail(`no ${sid}`);
    const settings = of('NoWeakerSettings');
    expect(settings).toMatchObject({
      Action: [
        's3:DeleteBucketPolicy',
        's3:PutBucketLogging',
        's3:PutBucketObjectLockConfiguration',
        's3:PutBucketPolicy',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:PutReplicationConfiguration',
      ],
      Principal: { AWS: '*' },
      Condition: { ArnNotLike: { 'aws:PrincipalArn': expect.anything() } },
    });
    expect(exceptions(settings)).toEqual([breakGlass, deployment]);
    const holds = of('NoLiftedHolds');
    // Everybody with the right may put a hold. Nobody but the keeper of holds may lift one.
    expect(holds).toMatchObject({
      Action: 's3:PutObjectLegalHold',
      Condition: { StringNotEquals: { 's3:object-lock-legal-hold': 'ON' }, ArnNotLike: expect.anything() },
    });
    expect(exceptions(holds)).toEqual([breakGlass]);
    expect(JSON.stringify(holds.Condition).match(/\w+FunctionRole/g)).toEqual([
      expect.stringMatching('HolderFunctionRole'),
    ]);
  });

  it('lets nobody delete its access logs, nor write any but the log service', () => {
    const of = (sid: string) => deniedIn(kept, logs).find(({ Sid }) => Sid === sid) ?? expect.fail(`no ${sid}`);
    expect(of('NoDeletes')).toMatchObject({
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      Principal: { AWS: '*' },
    });
    expect(of('NoDeletes')).not.toHaveProperty('Condition');
    expect(of('NoForgedLogs')).toMatchObject({
      Action: 's3:PutObject',
      Condition: { StringNotEquals: { 'aws:PrincipalServiceName': 'logging.s3.amazonaws.com' } },
    });
    expect(of('NoWeakerSettings').Action).toContain('s3:PutLifecycleConfiguration');
    expect(exceptions(of('NoWeakerSettings'))).toEqual([breakGlass, deployment]);
    expect(
      deniedIn(deleted, logs)
        .map(({ Sid }) => Sid)
        .filter(Boolean),
    ).toEqual([]);
  });

  it('takes no request without TLS', () => {
    const conditions = deniedIn(kept).map(({ Condition }) => JSON.stringify(Condition));
    expect(conditions).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
  });

  it('expires nothing, drops uploads that were left, and logs accesses into another bucket', () => {
    const bucket = bucketIn(kept, archive) as { LifecycleConfiguration: { Rules: object[] } };
    expect(bucket.LifecycleConfiguration.Rules).toEqual([
      {
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 90 }],
      },
    ]);
    expect(JSON.stringify((bucket as Bucket).LoggingConfiguration)).toMatch(/ArchiveBucketLogs.*archive\//);
    expect(bucketIn(kept, /^ArchiveBucketLogs/)).not.toHaveProperty('ObjectLockConfiguration');
  });

  it('is replicated where the stage names a bucket, and else is not', () => {
    expect(JSON.stringify(bucketIn(kept, archive).ReplicationConfiguration)).toContain('arn:aws:s3:::replica');
    expect(bucketIn(deleted, archive)).not.toHaveProperty('ReplicationConfiguration');
    kept.template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Action: ['s3:ReplicateObject', 's3:ReplicateTags'] })]),
      }),
    });
  });
});

describe('the keys of the archive and of its catalogue', () => {
  const all = kept.ofType<Keyed>('AWS::KMS::Key');
  const keys = all.filter(({ id }) => id.startsWith('Archive'));

  it('are deleted and disabled by the role for emergencies alone, and only it and a deployment change their policies', () => {
    const catalogue = all.filter(({ id }) => id.startsWith('KeysData'));
    expect([keys.length, catalogue.length]).toEqual([2, 1]);
    for (const { properties } of [...keys, ...nonEmpty(catalogue)]) {
      const denied = properties.KeyPolicy.Statement.filter(({ Effect }) => Effect === 'Deny');
      expect(denied).toMatchObject([
        { Action: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'], Principal: { AWS: '*' } },
        { Action: 'kms:PutKeyPolicy', Principal: { AWS: '*' } },
      ]);
      expect(nonEmpty(denied).map(exceptions)).toEqual([[breakGlass], [breakGlass, deployment]]);
      for (const { Condition } of nonEmpty(denied)) expect(Object.keys(Condition ?? {})).toEqual(['ArnNotLike']);
    }
  });

  it('are changed by the role that deploys the stage, also where it has another name', () => {
    const other = synthesize('prod', unusual).ofType<Keyed>('AWS::KMS::Key');
    const denied = other
      .flatMap(({ properties }) => properties.KeyPolicy.Statement)
      .filter(({ Effect }) => Effect === 'Deny');
    expect(denied.filter((one) => exceptions(one).includes(deploymentRole))).toHaveLength(3);
    expect(JSON.stringify(denied)).not.toContain('cfn-exec');
  });

  it('of which one signs, for the jobs and for what seals the audit log, and nobody else', () => {
    expect(keys.map(({ properties }) => properties.KeySpec ?? 'SYMMETRIC_DEFAULT').sort()).toEqual([
      'ECC_NIST_P256',
      'SYMMETRIC_DEFAULT',
    ]);
    const signers = kept
      .ofType<Policy>('AWS::IAM::Policy')
      .filter(({ properties }) => JSON.stringify(properties).includes('"kms:Sign"'))
      .map(({ id }) => id.replace(/Function.*/, ''));
    expect(signers.toSorted()).toEqual(['Jobs', 'Sealer']);
  });
});

it('the keeper of holds is ended before another run believes that it is dead', () => {
  const timeouts = kept
    .ofType<{ readonly Timeout: number }>('AWS::Lambda::Function')
    .filter(({ id }) => id.startsWith('HolderFunction'))
    .map(({ properties }) => properties.Timeout);
  expect(timeouts).toHaveLength(1);
  // Clocks may differ by a minute.
  for (const seconds of nonEmpty(timeouts)) expect(seconds * 1_000 + 60_000).toBeLessThan(longestRunMillis);
});

it('no function may delete an object of the archive, and the routes may only read', () => {
  const actionsOf = (name: string): string[] =>
    kept
      .ofType<Policy>('AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(`${name}Function`))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter((one) => JSON.stringify(one).includes('ArchiveBucket'))
      .flatMap(({ Action }) => [Action].flat())
      .filter((action) => action.startsWith('s3:'))
      .sort();
  expect(actionsOf('Archive')).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
  expect(actionsOf('Archiver')).toEqual([]);
  expect(actionsOf('Holder')).toEqual(['s3:ListBucket', 's3:PutObjectLegalHold']);
  // The verifier reads everything, and with the right to list it learns what is absent.
  expect(actionsOf('Verifier')).toEqual([
    ...['s3:GetObject', 's3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectVersion'],
    ...['s3:ListBucket', 's3:ListBucketVersions'],
  ]);
  expect(actionsOf('Sealer')).toEqual([
    ...['s3:GetObject', 's3:GetObjectRetention', 's3:PutObject', 's3:PutObjectRetention'],
  ]);
  expect(actionsOf('Jobs').filter((action) => /Delete|Bypass/.test(action))).toEqual([]);
  expect(actionsOf('Jobs')).toContain('s3:PutObject');
});

it('whoever archives may put a legal hold and lift none, and no other function but the keeper has a right to holds', () => {
  const granted = kept
    .ofType<Policy>('AWS::IAM::Policy')
    .flatMap(({ id, properties }) =>
      properties.PolicyDocument.Statement.filter(({ Action }) => [Action].flat().includes('s3:PutObjectLegalHold')).map(
        ({ Condition }) => [id.replace(/Function.*/, ''), Condition],
      ),
    );
  expect(Object.fromEntries(granted)).toEqual({
    Holder: undefined,
    Jobs: { StringEquals: { 's3:object-lock-legal-hold': 'ON' } },
  });
});

it('what seals the audit log may touch its own objects and its own items only', () => {
  const statements = kept
    .ofType<Policy>('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith('SealerFunction'))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .map((statement) => JSON.stringify(statement));
  const [objects = '', ...others] = statements.filter((text) => text.includes('"s3:PutObject"'));
  expect(others).toEqual([]);
  expect([...objects.matchAll(/"(\/[^"]*)"/g)].map(([, names]) => names)).toEqual(['/audit-log/*', '/public-keys/*']);
  const items = statements.filter((text) => text.includes('ArchiveTable'));
  expect(items).toHaveLength(1);
  expect(items[0]).toContain('"dynamodb:LeadingKeys":["AUDIT-CHAIN","AUDIT-STATE"]');
  expect(items[0]).not.toMatch(/Delete|Update/);
});

it('who takes orders may not touch the chain, and nobody may delete from it', () => {
  const grantsOf = (name: string) =>
    kept
      .ofType<Policy>('AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(`${name}Function`))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .filter((one) => /ArchiveTable/.test(JSON.stringify(one)))
      .map(({ Action, Condition }) => ({ actions: [Action].flat(), keys: Object.values(Condition ?? {})[0] }));
  const orders = { 'dynamodb:LeadingKeys': ['ORDER#*', 'ORDERS'] };
  expect(grantsOf('Archiver')).toEqual([{ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keys: orders }]);
  // Neither the chain of the audit log nor the notes of the verifier.
  const work = ['ORDER#*', 'ORDERS', 'VERSION#*', 'CHAIN', 'SEAL', 'BACKFILLS', 'HOLDS'];
  expect(grantsOf('Jobs')).toEqual([
    {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      keys: { 'dynamodb:LeadingKeys': work },
    },
    { actions: ['dynamodb:DeleteItem'], keys: { 'dynamodb:LeadingKeys': ['ORDERS'] } },
  ]);
  const holds = { 'dynamodb:LeadingKeys': ['HOLDS'] };
  expect(grantsOf('Holder')).toEqual([
    {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      keys: { 'dynamodb:LeadingKeys': ['HOLDS', 'VERSION#*', 'CHAIN'] },
    },
    { actions: ['dynamodb:PutItem'], keys: holds },
  ]);
  const notes = { 'dynamodb:LeadingKeys': ['VERIFICATION', 'FAULTS'] };
  expect(grantsOf('Verifier')).toEqual([
    { actions: ['dynamodb:GetItem', 'dynamodb:Query'], keys: undefined },
    { actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'], keys: notes },
  ]);
  expect(grantsOf('Health')).toEqual([{ actions: ['dynamodb:GetItem', 'dynamodb:Query'], keys: notes }]);
  // The routes write holds and backfills down, and nothing else.
  expect(grantsOf('Archive')).toEqual([
    { actions: ['dynamodb:GetItem', 'dynamodb:Query'], keys: undefined },
    { actions: ['dynamodb:PutItem'], keys: { 'dynamodb:LeadingKeys': ['HOLDS', 'BACKFILLS'] } },
  ]);
});
