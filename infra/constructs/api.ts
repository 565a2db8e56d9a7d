/** The REST API: routes, streamed integrations, its own error answers, logs, tracing, throttle and firewall. */
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  type CfnMethod,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import { isForPages } from '../../shared/http/cors.ts';
import { gatewayPathsOf } from '../routes.ts';
import type { StageConfig } from '../stage-config.ts';
import type { Alarms } from './alarms.ts';
import type { FacadeFunction } from './facade-function.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { WebAcl } from './web-acl.ts';

export type ApiProps = {
  readonly config: StageConfig;
  readonly logRemovalPolicy: RemovalPolicy;
};

/**
 * No path, query or header, because they may contain names, search terms and keys. `route` shows the function, such as
 * `/v1/quota/{proxy+}`. The function's log line whose `requestId` ends as `functionRequestId` has the route's template and the operation.
 */
const leanFormat = {
  requestId: '$context.requestId',
  // A client can choose the id above, but not this one. It is Lambda's: the X-Request-Id of the answer ends as it does.
  functionRequestId: '$context.integration.requestId',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  responseMillis: '$context.responseLatency',
  refusal: '$context.error.responseType',
  sourceAddress: '$context.identity.sourceIp',
} as const;
const fullFormat = {
  ...leanFormat,
  // API Gateway's own, for a question to AWS.
  extendedRequestId: '$context.extendedRequestId',
  time: '$context.requestTimeEpoch',
  responseBytes: '$context.responseLength',
  integrationMillis: '$context.integrationLatency',
  traceId: '$context.xrayTraceId',
} as const;

const failuresInFiveMinutes = 5;

/** Admits only callers that come through one of the VPC endpoints. */
const privatePolicy = (vpcEndpointIds: readonly string[]) =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        conditions: { StringEquals: { 'aws:SourceVpce': vpcEndpointIds } },
      }),
    ],
  });

export class Api extends Construct {
  readonly restApi: RestApi;
  readonly #corsOrigins: readonly string[];
  /** The text, not a reference: gateway responses name it, and the deployment, which the stage refers to, waits for them. */
  readonly #stageName: string;
  /** Functions that the stage may invoke, by name, for integrations that add no permission. */
  readonly #admitted = new Map<string, IFunction>();

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.#corsOrigins = props.config.corsOrigins;
    this.#stageName = props.config.stage;
    this.restApi = this.#createRestApi(props);
    this.#limitExecutionLogs(props);
    addGatewayResponses(this.restApi, props.config.publicUrl ?? this.baseUrl, props.config.corsOrigins);
    this.#guard(props.config);
    this.#trace(props.config);
  }

  #guard({ firewall, addressRequestsPerMinute, stage }: StageConfig): void {
    const { stageArn } = this.restApi.deploymentStage;
    if (firewall === 'on') new WebAcl(this, 'WebAcl', { stageArn, addressRequestsPerMinute, stage });
    else
      Validations.of(this.restApi.deploymentStage).acknowledge({
        id: 'AwsSolutions-APIG3',
        reason:
          'The stage has the setting `firewall` off. The throttle of the API stage and the limits of each consumer remain.',
      });
  }

  /**
   * X-Ray's default rule takes the first request of each second and 5 % of the others: of a quiet stage nearly all. This one takes the same
   * part of every request. API Gateway names its segments `<api>/<stage>` (X-Ray developer guide, sampling rules).
   */
  #trace({ stage, tracePercent }: StageConfig): void {
    if (tracePercent === 0) return;
    const any = { host: '*', httpMethod: '*', urlPath: '*', resourceArn: '*' };
    new CfnSamplingRule(this, 'Sampling', {
      samplingRule: {
        ...{ ruleName: `signals-facade-${stage}`, version: 1, priority: 1_000 },
        ...{ fixedRate: tracePercent / 100, reservoirSize: 0 },
        ...{ serviceType: 'AWS::ApiGateway::Stage', serviceName: `signals-facade-${stage}/${stage}`, ...any },
      },
    });
  }

  /** Sends every method at the paths of `fn`, if it has any, to it, preflights included, and passes it the allowed origins. */
  mount(fn: FacadeFunction): void {
    const paths = gatewayPathsOf(fn.name);
    if (paths.length === 0) return;
    const unpermitted = this.#admit(fn);
    this.#admitted.set(fn.name, unpermitted);
    for (const path of paths) this.#send(path, unpermitted, fn.timeoutSeconds);
    if (this.#corsOrigins.length > 0 && paths.some(isForPages))
      fn.setVariable(variables.corsOrigins, this.#corsOrigins.join(','));
  }

  /** Sends one method, or `ANY`, at a path to a function that `mount` has let in. */
  mountMethod(method: string, path: string, fn: FacadeFunction): void {
    const unpermitted = this.#admitted.get(fn.name);
    if (!unpermitted) throw new Error(`${fn.name} has no path of its own.`);
    this.#send(path, unpermitted, fn.timeoutSeconds, method);
  }

  /** The default base URL of the API, without a trailing slash. */
  get baseUrl(): string {
    const { restApiId, env } = this.restApi;
    return `https://${restApiId}.execute-api.${env.region}.${Aws.URL_SUFFIX}/${this.#stageName}`;
  }

  watch(alarms: Alarms): void {
    alarms.add(
      'Failures',
      this.restApi.deploymentStage.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
      failuresInFiveMinutes,
      { what: 'Answers of 500 and above', section: 'answers of 500 and above' },
    );
  }

  #createRestApi(props: ApiProps): RestApi {
    const { config } = props;
    const restApi = new RestApi(this, 'RestApi', {
      // Also the dimension of its metrics, so two stages in one account must differ.
      restApiName: `signals-facade-${config.stage}`,
      description: `One shared, safe way to a Signals Notebook tenant (stage ${config.stage})`,
      // Every type is binary: text survives base64, but bytes that are not UTF-8 would not survive as text.
      binaryMediaTypes: ['*/*'],
      ...this.#endpoint(config),
      cloudWatchRole: config.setsGatewayLogRole,
      ...(config.setsGatewayLogRole ? { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } : {}),
      deployOptions: { ...this.#stageOptions(config), ...this.#accessLog(props) },
    });
    restApi.node.tryRemoveChild('Endpoint'); // the stack names its own outputs
    this.#acknowledge(restApi);
    return restApi;
  }

  #endpoint({ endpointType, vpcEndpointIds }: StageConfig) {
    if (endpointType === 'regional') return { endpointConfiguration: { types: [EndpointType.REGIONAL] } };
    const vpcEndpoints = vpcEndpointIds.map((vpcEndpointId) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, vpcEndpointId, { vpcEndpointId, port: 443 }),
    );
    return {
      endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints },
      policy: privatePolicy(vpcEndpointIds),
    };
  }

  #stageOptions(config: StageConfig) {
    return {
      stageName: config.stage,
      tracingEnabled: config.tracePercent > 0,
      // Metrics of the whole stage come without it. Those of each method are billed as custom metrics, five for each method, and nothing reads them.
      metricsEnabled: false,
      // Errors only, without data, because execution logs at INFO contain headers.
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      throttlingRateLimit: config.gatewayRequestsPerSecond,
      throttlingBurstLimit: config.gatewayBurstRequests,
    };
  }

  #accessLog({ config, logRemovalPolicy }: ApiProps) {
    const logGroup = new LogGroup(this, 'AccessLogs', {
      retention: config.logRetentionDays as RetentionDays,
      removalPolicy: logRemovalPolicy,
    });
    const format = config.logs === 'lean' ? leanFormat : fullFormat;
    return {
      accessLogDestination: new LogGroupLogDestination(logGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(format)),
    };
  }

  /** API Gateway creates the group of its execution logs without an expiry, unless a group of that name exists. */
  #limitExecutionLogs({ config, logRemovalPolicy }: ApiProps): void {
    const logGroup = new LogGroup(this, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${config.stage}`,
      retention: config.logRetentionDays as RetentionDays,
      removalPolicy: logRemovalPolicy,
    });
    this.restApi.deploymentStage.node.addDependency(logGroup);
  }

  /**
   * Lets the stage of the API invoke `fn`, and nobody else: not the test invocations of the console. One permission for
   * all its paths, because a stack has at most 500 resources. Returns the function for integrations that add none.
   */
  #admit(fn: FacadeFunction): IFunction {
    const { stageName } = this.restApi.deploymentStage;
    fn.function.addPermission('Api', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.restApi.arnForExecuteApi('*', '/*', stageName),
    });
    const { functionArn } = fn.function;
    return LambdaFunction.fromFunctionAttributes(this, fn.name, { functionArn, skipPermissions: true });
  }

  #send(path: string, fn: IFunction, timeoutSeconds: number, method = 'ANY'): void {
    const integration = new LambdaIntegration(fn, {
      responseTransferMode: ResponseTransferMode.STREAM,
      timeout: Duration.seconds(timeoutSeconds),
    });
    const added = this.restApi.root.resourceForPath(path).addMethod(method, integration);
    Validations.of(added.node.defaultChild as CfnMethod).acknowledge(
      {
        id: 'AwsSolutions-APIG4',
        reason:
          'The function behind the method identifies the consumer by its facade key (a hash in the consumers table) and answers in the JSON:API shape; an authorizer would add a second look-up and could not read scopes by operation. The documents are public on purpose.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'Consumers are applications with facade keys, not people in a Cognito user pool.',
      },
    );
  }

  #acknowledge(restApi: RestApi): void {
    Validations.of(restApi.node.defaultChild as Construct).acknowledge({
      id: 'AwsSolutions-APIG2',
      reason:
        'The native surface must pass every body on as it came, known to the facade or not; the tenant validates it. The facade’s own routes validate in the function, with a JSON pointer to the fault.',
    });
    const role = restApi.node.tryFindChild('CloudWatchRole');
    if (role)
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]`,
        reason:
          'The account-wide role that API Gateway itself assumes to write logs. API Gateway checks it against this policy when the account setting is made, and documents no narrower one.',
      });
  }
}
