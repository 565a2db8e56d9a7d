/** What a cold start does before the first call: it reads the environment, and nothing else. */
import { Socket } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { variables } from '../../shared/config/names.ts';
import { synthesize } from '../infra/synthesized.ts';
import '../support/lambda.ts';

const importFunction = (name: string): Promise<{ readonly handler: unknown }> => import(`../../functions/${name}.ts`);

type Properties = { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } };

/** What stands for references. The region is set by Lambda. */
const madeNames: Readonly<Record<string, string>> = {
  [variables.accountId]: '123456789012',
  [variables.mirrors]: '[]',
  [variables.ownQueues]: '{"purges":{"arn":"x","deadLettersArn":"x"}}',
};

/** Names of tables, keys and queues are references in the template. */
const environmentOf = (variablesOfTemplate: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variablesOfTemplate).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
        : name.endsWith('_URL')
          ? 'https://sqs.example.com/q'
          : (madeNames[name] ?? 'x'),
    ]),
  );

const functions = synthesize('dev').ofType<Properties>('AWS::Lambda::Function');
const environmentFor = (name: string): Record<string, string> => {
  const found = functions.find(({ id }) => id.toLowerCase().startsWith(`${name}function`));
  if (!found) throw new Error(`The template has no function ${name}.`);
  const byLambda = { AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: name };
  return { ...environmentOf(found.properties.Environment.Variables), ...byLambda };
};

/** Takes every variable of the facade away: other tests of this process may have set some. */
const clearEnvironment = (): void => {
  for (const name of Object.values(variables)) vi.stubEnv(name, undefined);
};

describe.each(functionNames)('importing the function %s', (name) => {
  it('fails without its environment, and names what is missing', async () => {
    vi.resetModules();
    clearEnvironment();
    vi.stubEnv(variables.storePatience, '0');
    const imported = importFunction(name);
    await expect(imported).rejects.toThrow(/^The environment of this function is wrong:\nSTAGE: /);
    await expect(imported, 'the patience is read by each function').rejects.toThrow(/\nSTORE_PATIENCE: /);
  });

  it('needs no more than the stack gives it, makes no client and calls nothing', async () => {
    vi.resetModules();
    clearEnvironment();
    for (const [variable, value] of Object.entries(environmentFor(name))) vi.stubEnv(variable, value);
    const calls = [
      vi.spyOn(Socket.prototype, 'connect'),
      vi.spyOn(DynamoDBDocumentClient, 'from'),
      ...[DynamoDBClient, KMSClient, S3Client, SQSClient].map((client) => vi.spyOn(client.prototype, 'send')),
    ];
    const { handler } = await importFunction(name);
    // What was begun without waiting shows by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(handler).toBeTypeOf('function');
    expect(calls.map(({ mock }) => mock.calls.length)).toEqual(calls.map(() => 0));
  });
});
