import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startGateway } from '../../../local/gateway/gateway.ts';
import { createConcurrency } from '../../../local/gateway/lambda/concurrency.ts';
import { createFunction, type LambdaFunction } from '../../../local/gateway/lambda/pool.ts';
import type { FunctionDefinition } from '../../../local/gateway/lambda/worker.ts';
import { isFull, sized } from '../../support/test-size.ts';
import { temporaryFolder, writeAssembly } from './support/assembly.ts';
import { anyRoute, eventually, noEndpoints, startTestGateway, streaming } from './support/start.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Tells its process and how many invocations ran in it at once. */
const slow = streaming(`
  globalThis.running = (globalThis.running ?? 0) + 1;
  const atOnce = globalThis.running;
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.running -= 1;
  open({ statusCode: 200 }).write(JSON.stringify({ pid: process.pid, atOnce }));
  stream.end();
`);
type Told = { pid: number; atOnce: number };

const ask = async (url: string, count: number): Promise<Told[]> =>
  Promise.all(Array.from({ length: count }, async () => (await (await fetch(`${url}/x`)).json()) as Told));

/** A function with a reservation, without a gateway. */
const functionOf = async (source: string, more: Partial<FunctionDefinition> = {}): Promise<LambdaFunction> => {
  const assemblyDir = await writeAssembly({ functions: { Fn: source } });
  const definition = {
    name: 'alone',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:alone',
    handler: 'index.handler',
    directory: join(assemblyDir, 'asset.Fn'),
    timeoutSeconds: 600,
    memoryMegabytes: 128,
    logFormat: 'Text',
    maximumProcesses: 1,
    isReserved: true,
    environment: {},
    ...more,
  } as const;
  const fn = createFunction(definition, () => {}, createConcurrency(1));
  onTestFinished(() => fn.close());
  return fn;
};

const anyRangeError = { errorType: 'RangeError', errorMessage: 'too far', stackTrace: expect.any(Array) as unknown };

describe('function processes', () => {
  // At the small size the gateway is told a smaller number than the 10 that it has by default.
  it('answer slow requests at once from half as many processes at most, one invocation at a time in each', async () => {
    const most = sized(10, 3);
    const options = isFull ? {} : { unreservedConcurrency: most };
    const { url } = await startTestGateway({ functions: { Fn: slow }, routes: anyRoute('Fn') }, options);

    const told = await ask(url, 2 * most);

    expect(told).toHaveLength(2 * most);
    expect(new Set(told.map(({ pid }) => pid)).size).toBeLessThanOrEqual(most);
    expect(told.every(({ atOnce }) => atOnce === 1)).toBe(true);
  });

  it('are no more than the reserved concurrency', async () => {
    const { url } = await startTestGateway({
      functions: { Fn: slow },
      settings: { Fn: { ReservedConcurrentExecutions: 2 } },
      routes: anyRoute('Fn'),
    });

    const told = await ask(url, 6);

    expect(new Set(told.map(({ pid }) => pid)).size).toBeLessThanOrEqual(2);
  });

  it('without a reservation share their concurrency, and leave alone what others have reserved', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const gate = createServer((_, response) => asked.resolve(response)).listen(0, '127.0.0.1');
    onTestFinished(() => void gate.close());
    await once(gate, 'listening');
    const { port } = gate.address() as AddressInfo;
    const held = `export const handler = async () => (await fetch('http://127.0.0.1:${port}')).text();`;
    const gateway = await startTestGateway(
      {
        functions: {
          Busy: held,
          Waits: 'export const handler = async () => 1;',
          Reserved: 'export const handler = async () => 2;',
        },
        settings: { Busy: { Timeout: 60 }, Reserved: { ReservedConcurrentExecutions: 1 } },
      },
      { unreservedConcurrency: 1 },
    );

    const busy = gateway.invoke('Busy', {});
    const finish = await asked.promise;
    let hasRun = false;
    const waits = gateway.invoke('Waits', {}).then(() => {
      hasRun = true;
    });

    expect(await gateway.invoke('Reserved', {})).toBe(2);
    expect(hasRun).toBe(false);
    finish.end('done');
    expect(await busy).toBe('done');
    await waits;
  });

  it('see the variables of the template and the endpoints, and nothing of the parent', async () => {
    process.env.PARENT_SECRET = 'seen';
    onTestFinished(() => void delete process.env.PARENT_SECRET);
    const gateway = await startTestGateway({
      functions: { Fn: 'export const handler = async () => process.env;' },
      settings: { Fn: { MemorySize: 256, Environment: { Variables: { STAGE: 'local' } } } },
    });

    const environment = (await gateway.invoke('Fn', {})) as Record<string, string>;

    expect(environment).toMatchObject({
      STAGE: 'local',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'test-Fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: noEndpoints.dynamodb,
      _HANDLER: 'index.handler',
    });
    expect(environment).not.toHaveProperty('PARENT_SECRET');
    expect(environment).not.toHaveProperty('HOME');
  });

  it('get the context of Lambda', async () => {
    const source = `export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });`;
    const gateway = await startTestGateway({ functions: { Fn: source }, settings: { Fn: { Timeout: 700 } } });

    const context = (await gateway.invoke('Fn', {})) as Record<string, unknown>;

    expect(context).toMatchObject({
      functionName: 'test-Fn',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test-Fn',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(context.left).toBeGreaterThan(300_000);
    expect(context.left).toBeLessThanOrEqual(700_000);
  });

  it('report what a handler threw to whoever invoked it', async () => {
    const gateway = await startTestGateway({
      functions: { Fn: `export const handler = async () => { throw new RangeError('too far'); };` },
    });

    await expect(gateway.invoke('Fn', {})).rejects.toMatchObject({ errorType: 'RangeError', message: 'too far' });
  });

  it('print into the log', async () => {
    const lines: string[] = [];
    const gateway = await startTestGateway(
      { functions: { Fn: `export const handler = async () => { console.log('out'); console.error('err'); };` } },
      { log: ({ source, stream, line }) => lines.push(`${source} ${stream} ${line}`) },
    );

    await gateway.invoke('Fn', {});
    await eventually(() => (lines.length >= 2 ? lines : undefined));

    expect(lines.toSorted()).toEqual(['test-Fn stderr err', 'test-Fn stdout out']);
  });

  it('print JSON around what the console is told when the template says so, and lines of their own as they are', async () => {
    const lines: string[] = [];
    const source = `
      import { Console } from 'node:console';
      const own = new Console({ stdout: process.stdout, stderr: process.stderr });
      export const handler = async (event, context) => {
        console.log(JSON.stringify({ a: 1 }));
        console.log('%d of', 2, new RangeError('too far'));
        own.log(JSON.stringify({ b: 2 }));
        return context.awsRequestId;
      };`;
    const gateway = await startTestGateway(
      { functions: { Fn: source }, settings: { Fn: { LoggingConfig: { LogFormat: 'JSON' } } } },
      { log: ({ line }) => lines.push(line) },
    );

    const requestId = await gateway.invoke('Fn', {});
    await eventually(() => (lines.length >= 3 ? lines : undefined));

    const common = { level: 'INFO', requestId, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...common, message: '{"a":1}' },
      { ...common, message: expect.stringMatching(/^2 of RangeError: too far/), ...anyRangeError },
      { b: 2 },
    ]);
  });

  it('are gone once the gateway has closed, also those in the middle of an invocation', async () => {
    const assemblyDir = await writeAssembly({
      functions: { Fn: 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));' },
    });
    const gateway = await startGateway({ assemblyDir, port: 0, endpoints: noEndpoints });
    const outcome = gateway.invoke('Fn', {}).catch((error: unknown) => error);
    const pids = await eventually(() => (gateway.pids().length > 0 ? gateway.pids() : undefined));

    await gateway.close();

    expect(pids.map(isAlive)).toEqual([false]);
    expect(await outcome).toMatchObject({ kind: 'refused' });
  });

  it('may take far longer than 10 s to load: the machine may be busy', async () => {
    const lines: string[] = [];
    const go = join(await temporaryFolder(), 'go');
    const source = `
      import { existsSync } from 'node:fs';
      console.log('loading');
      while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 5));
      export const handler = async () => 'loaded';`;
    const gateway = await startTestGateway({ functions: { Fn: source } }, { log: ({ line }) => lines.push(line) });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const answer = gateway.invoke('Fn', {});
    answer.catch(() => {});
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));

    vi.advanceTimersByTime(120_000);
    await writeFile(go, '');

    expect(await answer).toBe('loaded');
  });

  it('fail when the module has not loaded within the limit', async () => {
    const fn = await functionOf(
      'setInterval(() => {}, 1000); await new Promise(() => {}); export const handler = () => 1;',
      {
        loadLimitMillis: 50,
      },
    );

    await expect(fn.invoke('{}')).rejects.toMatchObject({
      kind: 'init',
      message: 'The module did not load within 50 ms',
    });
    expect(fn.pids()).toEqual([]);
  });

  it('are told to wait for no process that starts as soon as none starts, however many wait then', async () => {
    const fn = await functionOf('export const handler = () => new Promise(() => setTimeout(() => {}, 600_000));');
    const told: string[] = [];
    const ended = ['first', 'second', 'third'].map((name) =>
      fn.invoke('{}', undefined, () => told.push(name)).catch((error: unknown) => error),
    );

    await eventually(() => (new Set(told).size === 3 ? told : undefined));
    await fn.close();

    expect(await Promise.all(ended)).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ kind: 'refused' })),
    );
  });

  it('end by themselves when the gateway is killed', async () => {
    const assemblyDir = await writeAssembly({ functions: { Fn: 'export const handler = async () => process.pid;' } });
    const main = fileURLToPath(new URL('../../../local/gateway/gateway.ts', import.meta.url));
    const script = `
      const { startGateway } = await import(${JSON.stringify(main)});
      const options = { assemblyDir: ${JSON.stringify(assemblyDir)}, port: 0, endpoints: ${JSON.stringify(noEndpoints)} };
      const gateway = await startGateway(options);
      console.log(await gateway.invoke('Fn', {}));
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');

    expect(await eventually(() => (isAlive(pid) ? undefined : 'gone'))).toBe('gone');
  });
});
