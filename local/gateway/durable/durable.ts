/** Durable functions of the stack: their published versions, their executions, and the Lambda API for both. */
import { join } from 'node:path';
import * as z from 'zod';
import { readWhole } from '../http/answer.ts';
import type { Concurrency } from '../lambda/concurrency.ts';
import { createFunction, type LambdaFunction } from '../lambda/pool.ts';
import type { FunctionDefinition, Log } from '../lambda/worker.ts';
import type { Stack } from '../template/stack.ts';
import { startLambdaApi } from './api.ts';
import { createEngine, type DurableVersion, type Engine } from './engine.ts';
import type { InvocationAnswer } from './execution.ts';
import { openJournals } from './journal.ts';
import { type IsInUse, publishVersions, type Versions } from './versions.ts';
import { versionsInUse } from './versions-in-use.ts';

const DurableConfig = z.object({
  ExecutionTimeout: z.coerce.number().int(),
  /** 14 days if the template states no period (CloudFormation, AWS::Lambda::Function DurableConfig). */
  RetentionPeriodInDays: z.coerce.number().int().default(14),
});
const Durable = z.object({ DurableConfig: DurableConfig.optional() });

/** An answer of a durable function; larger results are checkpointed by the SDK. */
const answerLimitBytes = 6_291_456;

/** An execution of a durable function that has not ended. */
export type RunningJob = { readonly functionName: string; readonly name: string; readonly startedAtMillis: number };

export type DurableFunctions = {
  /** Logical ids of the functions that run as executions only. */
  readonly functionIds: ReadonlySet<string>;
  /** Starts an execution without a name on the version behind this ARN; false if the ARN is not one of this twin's. */
  startAt(arn: string, payload: string): boolean;
  /** Executions that have not ended, newest first. */
  running(): RunningJob[];
  pids(): number[];
  /** Of the versions of functions whose logical name holds `name`. */
  pidsOf(name: string): number[];
  close(): Promise<void>;
};

export type DurableOptions = {
  readonly stack: Stack;
  readonly stateDir: string | undefined;
  readonly shared: Concurrency;
  readonly log: Log;
  readonly nowMillis: () => number;
  /** The function of the template, for an API that is reached at `url`. */
  readonly define: (logicalId: string, url: string) => FunctionDefinition;
};

const invokeOnce = async (fn: LambdaFunction, event: string): Promise<InvocationAnswer> => {
  const reply = await fn.invoke(event);
  const body = (await readWhole(reply.body, answerLimitBytes)).toString();
  const failure = reply.failure();
  if (failure) throw failure;
  return (JSON.parse(body) ?? {}) as InvocationAnswer;
};

type Running = { readonly version: DurableVersion; readonly fn: LambdaFunction };

const runVersions = (options: DurableOptions, versions: Versions): Running[] => {
  const { stack, log, shared } = options;
  return versions.all.flatMap(({ functionName, number, definition }) => {
    const functionId = stack.findByName('AWS::Lambda::Function', functionName);
    const config = functionId && stack.read(functionId, Durable).DurableConfig;
    if (!config) return [];
    const fn = createFunction(definition, log, shared);
    const version: DurableVersion = {
      functionName,
      version: number,
      arn: definition.arn,
      timeoutSeconds: config.ExecutionTimeout,
      retentionDays: config.RetentionPeriodInDays,
      invoke: (event) => invokeOnce(fn, event),
    };
    return [{ version, fn }];
  });
};

const isDurable = (stack: Stack, logicalId: string): boolean =>
  stack.read(logicalId, Durable).DurableConfig !== undefined;

/** Undefined if the stack has no durable function. The API listens before functions get its address. */
export const startDurableFunctions = async (
  options: DurableOptions,
): Promise<{ readonly url: string; readonly start: () => DurableFunctions } | undefined> => {
  const { stack, stateDir, nowMillis } = options;
  if (stack.ofType('AWS::Lambda::Version').length === 0) return undefined;
  const folder = stateDir === undefined ? undefined : join(stateDir, 'lambda');
  let engine: Engine | undefined;
  let running: Running[] = [];
  let versions: Versions | undefined;
  const versionOf = (functionName: string, qualifier: string): DurableVersion | undefined => {
    const found = versions?.find(functionName, qualifier);
    return running.find(({ version }) => version.functionName === functionName && version.version === found?.number)
      ?.version;
  };
  const api = await startLambdaApi({
    get engine() {
      if (!engine) throw new Error('The twin is starting');
      return engine;
    },
    versionOf,
    isFunction: (name) => stack.findByName('AWS::Lambda::Function', name) !== undefined,
  });
  const start = (): DurableFunctions => {
    const journals = openJournals(folder === undefined ? undefined : join(folder, 'executions'));
    const inUse = versionsInUse(journals);
    const isInUse: IsInUse = (functionName, number) => inUse.has(`${functionName}:${number}`);
    versions = publishVersions(stack, folder, isInUse, (logicalId) => options.define(logicalId, api.url));
    running = runVersions(options, versions);
    engine = createEngine({ journals, nowMillis, versionOf });
    return {
      functionIds: new Set(stack.ofType('AWS::Lambda::Function').filter((id) => isDurable(stack, id))),
      startAt(arn, payload) {
        const [, name = '', qualifier = ''] = /:function:([^:]+):([^:]+)$/.exec(arn) ?? [];
        const version = versionOf(name, qualifier);
        if (version) engine?.start(version, payload);
        return version !== undefined;
      },
      running: () =>
        [...new Set(running.map(({ version }) => version.functionName))]
          .flatMap((functionName) => engine?.list(functionName) ?? [])
          .filter(({ state }) => !state.ended)
          .map(({ state: { started } }) => ({
            ...{ functionName: started.functionName, name: started.name, startedAtMillis: started.at },
          }))
          .sort((a, b) => b.startedAtMillis - a.startedAtMillis),
      pids: () => running.flatMap(({ fn }) => fn.pids()),
      pidsOf: (name) =>
        running
          .filter(({ version }) => version.functionName.toLowerCase().includes(name))
          .flatMap(({ fn }) => fn.pids()),
      async close() {
        engine?.close();
        await Promise.all([api.close(), ...running.map(({ fn }) => fn.close())]);
      },
    };
  };
  return { url: api.url, start };
};
