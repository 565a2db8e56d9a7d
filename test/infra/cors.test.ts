/** What a stage that names origins of pages has, and that no other has any of it. */
import { describe, expect, it } from 'vitest';
import { gatewayPathOf, routes } from '../../infra/routes.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { linking, page } from './stages.ts';
import { synthesize } from './synthesized.ts';

const other = 'http://localhost:5173';
const without = synthesize('dev');
const withOne = synthesize('dev', linking);
const withTwo = synthesize('dev', { FACADE_CORS_ORIGINS: `${page},${other}` });

type Stack = typeof without;
type Method = {
  readonly HttpMethod: string;
  readonly ResourceId: { readonly Ref: string };
  readonly Integration: object;
};
type Path = { readonly PathPart: string; readonly ParentId: { readonly Ref?: string } };
type GatewayResponse = { readonly ResponseType: string; readonly ResponseParameters: Readonly<Record<string, string>> };
type LambdaFunction = { readonly Environment: { readonly Variables: Readonly<Record<string, string>> } };
type Bucket = { readonly CorsConfiguration?: unknown };

const pathIn = (stack: Stack, id: string | undefined): string => {
  const found = stack.ofType<Path>('AWS::ApiGateway::Resource').find((path) => path.id === id);
  return found ? `${pathIn(stack, found.properties.ParentId.Ref)}/${found.properties.PathPart}` : '';
};
const methodsIn = (stack: Stack) =>
  stack
    .ofType<Method>('AWS::ApiGateway::Method')
    .map(({ properties }) => ({ ...properties, path: pathIn(stack, properties.ResourceId.Ref) }));
const optionsIn = (stack: Stack): string[] =>
  methodsIn(stack).flatMap(({ HttpMethod, path }) => (HttpMethod === 'OPTIONS' ? [path] : []));
const gatewayHeadersIn = (stack: Stack) =>
  stack
    .ofType<GatewayResponse>('AWS::ApiGateway::GatewayResponse')
    .map(({ properties }) =>
      Object.entries(properties.ResponseParameters).filter(([name]) => /access-control|\.vary$/i.test(name)),
    );
const variablesIn = (stack: Stack) =>
  stack
    .ofType<LambdaFunction>('AWS::Lambda::Function')
    .flatMap(({ id, properties }) => {
      const value = properties.Environment.Variables.CORS_ORIGINS;
      return value === undefined ? [] : [[id.replace(/Function.*$/, ''), value]];
    })
    .sort();
const corsOfBuckets = (stack: Stack) =>
  stack
    .ofType<Bucket>('AWS::S3::Bucket')
    .flatMap(({ id, properties }) => (properties.CorsConfiguration ? [[id, properties.CorsConfiguration]] : []));

describe('a stage without origins', () => {
  it('has no method, header, variable or rule for them', () => {
    expect(optionsIn(without)).toEqual([]);
    expect(gatewayHeadersIn(without).flat()).toEqual([]);
    expect(variablesIn(without)).toEqual([]);
    expect(corsOfBuckets(without)).toEqual([]);
  });
});

describe('a stage with origins', () => {
  it('takes preflights at every path of /v1, in the function that answers there', () => {
    const own = methodsIn(withTwo).filter(({ path }) => path.startsWith('/v1/'));
    const paths = [...new Set(own.map(({ path }) => path))].sort();
    const wanted = routes.filter(({ path }) => path.startsWith('/v1/')).map(gatewayPathOf);
    expect(paths).toEqual([...new Set(nonEmpty(wanted))].sort());
    // OPTIONS is one of the methods that ANY stands for.
    expect(own.map(({ HttpMethod }) => HttpMethod)).toEqual(paths.map(() => 'ANY'));
  });

  it('takes those of native paths by its ANY, and none by a method of their own', () => {
    const native = methodsIn(withTwo).filter(({ path }) => path.startsWith('/api/'));
    expect(native.map(({ HttpMethod }) => HttpMethod)).toEqual(['ANY']);
    expect(optionsIn(withTwo)).toEqual([]);
  });

  it('tells the functions that pages may call, and no other', () => {
    const called = [
      ...['Archive', 'Audit', 'Cache', 'Consumers', 'Credentials', 'Entities', 'Exports', 'Health', 'Lists'],
      ...['Materials', 'Native', 'Notifications', 'Quota', 'Requests', 'Samples', 'Tokens', 'Uploads'],
    ];
    expect(variablesIn(withTwo)).toEqual(called.map((name) => [name, `${page},${other}`]));
  });

  it('lets their pages PUT to the upload bucket with the type that the link asks for, and to no other bucket', () => {
    const rules = corsOfBuckets(withTwo);
    expect(rules).toEqual([
      [
        expect.stringMatching(/^UploadsBucket/),
        {
          CorsRules: [
            {
              AllowedOrigins: [page, other],
              AllowedMethods: ['PUT'],
              AllowedHeaders: ['content-type'],
              ExposedHeaders: ['ETag'],
              MaxAge: 7_200,
            },
          ],
        },
      ],
    ]);
  });

  it('stays below the 500 resources of a stack', () => {
    expect(withTwo.resources.length).toBeLessThanOrEqual(480);
  });
});

describe("API Gateway's own answers", () => {
  it('name the origin where there is one', () => {
    const headers = gatewayHeadersIn(withOne);
    expect(headers.length).toBeGreaterThan(15);
    expect(new Set(headers.map((fields) => JSON.stringify(fields))).size).toBe(1);
    expect(Object.fromEntries(headers[0] ?? [])).toMatchObject({
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${page}'`,
      'gatewayresponse.header.Access-Control-Expose-Headers': expect.stringMatching(
        /^'.*Retry-After.*X-Request-Id.*'$/,
      ),
      'gatewayresponse.header.Vary': "'Origin'",
    });
  });

  it('name none where there are several: they are fixed, and can name one only', () => {
    expect(gatewayHeadersIn(withTwo).flat()).toEqual([]);
  });
});
