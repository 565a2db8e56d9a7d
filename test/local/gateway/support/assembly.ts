/** Writes small cloud assemblies for the tests: a template, and functions given as source text. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Resources = Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>;
export type TestAssembly = {
  readonly resources?: Resources;
  /** Source of `index.mjs` by logical id; handler `index.handler`. */
  readonly functions?: Record<string, string>;
  /** Properties of a function beside its code. */
  readonly settings?: Record<string, Record<string, unknown>>;
  readonly routes?: readonly TestRoute[];
  readonly template?: Record<string, unknown>;
};
export type TestRoute = {
  readonly method: string;
  readonly path: string;
  readonly functionId: string;
  readonly buffered?: boolean;
  readonly timeoutMillis?: number;
};

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'twin-test-'));

const functionResource = (logicalId: string, settings: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Handler: 'index.handler',
    // Far above what a test takes on a busy machine; Lambda's default is 3 s.
    Timeout: 900,
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { S3Bucket: { 'Fn::Join': ['-', ['assets', { Ref: 'AWS::AccountId' }]] }, S3Key: `${logicalId}.zip` },
    ...settings,
  },
});

const resourceId = (path: string): string => `Resource${path.replace(/[^A-Za-z0-9]+/g, '_')}`;

const pathResources = (path: string): Resources => {
  const parts = path.split('/').slice(1).filter(Boolean);
  return Object.fromEntries(
    parts.map((PathPart, index) => {
      const parent = parts.slice(0, index).join('/');
      const ParentId = index === 0 ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: resourceId(`/${parent}`) };
      const own = resourceId(`/${parts.slice(0, index + 1).join('/')}`);
      return [
        own,
        { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId, PathPart, RestApiId: { Ref: 'Api' } } },
      ];
    }),
  );
};

const uriOf = (route: TestRoute) => {
  const end = route.buffered
    ? ['2015-03-31/functions/', '/invocations']
    : ['2021-11-15/functions/', '/response-streaming-invocations'];
  const start = ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, `:lambda:path/${end[0]}`];
  return { 'Fn::Join': ['', [...start, { 'Fn::GetAtt': [route.functionId, 'Arn'] }, end[1]]] };
};

const methodResource = (route: TestRoute) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    HttpMethod: route.method,
    AuthorizationType: 'NONE',
    RestApiId: { Ref: 'Api' },
    ResourceId: route.path === '/' ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: resourceId(route.path) },
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: uriOf(route),
      ...(route.buffered ? {} : { ResponseTransferMode: 'STREAM' }),
      TimeoutInMillis: route.timeoutMillis ?? 900_000,
    },
  },
});

const apiResources = (routes: readonly TestRoute[]): Resources => {
  if (routes.length === 0) return {};
  const methods = routes.map(
    (route) => [`Method${route.method}${resourceId(route.path)}`, methodResource(route)] as const,
  );
  return {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'test', BinaryMediaTypes: ['*/*'] } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'local', RestApiId: { Ref: 'Api' } } },
    ...Object.assign({}, ...routes.map((route) => pathResources(route.path))),
    ...Object.fromEntries(methods),
  };
};

const templateOf = ({ resources = {}, functions = {}, settings = {}, routes = [], template = {} }: TestAssembly) => ({
  ...template,
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    ...resources,
    ...Object.fromEntries(Object.keys(functions).map((id) => [id, functionResource(id, settings[id])])),
    ...apiResources(routes),
  },
});

/** Writes the assembly into a new folder and gives that folder. */
export const writeAssembly = async (assembly: TestAssembly): Promise<string> => {
  const directory = await temporaryFolder();
  const write = (name: string, value: unknown) => writeFile(join(directory, name), JSON.stringify(value));
  const properties = { templateFile: 'Test.template.json', stackName: 'test' };
  const artifact = { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/eu-west-1', properties };
  await write('manifest.json', { version: '1', artifacts: { Test: artifact } });
  await write('Test.template.json', templateOf(assembly));
  const ids = Object.keys(assembly.functions ?? {});
  const files = Object.fromEntries(ids.map((id) => [id, { source: { path: `asset.${id}`, packaging: 'zip' } }]));
  await write('Test.assets.json', { version: '1', files });
  for (const [id, source] of Object.entries(assembly.functions ?? {})) {
    await mkdir(join(directory, `asset.${id}`));
    await writeFile(join(directory, `asset.${id}`, 'index.mjs'), source);
  }
  return directory;
};
