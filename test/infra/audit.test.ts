/** The audit log in the template: what the roles may do to it, and how it can be looked up. */
import { describe, expect, it } from 'vitest';
import { linking } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown; readonly Effect: string };
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };

const { ofType, template } = synthesize('dev');

const statements = ofType<Policy>('AWS::IAM::Policy').flatMap(({ id, properties }) =>
  properties.PolicyDocument.Statement.map((statement) => ({ id, statement })),
);
/** What each role may do with the audit table, by the function's name. */
const onAuditTable = statements
  .filter(({ statement }) => JSON.stringify(statement.Resource).includes('AuditTable'))
  .map(({ id, statement }) => [id.replace(/Function.*/, ''), statement.Action]);

describe('the audit table', () => {
  it('can be added to and queried, by different functions; nobody may change, delete or scan', () => {
    expect(onAuditTable.filter(([, action]) => action === 'dynamodb:Query').map(([name]) => name)).toEqual([
      'Audit',
      'Sealer',
    ]);
    const writers = onAuditTable.filter(([, action]) => action === 'dynamodb:PutItem').map(([name]) => name);
    expect(writers).toEqual(expect.arrayContaining(['Native', 'Uploads', 'Cache', 'Quota', 'Credentials']));
    expect(writers).not.toContain('Audit');
    expect(new Set(onAuditTable.map(([, action]) => action))).toEqual(new Set(['dynamodb:PutItem', 'dynamodb:Query']));
  });

  it('has an index by consumer and one by entity, and expires by attribute', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      GlobalSecondaryIndexes: ['consumer', 'entity'].map((name) => ({
        IndexName: `by${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        KeySchema: [
          { AttributeName: name, KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
      TimeToLiveSpecification: { AttributeName: 'deleteAtSeconds', Enabled: true },
    });
  });

  it('is kept for ten years and refuses what it cannot record, unless a stage says otherwise', () => {
    const settings = (values: Readonly<Record<string, string>>) => {
      const native = synthesize('dev', values)
        .ofType<{ Environment: { Variables: Record<string, unknown> } }>('AWS::Lambda::Function')
        .find(({ id }) => id.startsWith('NativeFunction'));
      const { AUDIT_RETENTION_DAYS, AUDIT_WHEN_STORE_FAILS, IDEMPOTENCY_HOURS } =
        native?.properties.Environment.Variables ?? {};
      return [AUDIT_RETENTION_DAYS, AUDIT_WHEN_STORE_FAILS, IDEMPOTENCY_HOURS];
    };
    expect(settings({})).toEqual(['3650', 'refuse', '24']);
    expect(settings(linking)).toEqual(['400', 'admit', '48']);
  });
});
