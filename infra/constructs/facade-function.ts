/** A Lambda function of the facade, with its bundle, a role with only the rights that it needs, and a log group. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  type ManagedPolicy,
  Policy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  type Alias,
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export type FacadeFunctionProps = {
  readonly name: string;
  /** Folder with index.mjs, made by infra/bundle.ts. */
  readonly bundleFolder: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** Undefined = the function shares the unreserved concurrency. */
  readonly reservedConcurrency: number | undefined;
  readonly logRetentionDays: number;
  /** Without the lines of Lambda for invocations that succeed. */
  readonly leanLogs: boolean;
  /** Sends its part of traces that a request has begun. */
  readonly traced: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly environment: Readonly<Record<string, string>>;
  /** Limits of V8's heap, in MiB. Absent = those that Lambda sets. */
  readonly heap?: HeapLimits | undefined;
  /** Makes it a durable function, which runs as executions of published versions only. */
  readonly durable?: DurableSettings | undefined;
};

type HeapLimits = { readonly semiSpace: number; readonly oldSpace: number };

/** Lambda sets its own limits only where NODE_OPTIONS has none (`/var/runtime/bootstrap`). */
const nodeOptions = (heap: HeapLimits | undefined): string =>
  [
    '--enable-source-maps',
    ...(heap ? [`--max-semi-space-size=${heap.semiSpace}`, `--max-old-space-size=${heap.oldSpace}`] : []),
  ].join(' ');

type DurableSettings = {
  /** Longest life of one execution. */
  readonly executionHours: number;
  /** How long histories, and with them the names of executions, are kept. */
  readonly historyDays: number;
  /** Encrypts inputs and results in the histories. */
  readonly historyKey: Key;
};

/** X-Ray's write actions support no resources (service authorization reference, X-Ray), so `*` is the narrowest right. */
const tracingPolicy = () =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    ],
  });

const loggingPolicy = (logGroup: LogGroup) =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    ],
  });

const toDurable = ({ executionHours, historyDays }: DurableSettings) => ({
  durableConfig: { executionTimeout: Duration.hours(executionHours), retentionPeriod: Duration.days(historyDays) },
  currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
});

export class FacadeFunction extends Construct {
  readonly function: LambdaFunction;
  /** Of its file in `functions/`. */
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly #role: Role;
  #rights: Policy | undefined;

  constructor(scope: Construct, id: string, props: FacadeFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.timeoutSeconds = props.timeoutSeconds;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays as RetentionDays,
      removalPolicy: props.removalPolicy,
    });
    this.#role = this.#createRole(logGroup, props.traced);
    this.function = new LambdaFunction(this, 'Function', {
      description: `signals-facade: ${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundleFolder),
      memorySize: props.memoryMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      role: this.#role,
      ...(props.durable ? toDurable(props.durable) : {}),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Reports of invocations that fail are of the level WARN (developer guide, system log level event mapping).
      ...(props.leanLogs ? { systemLogLevelV2: SystemLogLevel.WARN } : {}),
      environment: { NODE_OPTIONS: nodeOptions(props.heap), ...props.environment },
    });
    if (props.durable) this.#encryptHistory(props.durable.historyKey);
    // It takes part in the traces that API Gateway has chosen, and begins none. `Active` would trace one run a second and 5 % of the others, which
    // cannot be set (developer guide, X-Ray): each run of a timer.
    (this.function.node.defaultChild as CfnFunction).tracingConfig = { mode: 'PassThrough' };
  }

  /** Adds a right. */
  allow(statement: PolicyStatement): void {
    this.#policy().addStatements(statement);
  }

  /** Adds the rights of a policy that several functions share. */
  attach(policy: ManagedPolicy): void {
    policy.attachToRole(this.#role);
    this.function.node.addDependency(policy);
  }

  /** Says why a right with a wildcard, such as `Resource::<Uploads.Arn>/*`, is as narrow as it can be. */
  acceptWildcard(finding: string, reason: string): void {
    Validations.of(this.#policy()).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }

  /**
   * Connects the function to a VPC. Not by the property `vpc`, which wants a VPC with all of its subnets. The rights to make network interfaces
   * have no narrower resource (developer guide, Giving Lambda functions access to resources in an Amazon VPC).
   */
  joinVpc(subnetIds: readonly string[], securityGroupIds: readonly string[]): void {
    const actions = [
      ...['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'],
      ...['DescribeSubnets', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'],
    ];
    this.allow(new PolicyStatement({ actions: actions.map((action) => `ec2:${action}`), resources: ['*'] }));
    this.acceptWildcard('Resource::*', 'Lambda makes the network interfaces, whose ids are not known before.');
    (this.function.node.defaultChild as CfnFunction).vpcConfig = {
      subnetIds: [...subnetIds],
      securityGroupIds: [...securityGroupIds],
    };
  }

  get role(): Role {
    return this.#role;
  }

  get roleArn(): string {
    return this.#role.roleArn;
  }

  setVariable(name: string, value: string): void {
    this.function.addEnvironment(name, value);
  }

  /**
   * The name under which executions start: an alias of the version that this deployment publishes. Versions of former deployments stay,
   * because running executions go on with them.
   */
  publish(alias: string): Alias {
    return this.function.addAlias(alias);
  }

  /** CDK's `durableConfig` has no key yet (CloudFormation, AWS::Lambda::Function DurableConfig). */
  #encryptHistory(key: Key): void {
    (this.function.node.defaultChild as CfnFunction).addPropertyOverride('DurableConfig.KMSKeyArn', key.keyArn);
  }

  /** Made with the first right, so that a function without rights, such as `documents`, has no policy. */
  #policy(): Policy {
    if (!this.#rights) {
      this.#rights = new Policy(this, 'Rights', { roles: [this.#role] });
      this.function.node.addDependency(this.#rights);
    }
    return this.#rights;
  }

  #createRole(logGroup: LogGroup, traced: boolean): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { logging: loggingPolicy(logGroup), ...(traced ? { tracing: tracingPolicy() } : {}) },
    });
    if (!traced) return role;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Only xray:PutTraceSegments and xray:PutTelemetryRecords have this resource: X-Ray knows no narrower one.',
    });
    return role;
  }
}
