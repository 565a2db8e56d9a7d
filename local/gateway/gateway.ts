/** The local twin: runs a synthesized stack on this machine against emulators. */
import { join } from 'node:path';
import { type AlarmReport, createTwinAlarms, type TwinAlarms } from './alarms/alarms.ts';
import { type DurableFunctions, type RunningJob, startDurableFunctions } from './durable/durable.ts';
import { readWhole } from './http/answer.ts';
import { readApiIdentity } from './http/api-identity.ts';
import { type Front, type OwnRoutes, startFront } from './http/front.ts';
import { createGatewayResponses } from './http/gateway-responses.ts';
import { createRouter, readRoutes } from './http/routes.ts';
import { createConcurrency } from './lambda/concurrency.ts';
import { type Endpoints, readDefinition, unreservedConcurrency } from './lambda/definitions.ts';
import { createFunction, type LambdaFunction } from './lambda/pool.ts';
import type { FunctionDefinition, Log } from './lambda/worker.ts';
import { createBuckets } from './resources/buckets.ts';
import { createKeys } from './resources/keys.ts';
import { createQueues, senderTo } from './resources/queues.ts';
import { createTables } from './resources/tables.ts';
import { type QueueSourceOptions, startQueueSources } from './sources/queue-source.ts';
import { type ScheduleOptions, startSchedules } from './sources/schedules.ts';
import { readAssembly } from './template/assembly.ts';
import { createStack, type Stack } from './template/stack.ts';
import { checkSupported } from './template/supported.ts';
import { TwinError } from './twin-error.ts';

export type GatewayOptions = {
  /** Folder with the synthesized assembly. */
  readonly assemblyDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly endpoints: Endpoints;
  /** Where key ids are kept between runs; without it every run makes new keys. */
  readonly stateDir?: string | undefined;
  /**
   * Added to the environment of each function, over the template's variables.
   * @param url the gateway's own. @param variables the function's, as the template has them.
   */
  readonly environment?:
    | ((url: string, variables: Readonly<Record<string, string>>) => Readonly<Record<string, string>>)
    | undefined;
  /** Executions that all functions without reserved concurrency share; 10 by default. */
  readonly unreservedConcurrency?: number | undefined;
  /** Most processes of any one function, where the template allows it more. */
  readonly mostProcesses?: number | undefined;
  /**
   * Whether the rules of the template run at their times, all or by logical id; true by default. Without them, a caller invokes the
   * functions itself.
   */
  readonly runsSchedules?: boolean | ((logicalId: string) => boolean) | undefined;
  /** Runs a function; by default in processes of its own. */
  readonly createFunction?: typeof createFunction | undefined;
  /** Gets every line that functions print. */
  readonly log?: Log | undefined;
  /** Where the lines of a source are kept, for errors that send a person there. */
  readonly logFileOf?: ((source: string) => string) | undefined;
  readonly nowMillis?: (() => number) | undefined;
  /** Called with the part that is starting: `resources`, `functions`. */
  readonly onProgress?: ((step: string) => void) | undefined;
};
/** The results of the template's Ref and Fn::GetAtt for a resource, and its type. */
export type PhysicalResource = {
  readonly type: string;
  /** Table, bucket and function name; queue address; key id. */
  readonly id: string;
  readonly arn: string | undefined;
};
export type { AlarmReport, OwnRoutes };

export type Gateway = {
  readonly url: string;
  /** By logical id. */
  readonly resources: Readonly<Record<string, PhysicalResource>>;
  /** Each function's variables, resolved, by logical id. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Runs a function with this event and gives its parsed answer. @throws FunctionFault when it failed. */
  invoke(logicalId: string, payload: unknown): Promise<unknown>;
  /** The alarms of the template with their states, ringing ones first. */
  alarms(): AlarmReport[];
  /** A statistic of a metric, such as `Sum`, of the samples from the first instant until before the second; undefined without any. */
  readonly statistic: TwinAlarms['statistic'];
  /** Of the metrics of the API, as API Gateway names it. */
  readonly apiDimensions: TwinAlarms['apiDimensions'];
  /** Executions of durable functions that have not ended, newest first. */
  runningJobs(): RunningJob[];
  /** From now on, paths below /_twin/ are answered by these routes. */
  serveOwn(routes: OwnRoutes): void;
  /** Starts one process of each function that HTTP reaches. @throws TwinError when a module does not load. */
  warm(): Promise<void>;
  /** Ids of all function processes that are alive. */
  pids(): number[];
  /** Ids of the processes of the published versions of a durable function, by the end of its name in `functions/`. */
  pidsOf(name: string): number[];
  /** Stops polling, schedules, HTTP and every function process. Safe to call twice. */
  close(): Promise<void>;
};

/** Lambda's limit on the answer of a synchronous invocation. */
const invokeAnswerLimitBytes = 209_715_200;

const createResources = async (stack: Stack, options: GatewayOptions): Promise<void> => {
  // Keys first: everything else may refer to their ids.
  await createKeys(stack, options.endpoints.kms, options.stateDir);
  await createQueues(stack, options.endpoints.sqs);
  await createBuckets(stack, options.endpoints.s3);
  await createTables(stack, options.endpoints.dynamodb);
};

type Functions = Map<string, LambdaFunction>;

/** The definition of each function, with the addresses in its environment. */
const definer = (stack: Stack, options: GatewayOptions, url: string) => {
  const compileCache = join(options.assemblyDir, '.compile-cache');
  const mostProcesses = options.mostProcesses ?? Number.POSITIVE_INFINITY;
  return (logicalId: string, lambdaUrl: string | undefined): FunctionDefinition => {
    const lambda = lambdaUrl === undefined ? {} : { AWS_ENDPOINT_URL_LAMBDA: lambdaUrl };
    const definition = readDefinition(stack, logicalId, options.endpoints);
    const added = options.environment?.(url, definition.environment);
    const maximumProcesses = Math.min(definition.maximumProcesses, mostProcesses);
    const environment = { ...definition.environment, ...added, ...lambda };
    return { ...definition, environment, maximumProcesses, compileCache };
  };
};

type Define = (logicalId: string) => FunctionDefinition;

const addFunctions = (
  functions: Functions,
  stack: Stack,
  define: Define,
  create: (definition: FunctionDefinition) => LambdaFunction,
  { watch }: TwinAlarms,
): void => {
  for (const logicalId of stack.ofType('AWS::Lambda::Function'))
    functions.set(logicalId, watch(create(define(logicalId))));
};

/** Returns a function that stops them. */
const startSources = async (
  options: QueueSourceOptions & Omit<ScheduleOptions, 'runs' | 'send'> & Pick<GatewayOptions, 'runsSchedules'>,
): Promise<() => Promise<void>> => {
  const { runsSchedules = true, stack, endpoint } = options;
  const runs = typeof runsSchedules === 'function' ? runsSchedules : () => runsSchedules;
  const schedules = startSchedules({ ...options, runs, send: senderTo(endpoint, stack.region) });
  const queues = startQueueSources(options);
  return () => {
    schedules.close();
    return queues.close();
  };
};

const warmOne = async (fn: LambdaFunction, logFileOf: GatewayOptions['logFileOf']): Promise<void> => {
  await fn.warm().catch((error: Error) => {
    const { name } = fn.definition;
    const reason = `${error.message.split('\n')[0]}`;
    const more = logFileOf ? ` The log says more: ${logFileOf(name)}` : '';
    throw new TwinError(`The function ${name} does not start: ${reason}. Fix: correct it.${more}`);
  });
};

const listResources = (stack: Stack): Record<string, PhysicalResource> =>
  Object.fromEntries(
    stack.all().map((logicalId) => {
      const { ref, attributes } = stack.reference(logicalId);
      return [logicalId, { type: stack.typeOf(logicalId), id: ref, arn: attributes.Arn }];
    }),
  );

const invokeForResult = async (fn: LambdaFunction, payload: unknown): Promise<unknown> => {
  const reply = await fn.invoke(JSON.stringify(payload ?? null));
  const text = (await readWhole(reply.body, invokeAnswerLimitBytes)).toString();
  const failure = reply.failure();
  if (failure) throw failure;
  return reply.isStreaming ? text : JSON.parse(text);
};

/** Creates the template's resources, keeps existing ones, and serves the API. @throws TwinError that says what to do. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const assembly = await readAssembly(options.assemblyDir);
  checkSupported(assembly);
  const stack = createStack(assembly);
  const nowMillis = options.nowMillis ?? Date.now;
  options.onProgress?.('resources');
  await createResources(stack, options);
  options.onProgress?.('functions');
  const functions: Functions = new Map();
  const functionOf = (logicalId: string): LambdaFunction => {
    const found = functions.get(logicalId);
    if (!found) throw new TwinError(`The template has no function ${logicalId}`);
    return found;
  };
  const routes = readRoutes(stack);
  const api = readApiIdentity(stack);
  const passOn = options.log ?? (() => {});
  const alarms = createTwinAlarms({ stack, endpoint: options.endpoints.sqs, log: passOn, nowMillis });
  const log: Log = (line) => {
    if (line.stream === 'stdout') alarms.takeLine(line.line);
    passOn(line);
  };
  let own: OwnRoutes | undefined;
  const front: Front = await startFront({
    port: options.port,
    api,
    router: createRouter(routes),
    responses: createGatewayResponses(stack),
    functionOf,
    nowMillis,
    log,
    onAnswer: alarms.countAnswer,
    alarms: alarms.states,
    own: (request, path) => own?.(request, path),
  });
  let durable: DurableFunctions | undefined;
  const startRest = async () => {
    // The functions get the addresses of the gateway and of the Lambda API, so both listen first.
    const define = definer(stack, options, front.url);
    const shared = createConcurrency(options.unreservedConcurrency ?? unreservedConcurrency);
    const lambda = await startDurableFunctions({ stack, stateDir: options.stateDir, shared, log, nowMillis, define });
    durable = lambda?.start();
    const create = (definition: FunctionDefinition) =>
      (options.createFunction ?? createFunction)(definition, log, shared);
    addFunctions(functions, stack, (logicalId) => define(logicalId, lambda?.url), create, alarms);
    const startAt = (arn: string, payload: string) => durable?.startAt(arn, payload) ?? false;
    const { endpoints, runsSchedules } = options;
    return startSources({ stack, endpoint: endpoints.sqs, functionOf, startAt, log, nowMillis, runsSchedules });
  };
  const stopSources = await startRest().catch(async (error: unknown) => {
    alarms.close();
    await front.close();
    throw error;
  });

  alarms.start();

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    alarms.close();
    const stopped = stopSources();
    await Promise.all([front.close(), durable?.close(), ...[...functions.values()].map((fn) => fn.close())]);
    await stopped;
  };
  return {
    url: front.url,
    resources: listResources(stack),
    environments: Object.fromEntries([...functions].map(([id, fn]) => [id, fn.definition.environment])),
    invoke: (logicalId, payload) => invokeForResult(functionOf(logicalId), payload),
    alarms: alarms.states,
    statistic: alarms.statistic,
    apiDimensions: alarms.apiDimensions,
    runningJobs: () => durable?.running() ?? [],
    serveOwn: (routes) => {
      own = routes;
    },
    warm: async () => {
      const reached = new Set(routes.map((route) => route.functionId));
      await Promise.all([...reached].map((functionId) => warmOne(functionOf(functionId), options.logFileOf)));
    },
    pids: () => [...[...functions.values()].flatMap((fn) => fn.pids()), ...(durable?.pids() ?? [])],
    pidsOf: (name) => durable?.pidsOf(name) ?? [],
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
