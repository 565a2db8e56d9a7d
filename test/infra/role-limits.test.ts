/** What IAM bounds of a role: a deployment beyond it fails. */
import { describe, expect, it } from 'vitest';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

/** User guide, IAM quotas. Blanks are not counted. */
const mostInlineCharacters = 10_240;
const mostManagedCharacters = 6_144;
const mostManagedPolicies = 10;

type Document = { readonly Statement: readonly unknown[] };
type Role = { readonly Policies?: readonly { readonly PolicyDocument: Document }[]; readonly ManagedPolicyArns?: [] };
type Policy = { readonly PolicyDocument: Document; readonly Roles?: readonly { readonly Ref: string }[] };

/** The longest that AWS makes of a reference. */
const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
};
const arnOf = (logicalId: string): string =>
  `arn:aws-us-gov:dynamodb:ap-southeast-1:123456789012:table/signals-facade-prod-${logicalId}-ABCDEFGHIJKLM`;

/** A value of the template as it is once deployed, with long stand-ins. */
const deployed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return pseudo[Ref] ?? arnOf(Ref);
  if (attribute) return arnOf(String([attribute].flat()[0]));
  if (Array.isArray(join)) return (join[1] as unknown[]).map(deployed).join(String(join[0]));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, deployed(member)]));
};
const charactersOf = (document: Document): number => JSON.stringify(deployed(document)).replace(/\s/g, '').length;

const accounts = Array.from({ length: 300 }, (_, index) => String(100_000_000_000 + index));
const FACADE_SUBSCRIBER_ACCOUNTS = accounts.slice(0, 200).join(',');

const isOf =
  (role: string) =>
  ({ properties }: { readonly properties: Policy }): boolean =>
    properties.Roles?.some(({ Ref }) => Ref === role) ?? false;

describe.each([
  ['no other account', {}],
  ['queues of subscribers in 200 accounts', { FACADE_SUBSCRIBER_ACCOUNTS }],
  ['the most accounts that a stage may name', { FACADE_SUBSCRIBER_ACCOUNTS: accounts.join(',') }],
])('the roles of a stage with %s', (_name, env) => {
  const stack = synthesize('prod', env);
  const inline = stack.ofType<Policy>('AWS::IAM::Policy');
  const managed = stack.ofType<Policy>('AWS::IAM::ManagedPolicy');
  const roles = stack
    .ofType<Role>('AWS::IAM::Role')
    .map(({ id, properties: { Policies = [], ManagedPolicyArns = [] } }) => ({
      id,
      characters: [...Policies, ...inline.filter(isOf(id)).map(({ properties }) => properties)]
        .map(({ PolicyDocument }) => charactersOf(PolicyDocument))
        .reduce((sum, count) => sum + count, 0),
      policies: ManagedPolicyArns.length + managed.filter(isOf(id)).length,
    }));

  it('have inline policies of 10,240 characters at most', () => {
    expect(nonEmpty(roles).filter(({ characters }) => characters > mostInlineCharacters)).toEqual([]);
    expect(roles.find(({ id }) => id.startsWith('DispatcherFunction'))?.characters).toBeGreaterThan(1_000);
  });

  it('have ten managed policies at most, each of 6,144 characters at most', () => {
    expect(nonEmpty(roles).filter(({ policies }) => policies > mostManagedPolicies)).toEqual([]);
    const sizes = managed.map(({ id, properties }) => ({ id, characters: charactersOf(properties.PolicyDocument) }));
    expect(sizes.filter(({ characters }) => characters > mostManagedCharacters)).toEqual([]);
  });
});

it('a stage that names more accounts is refused before anything is deployed', () => {
  const tooMany = [...accounts, '999999999999'].join(',');
  expect(() => loadStageConfig('prod', { FACADE_SUBSCRIBER_ACCOUNTS: tooMany })).toThrow(
    /subscriberAccounts: .* Accepted: at most 300 ids of accounts/,
  );
});
