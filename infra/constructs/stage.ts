/** The common base of a stage's capabilities: settings, keys, API, alarms, and the makers of functions, tables and schedules. */
import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Rule, type RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { variables } from '../../shared/config/names.ts';
import type { StageConfig } from '../stage-config.ts';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import { Dashboards } from './dashboards.ts';
import { FacadeFunction, type FacadeFunctionProps } from './facade-function.ts';
import { Keys } from './keys.ts';
import { FacadeTable } from './table.ts';

/** Enough for a function that answers from tables. */
type FunctionSize = Pick<FacadeFunctionProps, 'memoryMiB' | 'timeoutSeconds' | 'heap'>;
const smallSize: FunctionSize = { memoryMiB: 512, timeoutSeconds: 29 };

/** Rules with several functions, which need no input of their own. */
const commonRates = {
  EachMinuteSchedule: Duration.minutes(1),
  EachFiveMinutesSchedule: Duration.minutes(5),
} as const;

/**
 * Functions, tables and buckets are made directly in the stack, because the id of a scope is part of the logical id. In another scope, a deployed stage
 * would get a new table, bucket, queue or log and lose the old one.
 */
export class Stage {
  readonly stack: Stack;
  readonly config: StageConfig;
  readonly keys: Keys;
  readonly api: Api;
  readonly alarms: Alarms;
  readonly dashboards: Dashboards;
  readonly removalPolicy: RemovalPolicy;
  readonly #bundleRoot: string;
  readonly #functions: FacadeFunction[] = [];
  readonly #commonRules = new Map<string, Rule>();

  /** `bundleRoot` holds one folder for each function, made by infra/bundle.ts. */
  constructor(stack: Stack, config: StageConfig, bundleRoot: string) {
    this.stack = stack;
    this.config = config;
    this.#bundleRoot = bundleRoot;
    // Kept data outlives the stack, but a first deployment that fails leaves nothing behind (RetainExceptOnCreate).
    this.removalPolicy =
      config.dataRetention === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    this.keys = new Keys(stack, 'Keys', { removalPolicy: this.removalPolicy, config });
    this.alarms = new Alarms(stack, 'Alarms', {
      stage: config.stage,
      email: config.alarmEmail,
      runbookUrl: config.runbookUrl,
    });
    this.api = new Api(stack, 'Api', { config, logRemovalPolicy: this.removalPolicy });
    this.api.watch(this.alarms);
    this.dashboards = new Dashboards(stack, 'Dashboards', {
      ...{ stage: config.stage, alarms: this.alarms, api: this.api },
    });
    this.addOutputs({ ApiUrl: config.publicUrl ?? this.api.baseUrl });
  }

  /** The function of `functions/<name>.ts`, with the routes that infra/routes.ts gives it. */
  createFunction(
    name: string,
    size: FunctionSize = smallSize,
    durable?: { readonly executionHours: number; readonly historyDays: number },
  ): FacadeFunction {
    const { stage, publicUrl, reservedConcurrency, logRetentionDays, logs, tracePercent } = this.config;
    const fn = new FacadeFunction(this.stack, `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`, {
      name,
      bundleFolder: join(this.#bundleRoot, name),
      ...size,
      reservedConcurrency: reservedConcurrency[name],
      logRetentionDays,
      leanLogs: logs === 'lean',
      traced: tracePercent > 0,
      removalPolicy: this.removalPolicy,
      durable: durable && { ...durable, historyKey: this.keys.data },
      environment: {
        [variables.stage]: stage,
        [variables.publicUrl]: publicUrl ?? '',
        POWERTOOLS_SERVICE_NAME: `signals-facade-${name}`,
        LOG_LEVEL: 'INFO',
        ...(logs === 'full' ? { [variables.logs]: logs } : {}),
      },
    });
    this.api.mount(fn);
    this.#functions.push(fn);
    return fn;
  }

  /** Those that were made so far. */
  get functions(): readonly FacadeFunction[] {
    return this.#functions;
  }

  createTable(id: string): FacadeTable {
    const { encryptionKey, removalPolicy } = this.storeProps;
    const table = new FacadeTable(this.stack, id, {
      encryptionKey,
      removalPolicy,
      keep: this.config.dataRetention === 'keep',
    });
    this.dashboards.addTable(table);
    return table;
  }

  /**
   * Runs a function, or the version behind an alias, at a rate. A failed run is not retried, because the next one follows.
   * @param what describes the run, in the rule. @param event left out = the one of EventBridge. @returns the rule.
   */
  schedule(
    id: string,
    target: { readonly function: IFunction },
    every: Duration,
    what: string,
    event?: RuleTargetInput,
  ): Rule {
    return new Rule(this.stack, id, {
      description: `signals-facade: ${what}`,
      schedule: Schedule.rate(every),
      targets: [new LambdaTarget(target.function, { retryAttempts: 0, ...(event ? { event } : {}) })],
    });
  }

  /** Runs a function at a rate, by one rule for all that have it: a stack has at most 500 resources. A failed run is not retried. */
  runWithOthers(id: keyof typeof commonRates, fn: FacadeFunction): void {
    const rule =
      this.#commonRules.get(id) ??
      new Rule(this.stack, id, { description: `signals-facade: ${id}`, schedule: Schedule.rate(commonRates[id]) });
    this.#commonRules.set(id, rule);
    rule.addTarget(new LambdaTarget(fn.function, { retryAttempts: 0 }));
  }

  /** For buckets. */
  get storeProps() {
    return { encryptionKey: this.keys.data, removalPolicy: this.removalPolicy };
  }

  /** Outputs of the stack, which operators and the twin look up by these names. */
  addOutputs(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values))
      new CfnOutput(this.stack, `${name}Output`, { value }).overrideLogicalId(name);
  }
}
