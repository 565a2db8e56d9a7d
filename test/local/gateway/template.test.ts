import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readAssembly } from '../../../local/gateway/template/assembly.ts';
import { resolveIntrinsics, type Scope } from '../../../local/gateway/template/intrinsics.ts';
import { createStack } from '../../../local/gateway/template/stack.ts';
import { temporaryFolder, writeAssembly } from './support/assembly.ts';
import { startTestGateway } from './support/start.ts';

const scope: Scope = {
  template: {
    Resources: {},
    Parameters: { Size: { Default: 7 } },
    Conditions: {
      IsLocal: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      IsOther: { 'Fn::Not': [{ Condition: 'IsLocal' }] },
      Both: { 'Fn::And': [{ Condition: 'IsLocal' }, { Condition: 'IsOther' }] },
    },
    Mappings: { Map: { a: { b: 'c' } } },
  },
  pseudo: { Region: 'eu-west-1', Partition: 'aws' },
  references: new Map([['Table', { ref: 'table-name', attributes: { Arn: 'arn:table', 'Endpoint.Url': 'http://e' } }]]),
};
/** CloudFormation's `${name}`, which is no template literal. */
const placeholder = (name: string): string => ['$', '{', name, '}'].join('');

describe('intrinsic functions', () => {
  it.each([
    ['Ref of a resource', { Ref: 'Table' }, 'table-name'],
    ['Ref of a parameter', { Ref: 'Size' }, 7],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Table.Endpoint.Url' }, 'http://e'],
    ['Fn::Sub', { 'Fn::Sub': `${placeholder('Table')}/${placeholder('Table.Arn')}` }, 'table-name/arn:table'],
    ['Fn::Sub with a literal', { 'Fn::Sub': placeholder('!Table') }, placeholder('Table')],
    ['Fn::Sub with variables', { 'Fn::Sub': [`a${placeholder('x')}`, { x: { Ref: 'Table' } }] }, 'atable-name'],
    ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Partition' }]] }, 'a:aws'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', 'a', 'b'] }, 'c'],
    ['Fn::If that holds', { 'Fn::If': ['IsLocal', 'yes', 'no'] }, 'yes'],
    ['Fn::If that does not', { 'Fn::If': ['Both', 'yes', { a: 'no' }] }, { a: 'no' }],
    ['AWS::NoValue', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [
      'a plain object with a Condition',
      { Condition: { StringEquals: { a: 'b' } } },
      { Condition: { StringEquals: { a: 'b' } } },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolveIntrinsics(value, scope)).toEqual(expected);
  });

  it.each([
    ['an unknown function', { 'Fn::Cidr': [] }, /Fn::Cidr/],
    ['a Ref to nothing', { Ref: 'Nobody' }, /Nobody/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Table', 'Owner'] }, /Table\.Owner/],
    ['an unknown condition', { 'Fn::If': ['Never', 1, 2] }, /Never/],
  ])('fail with its name at %s', (_, value, message) => {
    expect(() => resolveIntrinsics(value, scope)).toThrow(message);
  });
});

describe('a template', () => {
  it('names the logical id of a resource that the twin does not know', async () => {
    const start = startTestGateway({ resources: { Cluster: { Type: 'AWS::ECS::Cluster' } } });

    await expect(start).rejects.toThrow(/Cluster: the twin does not know AWS::ECS::Cluster/);
  });

  it('names the logical id of a property that cannot be resolved', async () => {
    const resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::Cidr': [] } } } };
    const stack = createStack(await readAssembly(await writeAssembly({ resources })));

    expect(() => stack.read('Queue', z.looseObject({}))).toThrow(/Queue: .*Fn::Cidr/);
  });

  it('leaves out resources whose condition does not hold', async () => {
    const assembly = await writeAssembly({
      resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
      template: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    });

    expect(createStack(await readAssembly(assembly)).ofType('AWS::SQS::Queue')).toEqual([]);
  });

  it('says what to do when there is no assembly', async () => {
    await expect(readAssembly(await temporaryFolder())).rejects.toThrow(/Fix: synthesize first/);
  });
});
