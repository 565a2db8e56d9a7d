/** What the API of a stage is set to, and who may invoke its functions. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { routes } from '../../infra/routes.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { named, unusual, vpcEndpointId } from './stages.ts';
import { synthesize } from './synthesized.ts';

const { template, ofType } = synthesize('dev');
const prod = synthesize('prod', named);

describe('the API', () => {
  it('takes every media type for binary, so that no body is re-encoded', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { BinaryMediaTypes: ['*/*'] });
  });

  it('traces one request in a hundred in prod, and none in dev', () => {
    prod.template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    prod.template.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: Match.objectLike({
        ...{
          RuleName: 'signals-facade-prod',
          ServiceName: 'signals-facade-prod/prod',
          FixedRate: 0.01,
          ReservoirSize: 0,
        },
      }),
    });
    const [stage] = ofType<{ TracingEnabled?: boolean }>('AWS::ApiGateway::Stage');
    expect(stage?.properties.TracingEnabled ?? false).toBe(false);
    template.resourceCountIs('AWS::XRay::SamplingRule', 0);
  });

  it('throttles, and logs errors without data', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [
        Match.objectLike({
          DataTraceEnabled: false,
          LoggingLevel: 'ERROR',
          ThrottlingRateLimit: 500,
          ThrottlingBurstLimit: 1000,
        }),
      ],
    });
  });

  it('has no metrics of single methods, which are billed as custom metrics', () => {
    const [stage] = ofType<{ MethodSettings: { MetricsEnabled?: boolean }[] }>('AWS::ApiGateway::Stage');
    expect(nonEmpty(stage?.properties.MethodSettings ?? []).map(({ MetricsEnabled }) => MetricsEnabled)).toEqual([
      false,
    ]);
  });

  it('logs access as JSON without anything that may hold a secret', () => {
    const formatOf = (of: typeof ofType): string =>
      of<{ AccessLogSetting: { Format: string } }>('AWS::ApiGateway::Stage')[0]?.properties.AccessLogSetting.Format ??
      '';
    const [lean, full] = [formatOf(ofType), formatOf(synthesize('dev', { FACADE_LOGS: 'full' }).ofType)];
    for (const format of nonEmpty([lean, full])) {
      // What the runbook and docs/requests.md read. A client can choose `requestId`, but not the function's, the X-Request-Id of the answer.
      expect(JSON.parse(format)).toMatchObject({
        ...{ status: '$context.status', route: '$context.resourcePath', sourceAddress: '$context.identity.sourceIp' },
        ...{ requestId: '$context.requestId', functionRequestId: '$context.integration.requestId' },
      });
      expect(format).not.toMatch(
        /\$context\.(path|identity\.(apiKey|userAgent|caller)|authorizer|requestOverride)|\$input|header|query/,
      );
    }
    expect(JSON.parse(full)).toMatchObject({ ...JSON.parse(lean), traceId: '$context.xrayTraceId' });
  });

  it('keeps the group of its execution logs for as long as the others', () => {
    const groups = ofType<{ RetentionInDays: number }>('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functionNames.length + 2); // and access and execution logs
    expect(groups.map(({ properties }) => properties.RetentionInDays)).toEqual(groups.map(() => 14));
    expect(JSON.stringify(groups)).toContain('API-Gateway-Execution-Logs_');
  });

  it('is guarded by rate rules that sample no request: two are for pages that nobody authenticates', () => {
    const matching = (field: object, text: string) => ({
      ByteMatchStatement: Match.objectLike({ FieldToMatch: field, SearchString: text }),
    });
    const posts = {
      AndStatement: { Statements: [matching({ UriPath: {} }, '/oauth/'), matching({ Method: {} }, 'POST')] },
    };
    prod.template.hasResourceProperties('AWS::WAFv2::WebACL', {
      DefaultAction: { Allow: {} },
      VisibilityConfig: Match.objectLike({ SampledRequestsEnabled: false }),
      Rules: [
        Match.objectLike({
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 20_000, EvaluationWindowSec: 60 } },
          VisibilityConfig: Match.objectLike({ SampledRequestsEnabled: false }),
        }),
        Match.objectLike({
          Statement: {
            RateBasedStatement: Match.objectLike({
              Limit: 120,
              ScopeDownStatement: matching({ UriPath: {} }, '/actions/'),
            }),
          },
          VisibilityConfig: Match.objectLike({ SampledRequestsEnabled: false }),
        }),
        Match.objectLike({
          Statement: { RateBasedStatement: Match.objectLike({ Limit: 60, ScopeDownStatement: posts }) },
          VisibilityConfig: Match.objectLike({ SampledRequestsEnabled: false }),
        }),
      ],
    });
    prod.template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    // A stage of dev saves it.
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  it('admits only the VPC endpoints when it is private', () => {
    synthesize('prod', unusual).template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [vpcEndpointId] },
      Policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
            Condition: { StringEquals: { 'aws:SourceVpce': [vpcEndpointId] } },
          },
        ],
        Version: Match.anyValue(),
      },
    });
  });
});

describe('the right to invoke a function', () => {
  type Permission = { readonly FunctionName: unknown; readonly Principal: string; readonly SourceArn: unknown };
  const permissions = ofType<Permission>('AWS::Lambda::Permission')
    .map(({ properties }) => properties)
    .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');

  it('is given once to each function of a route, and to no other', () => {
    const invoked = permissions.map(
      ({ FunctionName }) => /(\w+)Function[0-9A-F]{8}/.exec(JSON.stringify(FunctionName))?.[1],
    );
    expect(invoked.map((name) => name?.toLowerCase()).sort()).toEqual(
      [...new Set(routes.map((route) => route.function))].sort(),
    );
  });

  it('is given to the stage of this API only, so not to test invocations', () => {
    expect(permissions.length).toBeGreaterThan(10);
    const stage = JSON.stringify({ Ref: ofType('AWS::ApiGateway::Stage')[0]?.id });
    for (const { SourceArn } of permissions) expect(JSON.stringify(SourceArn)).toContain(`${stage},"/*/*"`);
  });
});
