/** Lambda takes 4 KB of variables for a function in all (developer guide, Lambda quotas): more fails the deployment. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { createStack, type Stack } from '../../local/gateway/template/stack.ts';
import { synthesize } from './synthesized.ts';

const mostBytes = 4_096;
const [region, account] = ['ap-southeast-2', '123456789012'];
const keyArn = `arn:aws:kms:${region}:${account}:key/01234567-89ab-cdef-0123-456789abcdef`;

/** As long as CloudFormation makes it: the stack, the logical id and 12 letters, shortened to what the service takes. */
const nameOf = (logicalId: string, most: number, end = ''): string =>
  `${`signals-facade-prod-${logicalId}`.slice(0, most - 13 - end.length)}-0123456789AB${end}`;

const arnOf = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

/** Gives a resource the names that AWS would give it. */
const nameResource = (stack: Stack, logicalId: string): void => {
  const type = stack.typeOf(logicalId);
  const reference = stack.reference(logicalId);
  const setTo = (ref: string, attributes: Record<string, string>): void =>
    void Object.assign(reference, { ref, attributes: { ...reference.attributes, ...attributes } });
  if (type === 'AWS::SQS::Queue') {
    const isFifo = stack.read(logicalId, z.object({ FifoQueue: z.boolean().optional() })).FifoQueue;
    const name = nameOf(logicalId, 80, isFifo ? '.fifo' : '');
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    setTo(QueueUrl, { QueueUrl, QueueName: name, Arn: arnOf('sqs', name) });
  } else if (type === 'AWS::KMS::Key') setTo(keyArn, { Arn: keyArn });
  else if (type === 'AWS::IAM::Role') {
    const name = nameOf(logicalId, 64);
    setTo(name, { Arn: `arn:aws:iam::${account}:role/${name}` });
  } else if (type === 'AWS::Lambda::Function') {
    const name = nameOf(logicalId, 64);
    setTo(name, { Arn: arnOf('lambda', `function:${name}`) });
  } else if (type === 'AWS::S3::Bucket') setTo(nameOf(logicalId, 63), {});
  else setTo(nameOf(logicalId, 255), {});
};

const FunctionWithVariables = z.object({
  Description: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/** Bytes of the variables of each function, by its name. */
const bytesOf = (env: Record<string, string>): Readonly<Record<string, number>> => {
  const template = synthesize('prod', env).template.toJSON();
  const assembly = { template: { Parameters: {}, Conditions: {}, Mappings: {}, ...template } };
  const stack = createStack({
    ...{ stackName: 'signals-facade-prod', region, assetDirectory: () => undefined },
    ...assembly,
  } as unknown as Parameters<typeof createStack>[0]);
  for (const logicalId of stack.all()) nameResource(stack, logicalId);
  return Object.fromEntries(
    stack.ofType('AWS::Lambda::Function').map((logicalId) => {
      const { Description, Environment } = stack.read(logicalId, FunctionWithVariables);
      const bytes = Buffer.byteLength(JSON.stringify(Environment.Variables));
      return [Description.replace('signals-facade: ', ''), bytes];
    }),
  );
};

const isAccepted = (env: Record<string, string>): boolean => {
  try {
    return loadStageConfig('prod', { ...named, ...env }) !== undefined;
  } catch {
    return false;
  }
};

const named = { FACADE_TENANT_URL: 'https://signals.example.com', FACADE_PUBLIC_URL: 'https://facade.example.com' };

/** The largest value of a field that a stage may have. @param make a value with `size` characters of filling. */
const largest = (name: string, make: (size: number) => string): Record<string, string> => {
  let [accepted, refused] = [0, 2_000];
  expect([accepted, refused].map((size) => isAccepted({ [name]: make(size) }))).toEqual([true, false]);
  while (refused - accepted > 1) {
    const size = Math.floor((accepted + refused) / 2);
    if (isAccepted({ [name]: make(size) })) accepted = size;
    else refused = size;
  }
  return { [name]: make(accepted) };
};

const filled = (length: number, size: number): string => 'x'.repeat(Math.min(length, Math.max(size, 1)));

const mirrorsOf = (size: number) =>
  ['a', 'b', 'c'].map((letter, index) => ({
    name: letter.repeat(20),
    url: `https://${letter}.example.com/${filled(2_000, index === 0 ? size : 1)}`,
    header: 'x-signals-hook',
  }));

/** Issuers of a usual size, and one that is filled. */
const issuersOf = (size: number) =>
  ['a', 'b', 'c'].map((letter, index) => ({
    issuer: `https://login.example.com/${letter}/v2.0`,
    audience: index === 0 ? [1, 2, 3, 4].map((part) => filled(299, size / 4) + part) : 'signals-facade',
  }));

const originsOf = (size: number) =>
  Array.from({ length: 10 }, (_, index) => `https://${'x'.repeat(1 + Math.floor(size / 10))}.app${index}.example.com`);

const headersOf = (size: number) => Array.from({ length: 10 }, (_, index) => `x-${filled(99, size / 10)}-${index}`);

const rulesOf = (size: number) =>
  Array.from({ length: 20 }, (_, index) => ({ name: String(index), needsField: filled(200, size / 20) }));

describe('the variables of every function', () => {
  it('fit into what Lambda takes, at the largest stage that is accepted', () => {
    const bytes = bytesOf({
      ...largest('FACADE_TENANT_URL', (size) => `https://${filled(2_000, size)}.example.com`),
      ...largest('FACADE_PUBLIC_URL', (size) => `https://facade.example.com/${filled(2_000, size)}`),
      ...largest('FACADE_OAUTH_CLIENT_ID', (size) => filled(2_000, size)),
      ...largest('FACADE_OAUTH_SCOPE', (size) => filled(2_000, size)),
      ...largest('FACADE_OAUTH_AUTHORIZE_PATH', (size) => `/${filled(2_000, size)}`),
      ...largest('FACADE_OAUTH_TOKEN_PATH', (size) => `/${filled(2_000, size)}`),
      FACADE_OAUTH_RESPONSE_TYPE: 'token',
      ...largest('FACADE_MIRRORS', (size) => JSON.stringify(mirrorsOf(size))),
      ...largest('FACADE_OIDC_ISSUERS', (size) => JSON.stringify(issuersOf(size))),
      ...largest('FACADE_CORS_ORIGINS', (size) => originsOf(size).join(',')),
      ...largest('FACADE_SIGNING_RULES', (size) => JSON.stringify(rulesOf(size))),
      ...largest('FACADE_ADDED_HEADERS', (size) => headersOf(size).join(',')),
    });
    expect(Object.keys(bytes)).toContain('health');
    expect(Object.entries(bytes).filter(([, size]) => size > mostBytes)).toEqual([]);
  });

  it.each([
    ['FACADE_OIDC_ISSUERS', JSON.stringify(issuersOf(1_000))],
    ['FACADE_CORS_ORIGINS', originsOf(600).join(',')],
    ['FACADE_ADDED_HEADERS', headersOf(600).join(',')],
    ['FACADE_SIGNING_RULES', JSON.stringify(rulesOf(2_000))],
    ['FACADE_MIRRORS', JSON.stringify(mirrorsOf(2_000))],
    ['FACADE_MIRRORS', JSON.stringify([...mirrorsOf(1), { ...mirrorsOf(1)[0], name: 'd' }])],
  ])('%s is refused when it takes too much of that', (name, value) => {
    expect(() => loadStageConfig('prod', { ...named, [name]: value })).toThrow(/is not accepted. Accepted: .*together/);
  });
});
