/** The function of lists and sources: where it runs, and what it may read. */
import { describe, expect, it } from 'vitest';
import { findings } from '../../infra/create-app.ts';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: object };
type Policy = { readonly PolicyDocument: { readonly Statement: Statement[] } };
type Fn = { readonly VpcConfig?: object; readonly Environment: { readonly Variables: Record<string, unknown> } };

const inVpc = {
  FACADE_VPC_SUBNET_IDS: 'subnet-0a1b2c3d,subnet-0a1b2c3e',
  FACADE_VPC_SECURITY_GROUP_IDS: 'sg-0a1b2c3d',
  FACADE_SOURCE_NETWORKS: 'public, 10.20.0.0/16',
};
const plain = synthesize('prod');
const connected = synthesize('prod', inVpc);

const statementsOf = ({ ofType }: Pick<typeof plain, 'ofType'>): Statement[] =>
  ofType<Policy>('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith('ListsFunction'))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
const mayDo = (stage: Pick<typeof plain, 'ofType'>, action: string): Statement[] =>
  statementsOf(stage).filter(({ Action }) => [Action].flat().includes(action));

describe('the function of lists', () => {
  it('runs in the VPC that a stage names, and no other function does', () => {
    const ids = (stage: Pick<typeof plain, 'ofType'>) =>
      stage.ofType<Fn>('AWS::Lambda::Function').filter(({ properties }) => properties.VpcConfig !== undefined);
    expect(ids(plain)).toEqual([]);
    const [fn, ...others] = ids(connected);
    expect([fn?.id, others]).toEqual([expect.stringMatching(/^ListsFunction/), []]);
    expect(fn?.properties.VpcConfig).toEqual({
      SubnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'],
      SecurityGroupIds: ['sg-0a1b2c3d'],
    });
    expect(fn?.properties.Environment.Variables.SOURCE_NETWORKS).toBe('public,10.20.0.0/16');
    expect(mayDo(connected, 'ec2:CreateNetworkInterface')).toHaveLength(1);
    expect(mayDo(plain, 'ec2:CreateNetworkInterface')).toEqual([]);
  });

  it('has no unanswered finding of cdk-nag there', () => {
    expect(findings(connected.app)).toEqual([]);
  });

  it('reads CSV files, and seals headers of lists and sources, and nothing else', () => {
    const files = nonEmpty(mayDo(plain, 's3:GetObject'));
    expect(files.map(({ Action }) => Action)).toEqual(['s3:GetObject']);
    expect(JSON.stringify(files[0]?.Resource)).toMatch(/ListsBucket\w+","Arn"\]\},"\/csv\/\*"/);
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey'])
      expect(mayDo(plain, action).map(({ Condition }) => Condition)).toContainEqual({
        StringEquals: { 'kms:EncryptionContext:purpose': 'upstream-credential' },
        StringLike: { 'kms:EncryptionContext:record': 'lists/*/*/*' },
      });
  });

  it('has subnets and security groups together, or neither', () => {
    const { FACADE_VPC_SUBNET_IDS } = inVpc;
    expect(() => loadStageConfig('prod', { FACADE_VPC_SUBNET_IDS })).toThrow(/vpcSecurityGroupIds/);
    expect(loadStageConfig('prod', {}).sourceNetworks).toEqual([]);
  });

  it('has no network of this machine but in the twin', () => {
    const loopback = { FACADE_SOURCE_NETWORKS: '127.0.0.0/8' };
    expect(() => loadStageConfig('prod', loopback)).toThrow(/sourceNetworks/);
    expect(loadStageConfig('local', {}).sourceNetworks).toEqual(['127.0.0.0/8']);
  });
});
