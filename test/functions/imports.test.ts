/** What a cold start does before the first call: it reads the environment, and nothing else. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readdir, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { variables } from '../../shared/config/names.ts';
import { synthesize } from '../infra/synthesized.ts';
import '../support/lambda.ts';

const { made, noting } = vi.hoisted(() => {
  const made: string[] = [];
  type Client = new (...settings: never[]) => object;
  /** The module of an SDK, whose client of this name notes each time that it is made. */
  const noting = async (name: string, importOriginal: () => Promise<unknown>): Promise<Record<string, unknown>> => {
    const original = (await importOriginal()) as Record<string, unknown>;
    const construct: ProxyHandler<Client>['construct'] = (target, settings, newTarget) => {
      made.push(name);
      return Reflect.construct(target, settings, newTarget);
    };
    return { ...original, [name]: new Proxy(original[name] as Client, { construct }) };
  };
  return { made, noting };
});
vi.mock('@aws-sdk/client-dynamodb', (original) => noting('DynamoDBClient', original));
vi.mock('@aws-sdk/client-kms', (original) => noting('KMSClient', original));
vi.mock('@aws-sdk/client-lambda', (original) => noting('LambdaClient', original));
vi.mock('@aws-sdk/client-s3', (original) => noting('S3Client', original));
vi.mock('@aws-sdk/client-sqs', (original) => noting('SQSClient', original));

const importFunction = (name: string): Promise<{ readonly handler: unknown }> => import(`../../functions/${name}.ts`);

type Properties = { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } };

/** Values in place of references. Lambda sets the region. */
const madeNames: Readonly<Record<string, string>> = {
  [variables.accountId]: '123456789012',
  [variables.mirrors]: '[]',
  [variables.queues]: '{"like":"https://sqs.us-east-1.amazonaws.com/1/a","names":[]}',
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

const importing = new AsyncLocalStorage<true>();

/** The connections that are made inside `importing`: clients of other tests in this process may still try again. */
const watchConnections = (): readonly unknown[] => {
  const connections: unknown[] = [];
  const { connect } = Socket.prototype;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...parameters: unknown[]) {
    if (importing.getStore()) connections.push(parameters);
    return Reflect.apply(connect, this, parameters);
  });
  return connections;
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
    made.length = 0;
    const connections = watchConnections();
    const { handler } = await importing.run(true, () => importFunction(name));
    // Work that was started without waiting is visible by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(handler).toBeTypeOf('function');
    expect(made).toEqual([]);
    expect(connections).toEqual([]);
  });
});

describe('the SDKs of these tests', () => {
  it('see each kind of client that the wiring makes', async () => {
    const folder = new URL('../../functions/wiring/', import.meta.url);
    const wiring = await readdir(folder);
    const sources = await Promise.all(wiring.map((name) => readFile(new URL(name, folder), 'utf8')));
    const kinds = new Set(
      sources.flatMap((source) => [...source.matchAll(/new (\w+Client)\(/g)].map(([, kind]) => kind)),
    );
    made.length = 0;
    const modules = await Promise.all([
      ...[import('@aws-sdk/client-dynamodb'), import('@aws-sdk/client-kms'), import('@aws-sdk/client-lambda')],
      ...[import('@aws-sdk/client-s3'), import('@aws-sdk/client-sqs')],
    ]);
    for (const kind of kinds) new (Object.assign({}, ...modules)[kind ?? ''])({ region: 'us-east-1' });
    expect(kinds.size).toBeGreaterThan(3);
    expect(made.toSorted()).toEqual([...kinds].toSorted());
  });
});
