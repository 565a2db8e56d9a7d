/** Linked tokens in the template: who may read, open, note and put them. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { linking } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Statement = {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
};
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };
type Variables = { readonly Environment: { readonly Variables: Record<string, unknown> } };

const { ofType, template } = synthesize('dev', linking);

const statements = ofType<Policy>('AWS::IAM::Policy').flatMap(({ id, properties }) =>
  properties.PolicyDocument.Statement.map((statement) => ({ name: id.replace(/Function.*/, ''), statement })),
);

const namesThatMay = (action: string, resource: string, isMeant = (_statement: Statement) => true): string[] => {
  const meant = statements.filter(
    ({ statement }) =>
      [statement.Action].flat().includes(action) &&
      JSON.stringify(statement.Resource).includes(resource) &&
      isMeant(statement),
  );
  return [...new Set(meant.map(({ name }) => name))].sort();
};

const isForTicketsOnly = ({ Condition }: Statement): boolean =>
  JSON.stringify(Condition) === JSON.stringify({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ONCE#*'] } });

const variablesOf = (name: string): Record<string, unknown> | undefined =>
  ofType<Variables>('AWS::Lambda::Function').find(({ id }) => id.startsWith(`${name}Function`))?.properties.Environment
    .Variables;

describe('the table of linked tokens', () => {
  it('is read by those that call with tokens, and by nobody else', () => {
    expect(namesThatMay('dynamodb:GetItem', 'TokensTable')).toEqual([
      'Archive',
      'Entities',
      'Exports',
      'Keepalive',
      'Materials',
      'Native',
      'Samples',
      'Tokens',
      'Uploads',
    ]);
    expect(namesThatMay('dynamodb:Scan', 'TokensTable')).toEqual([]);
  });

  it('gets new tokens from one function, and from those that carry calls only one-time links', () => {
    expect(namesThatMay('dynamodb:PutItem', 'TokensTable', (one) => !isForTicketsOnly(one))).toEqual(['Tokens']);
    expect(namesThatMay('dynamodb:PutItem', 'TokensTable', isForTicketsOnly)).toEqual([
      'Archive',
      'Entities',
      'Exports',
      'Materials',
      'Native',
      'Samples',
      'Uploads',
    ]);
    expect(namesThatMay('dynamodb:DeleteItem', 'TokensTable')).toEqual(['Keepalive', 'Tokens']);
  });

  it('is changed in its state and times by those that carry calls, and not in its secrets and owners', () => {
    const changing = statements.filter(
      ({ name, statement }) =>
        name !== 'Tokens' &&
        [statement.Action].flat().includes('dynamodb:UpdateItem') &&
        JSON.stringify(statement.Resource).includes('TokensTable'),
    );
    const attributesOf = (wanted: string) =>
      changing
        .filter(({ name }) => name === wanted)
        .map(({ statement }) => statement.Condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes']);
    const traces = ['pk', 'sk', 'version', 'state', 'lastUsedAtMillis', 'warnedAtMillis', 'claimedUntilMillis'];
    const pauses = ['doubtedAtMillis', 'retryAtMillis'];
    expect(attributesOf('Native')).toEqual([[...traces, ...pauses]]);
    expect(attributesOf('Uploads')).toEqual([[...traces, ...pauses]]);
    expect(attributesOf('Keepalive')).toEqual([[...traces, ...pauses, 'sealed', 'diedAtMillis', 'toldAtMillis']]);
    for (const { statement } of nonEmpty(changing)) {
      expect(statement.Condition).toMatchObject({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TOKENS#*'] },
        StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
      });
    }
  });

  it('holds secrets that these functions open under names of tokens only', () => {
    const recordsOf = (wanted: string, action: string) =>
      statements
        .filter(({ name, statement }) => name === wanted && [statement.Action].flat().includes(action))
        .map(({ statement }) => statement.Condition?.StringLike?.['kms:EncryptionContext:record'])
        .filter((records) => records !== undefined);
    expect(recordsOf('Native', 'kms:Decrypt')).toContainEqual(['*/user/*']);
    expect(recordsOf('Keepalive', 'kms:Decrypt')).toEqual([['*/user/*']]);
    expect(recordsOf('Tokens', 'kms:GenerateDataKey')).toEqual([['*/user/*', 'oauth-verifier/*']]);
  });

  it('holds secrets that only these open, and only one seals, under a context that names their purpose', () => {
    const isSealing = ({ Condition }: Statement) =>
      Condition?.StringEquals?.['kms:EncryptionContext:purpose'] === 'upstream-credential';
    expect(namesThatMay('kms:Decrypt', 'KeysCredentials', isSealing)).toEqual(
      expect.arrayContaining(['Keepalive', 'Native', 'Tokens', 'Uploads']),
    );
    expect(namesThatMay('kms:GenerateDataKey', 'KeysCredentials', isSealing)).toContain('Tokens');
    expect(namesThatMay('kms:GenerateDataKey', 'KeysCredentials', isSealing)).not.toContain('Native');
    expect(namesThatMay('kms:Decrypt', 'KeysCredentials', (one) => !isSealing(one))).toEqual([]);
  });
});

describe('the functions of linked tokens', () => {
  it('know the client id; the one that keeps tokens alive knows how often', () => {
    for (const name of ['Native', 'Uploads', 'Tokens']) expect(variablesOf(name)?.OAUTH_CLIENT_ID).toBe('client-1');
    expect(variablesOf('Keepalive')?.TOKEN_TOUCH_HOURS).toBe('20');
    expect(variablesOf('Tokens')).toMatchObject({
      OAUTH_RESPONSE_TYPE: 'token',
      OAUTH_AUTHORIZE_PATH: '/auth/oauth/authorize',
      OAUTH_WITHOUT_STATE: 'refuse',
    });
  });

  it('hold no key of the facade for the tenant', () => {
    expect(namesThatMay('dynamodb:GetItem', 'CredentialsTable')).not.toContain('Tokens');
    expect(namesThatMay('dynamodb:GetItem', 'CredentialsTable')).not.toContain('Keepalive');
  });

  it('know the consumers, whose tokens go with them', () => {
    expect(namesThatMay('dynamodb:GetItem', 'ConsumersTable')).toEqual(expect.arrayContaining(['Keepalive', 'Tokens']));
    expect(namesThatMay('dynamodb:PutItem', 'ConsumersTable')).not.toContain('Keepalive');
  });

  it('run every hour for idle tokens, with alarms on what goes wrong', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
    for (const MetricName of ['TokensExpired', 'TokensOldestIdleDays', 'TokensDistrusted', 'TokensUnreadable'])
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Namespace: 'SignalsFacade' });
  });

  it('raise an alarm when a run fails, and when none comes for three hours', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Errors',
      Namespace: 'AWS/Lambda',
      Threshold: 1,
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: Match.stringLikeRegexp('^KeepaliveFunction') } }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'TokensLiving',
      Statistic: 'SampleCount',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3_600,
      EvaluationPeriods: 3,
      // A first deployment has no data yet, so missing data is a state of its own: test/infra/alarms.test.ts.
      TreatMissingData: 'missing',
    });
  });
});
