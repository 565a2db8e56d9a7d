import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

const { ofType } = synthesize('dev');

type AnswerProperties = {
  readonly ResponseType: string;
  readonly StatusCode: string;
  readonly ResponseParameters: Record<string, string>;
  readonly ResponseTemplates: Record<string, string | { readonly 'Fn::Join': readonly [string, readonly Part[]] }>;
};
type Part = string | { readonly Ref: string };

/** As CloudFormation does it. */
const referred = (id: string): string =>
  /RestApi/.test(id) ? 'a1b2c3' : id.replace('AWS::URLSuffix', 'amazonaws.com');
const join = (text: AnswerProperties['ResponseTemplates'][string] = ''): string =>
  typeof text === 'string'
    ? text
    : text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : referred(part.Ref))).join('');

const answersOf = (found: typeof ofType) =>
  found<AnswerProperties>('AWS::ApiGateway::GatewayResponse').map(({ properties }) => ({
    type: properties.ResponseType,
    status: properties.StatusCode,
    headers: properties.ResponseParameters,
    template: join(properties.ResponseTemplates['application/json']),
  }));
const answers = answersOf(ofType);

/** As API Gateway does it: plain substitution, with an id that it would give. */
const substitute = (text: string) => text.replaceAll('$context.requestId', 'b3a7c1d2-0000-4000-8000-1234567890ab');
const errorOf = (type: string) => {
  const answer = answers.find((candidate) => candidate.type === type);
  return JSON.parse(substitute(answer?.template ?? '')).errors[0];
};

describe('gateway responses', () => {
  it('cover every response type that API Gateway has', () => {
    expect(answers.map(({ type }) => type).sort()).toEqual([
      'ACCESS_DENIED',
      'API_CONFIGURATION_ERROR',
      'AUTHORIZER_CONFIGURATION_ERROR',
      'AUTHORIZER_FAILURE',
      'BAD_REQUEST_BODY',
      'BAD_REQUEST_PARAMETERS',
      'DEFAULT_4XX',
      'DEFAULT_5XX',
      'EXPIRED_TOKEN',
      'INTEGRATION_FAILURE',
      'INTEGRATION_TIMEOUT',
      'INVALID_API_KEY',
      'INVALID_SIGNATURE',
      'MISSING_AUTHENTICATION_TOKEN',
      'QUOTA_EXCEEDED',
      'REQUEST_TOO_LARGE',
      'RESOURCE_NOT_FOUND',
      'THROTTLED',
      'UNAUTHORIZED',
      'UNSUPPORTED_MEDIA_TYPE',
      'WAF_FILTERED',
    ]);
  });

  it.each(answers)(
    'answer $type in the JSON:API shape with a code of the catalogue',
    ({ status, headers, template: text }) => {
      const { errors } = JSON.parse(substitute(text));
      expect(errors).toHaveLength(1);
      expect(Object.keys(errors[0])).toEqual(['id', 'status', 'code', 'title', 'detail', 'links']);
      const { links, ...texts } = errors[0];
      for (const value of nonEmpty(Object.values(texts))) expect(value).toEqual(expect.stringMatching(/\S/));
      expect(errors[0].status).toBe(status);
      const { code, title } = errors[0] as { code: keyof typeof errorCatalogue; title: string };
      expect(errorCatalogue[code]).toMatchObject({ status: Number(status), title });
      expect(links).toEqual({
        type: `https://a1b2c3.execute-api.us-east-1.amazonaws.com/dev/docs/guides/errors#${code}`,
      });
      expect(headers['gatewayresponse.header.Content-Type']).toBe("'application/vnd.api+json'");
      expect(substitute(text)).not.toContain('$');
    },
  );

  it.each([
    ['MISSING_AUTHENTICATION_TOKEN', '404', 'ROUTE_UNKNOWN'],
    ['REQUEST_TOO_LARGE', '413', 'BODY_TOO_LARGE'],
    ['THROTTLED', '429', 'TOO_MANY_REQUESTS'],
    ['WAF_FILTERED', '403', 'ACCESS_REFUSED'],
    ['INTEGRATION_FAILURE', '502', 'GATEWAY_FAILED'],
    ['INTEGRATION_TIMEOUT', '504', 'GATEWAY_LATE'],
  ])('answer %s with %s %s', (type, status, code) => {
    expect(errorOf(type)).toMatchObject({ status, code });
  });

  it('lead to the page at the own domain of a stage that has one', () => {
    for (const { template } of nonEmpty(answersOf(synthesize('local').ofType)))
      expect(template).toMatch(/"type":"http:\/\/127\.0\.0\.1:4000\/docs\/guides\/errors#[A-Z_]+"/);
  });

  it('name the way out of a body that is too large', () => {
    expect(errorOf('REQUEST_TOO_LARGE').detail).toContain('POST /v1/uploads');
  });

  it('name the scheme of the key wherever they are a 401, and nowhere else', () => {
    const challenged = answers.filter(({ headers }) => 'gatewayresponse.header.WWW-Authenticate' in headers);
    expect(challenged.map(({ type }) => type).sort()).toEqual(['INVALID_API_KEY', 'UNAUTHORIZED']);
    expect(answers.filter(({ status }) => status === '401')).toEqual(challenged);
    for (const { type, headers } of challenged) {
      expect(headers['gatewayresponse.header.WWW-Authenticate']).toBe(
        `'ApiKey realm="signals-facade", header="x-api-key"'`,
      );
      expect(errorOf(type).detail).toContain('Scheme: ApiKey, in the header x-api-key.');
    }
  });

  it('say when to come back after a throttle', () => {
    const throttled = answers.find(({ type }) => type === 'THROTTLED');
    expect(throttled?.headers['gatewayresponse.header.Retry-After']).toBe("'1'");
  });

  it('are in place before the API is deployed', () => {
    const [deployment] = ofType('AWS::ApiGateway::Deployment');
    const ids = ofType('AWS::ApiGateway::GatewayResponse').map(({ id }) => id);
    expect(deployment?.DependsOn).toEqual(expect.arrayContaining(ids));
  });
});
