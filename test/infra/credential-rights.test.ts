import { describe, expect, it } from 'vitest';
import { createDynamoKeyStore } from '../../shared/credentials/adapters/dynamodb-keys.ts';
import { type ApiKey, recordOf } from '../../shared/credentials/key.ts';
import { afterLimit, afterRefusal, afterUse } from '../../shared/credentials/key-upkeep.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: object };
type Policy = { readonly PolicyDocument: { readonly Statement: Statement[] } };

const { ofType } = synthesize('prod');

/** By function: what it may do to the resource whose logical id begins like this. */
const statementsOn = (resource: string): { readonly fn: string; readonly statement: Statement }[] =>
  ofType<Policy>('AWS::IAM::Policy').flatMap(({ id, properties }) =>
    properties.PolicyDocument.Statement.filter((statement) =>
      JSON.stringify(statement.Resource).includes(`"${resource}`),
    ).map((statement) => ({ fn: id.replace(/Function.*/, ''), statement })),
  );

const mayDo = (resource: string, action: string): string[] =>
  statementsOn(resource)
    .filter(({ statement }) => [statement.Action].flat().includes(action))
    .map(({ fn }) => fn)
    .sort();

type RecordCondition = { readonly StringLike: { readonly 'kms:EncryptionContext:record': string | string[] } };
const recordsOf = ({ Condition }: Statement): string[] =>
  [(Condition as RecordCondition).StringLike['kms:EncryptionContext:record']].flat();

describe('the key of the credentials', () => {
  it('is used in the context of credentials only, whoever asks', () => {
    const uses = statementsOn('KeysCredentials');
    expect(uses.length).toBeGreaterThan(3);
    for (const { statement } of nonEmpty(uses))
      expect(statement.Condition).toMatchObject({
        StringEquals: { 'kms:EncryptionContext:purpose': 'upstream-credential' },
        StringLike: { 'kms:EncryptionContext:record': expect.anything() },
      });
  });

  it('opens keys for those that call as the service, and nothing else with that right', () => {
    const records = (fn: string) =>
      statementsOn('KeysCredentials').flatMap(({ fn: user, statement }) => (user === fn ? recordsOf(statement) : []));
    expect(new Set(records('Credentials'))).toEqual(new Set(['signals/key/*']));
    expect(new Set(records('Sweep'))).toEqual(new Set(['signals/key/*']));
    expect(records('Native')).toContain('signals/key/*');
    expect(records('Tokens')).not.toContain('signals/key/*');
    expect(recordOf({ upstream: 'signals', id: 'cred-1' })).toMatch(/^signals\/key\/./);
  });

  it('makes data keys for the administration of keys and of lists, and the linking of tokens only', () => {
    expect(mayDo('KeysCredentials', 'kms:GenerateDataKey')).toEqual(['Credentials', 'Lists', 'Tokens']);
    expect(mayDo('KeysCredentials', 'kms:Encrypt')).toEqual([]);
  });
});

describe('the table of the credentials', () => {
  it('takes new records from the administration only', () => {
    expect(mayDo('CredentialsTable', 'dynamodb:PutItem')).toEqual(['Credentials']);
    expect(mayDo('CredentialsTable', 'dynamodb:DeleteItem')).toEqual(['Credentials']);
  });

  it('lets callers write all attributes that use of a key changes, and not its secret', async () => {
    const conditions = statementsOn('CredentialsTable').flatMap(({ fn, statement }) =>
      fn === 'Native' && statement.Action === 'dynamodb:UpdateItem' ? [statement.Condition] : [],
    );
    const [allowed] = conditions.map(
      (condition) =>
        (condition as { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': string[] } })[
          'ForAllValues:StringEquals'
        ]['dynamodb:Attributes'],
    );
    const touched = new Set<string>(['pk', 'sk']);
    const client = {
      send: async ({ input }: { input: { ExpressionAttributeNames: Record<string, string> } }) => {
        for (const name of Object.values(input.ExpressionAttributeNames)) touched.add(name);
      },
    };
    const store = createDynamoKeyStore(client as never, 'table');
    const sealed = { wrappedKey: new Uint8Array(), nonce: new Uint8Array(), ciphertext: new Uint8Array() };
    const base = { upstream: 's', owner: 'o', state: 'active', rank: 0, addedAtMillis: 0, slot: 1, sealed } as const;
    const key: ApiKey = { ...base, id: 'k', strikes: 2 };
    const other: ApiKey = { ...base, id: 'other', strikes: 0 };
    for (const lesson of [afterRefusal(key, [key, other], 1), afterLimit(key, 1), afterUse(key, 1, 200)])
      if (lesson) await store.change(key, lesson.change, lesson.guarded);
    expect([...touched].sort()).toEqual([...(allowed ?? [])].sort());
    expect(allowed).not.toContain('ciphertext');
  });
});
