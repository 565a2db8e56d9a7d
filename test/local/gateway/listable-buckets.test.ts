/** The twin gives each function a key that says which buckets the role of the function may list. */
import { expect, it } from 'vitest';
import { readDefinition } from '../../../local/gateway/lambda/definitions.ts';
import { readAssembly } from '../../../local/gateway/template/assembly.ts';
import { createStack } from '../../../local/gateway/template/stack.ts';
import { writeAssembly } from './support/assembly.ts';
import { noEndpoints } from './support/start.ts';

type Statement = { Effect: string; Action: string | string[]; Resource: unknown };

const bucketArn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const allow = (Action: string | string[], Resource: unknown): Statement => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: string, Resource: unknown): Statement => ({ Effect: 'Deny', Action, Resource });

/** The access key id of a function whose role has these statements, in a separate policy or in the role. */
const keyIdWith = async (statements: Statement[], place: 'attached' | 'inline' | 'another role'): Promise<string> => {
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const inline = place === 'inline' ? { Policies: [{ PolicyName: 'p', PolicyDocument }] } : {};
  const Roles = [{ Ref: place === 'another role' ? 'Stranger' : 'Role' }];
  const assembly = await writeAssembly({
    resources: {
      One: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'one' } },
      Two: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'two' } },
      Role: { Type: 'AWS::IAM::Role', Properties: inline },
      Stranger: { Type: 'AWS::IAM::Role', Properties: {} },
      ...(place === 'inline' ? {} : { Rights: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles } } }),
    },
    functions: { Fn: '' },
  });
  const stack = createStack(await readAssembly(assembly));
  return readDefinition(stack, 'Fn', noEndpoints).environment.AWS_ACCESS_KEY_ID ?? '';
};

it.each([
  [
    'objects only',
    [allow(['s3:GetObject', 's3:PutObject'], { 'Fn::Join': ['', [bucketArn('One'), '/*']] })],
    'attached',
    'local+',
  ],
  ['one bucket', [allow('s3:ListBucket', bucketArn('One'))], 'attached', 'local+one'],
  ['one bucket, in the role itself', [allow('s3:ListBucket', bucketArn('Two'))], 'inline', 'local+two'],
  ['one bucket, in another role', [allow('s3:ListBucket', bucketArn('One'))], 'another role', 'local+'],
  ['all buckets', [allow('s3:List*', '*')], 'attached', 'local+one+two'],
  ['everything but one', [allow('s3:*', '*'), deny('s3:ListBucket', bucketArn('One'))], 'attached', 'local+two'],
  ['buckets of a name', [allow(['s3:GetObject', 'S3:LISTBUCKET'], 'arn:aws:s3:::t?o')], 'attached', 'local+two'],
] as const)('a role with rights on %s', async (_what, statements, place, expected) => {
  expect(await keyIdWith([...statements], place)).toBe(expected);
});
