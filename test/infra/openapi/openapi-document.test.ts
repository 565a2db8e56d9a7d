import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ErrorDocumentSchema } from '../../../infra/openapi/facade-schemas.ts';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { Purge } from '../../../shared/cache/cache-document.ts';
import { scopeOf } from '../../../shared/consumers/consumer.ts';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { BookingBody } from '../../../shared/quota/booking-document.ts';
import { NewUpload } from '../../../shared/uploads/upload.ts';
import { UploadDocument } from '../../../shared/uploads/upload-document.ts';
import { nonEmpty } from '../../support/non-empty.ts';

type Operation = {
  operationId: string;
  tags: string[];
  description: string;
  parameters?: ({ name: string; in: string; required?: boolean; schema: Record<string, unknown> } & {
    $ref?: string;
  })[];
  requestBody?: { required?: boolean; content: Record<string, unknown> };
  responses: Record<
    string,
    { description?: string; headers?: object; content?: Record<string, unknown>; $ref?: string }
  >;
  'x-facade-scope'?: string;
  'x-facade-kind'?: string;
  'x-facade-cache'?: string;
};
type Document = {
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Record<string, unknown>>>;
};

const serverUrl = 'https://facade.example.com/prod';
const create = () => createOpenApiDocument({ serverUrl, version: '1.2.3', apis: [signalsApi] }) as unknown as Document;
const document = create();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);
const operationAt = (method: string, path: string): Operation => {
  const operation = document.paths[`/api/rest/v1.0${path}`]?.[method];
  if (!operation) throw new Error(`The document has no ${method} ${path}`);
  return operation;
};
const parameterOf = (operation: Operation, name: string) => {
  const all = operation.parameters ?? [];
  const resolved = all.map((parameter) =>
    parameter.$ref ? document.components.parameters?.[parameter.$ref.split('/').at(-1) as string] : parameter,
  );
  return resolved.find((parameter) => parameter?.name === name);
};

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : referencesIn(member),
  );
};
const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every row of the catalogue exactly once, and nothing else below the base path', () => {
    const rows = signalsApi.operations.map(({ method, path }) => `${method} ${path.replace(/\*$/, '{rest}')}`);
    const native = operations
      .filter(({ path }) => path.startsWith('/api/rest/v1.0/'))
      .map(({ method, path }) => `${method.toUpperCase()} ${path.slice('/api/rest/v1.0'.length)}`);
    expect(native.toSorted()).toEqual(rows.toSorted());
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('gives every operation an id of its own that is fit for generated code', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id))).toEqual([]);
  });

  it('resolves every reference', () => {
    const dangling = referencesIn(document).filter((reference) => resolve(reference) === undefined);
    expect(dangling).toEqual([]);
  });

  it('declares exactly the path parameters of each template, all required', () => {
    for (const { path, operation } of nonEmpty(operations)) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{[^}]+\}/g) ?? []);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
    }
  });

  it('has no two templates that one path fits alike', () => {
    const shapes = Object.keys(document.paths).map((path) => path.replace(/\{[^}]+\}/g, '{}'));
    expect(shapes.length).toBeGreaterThan(100);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('names each parameter of an operation once', () => {
    for (const { operation } of nonEmpty(operations)) {
      const names = (operation.parameters ?? []).map(({ $ref, in: place, name }) => $ref ?? `${place} ${name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('lets no schema of its own take the place of that of a native body', () => {
    const { requestBody } = operationAt('post', '/entities');
    const [reference = ''] = referencesIn(requestBody);
    expect(document.components.schemas?.[reference.split('/').at(-1) ?? '']).toMatchObject({
      required: ['data'],
      properties: { data: { anyOf: expect.any(Array) } },
    });
  });

  it("types every success of the facade's own routes", () => {
    const own = operations.filter(({ path }) => !path.startsWith('/api/rest/'));
    const answers = own.flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        status.startsWith('2') ? Object.entries(content).map(([type, media]) => ({ ...operation, type, media })) : [],
      ),
    );
    const isTyped = ({ type, media }: { type: string; media: unknown }) => {
      const { schema } = media as {
        schema?: { $ref?: string; type?: string; properties?: object; additionalProperties?: object };
      };
      const found = schema?.$ref ? (resolve(schema.$ref) as typeof schema) : schema;
      return type.endsWith('json')
        ? found?.type === 'object' && (found.properties ?? found.additionalProperties) !== undefined
        : true;
    };
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((answer) => !isTyped(answer)).map(({ operationId }) => operationId)).toEqual([]);
  });

  it('describes the headers of every answer of the native pipeline', () => {
    const wanted = ['X-Request-Id', 'X-Acting-As', 'Cache-Status', 'RateLimit-Policy', 'RateLimit'];
    const native = operations.filter(
      ({ path, operation }) => path.startsWith('/api/rest/') || operation.operationId === 'forwardUpload',
    );
    const headersOf = ({ operation }: (typeof operations)[number]) =>
      Object.entries(operation.responses).flatMap(([status, { headers = {} }]) =>
        status.startsWith('2') ? [Object.keys(headers)] : [],
      );
    for (const headers of nonEmpty(native.flatMap(headersOf))) expect(headers).toEqual(wanted);
  });

  it('describes X-Acting-As on the routes that call the tenant, and on no other of the own', () => {
    const own = operations.filter(({ path }) => !path.startsWith('/api/rest/'));
    const answersOf = ({ operation }: (typeof own)[number]) =>
      Object.values(operation.responses).flatMap(({ $ref, headers = {} }) => ($ref ? [] : ['X-Acting-As' in headers]));
    const naming = own.filter((one) => answersOf(one).includes(true));
    expect(naming.filter((one) => answersOf(one).includes(false))).toEqual([]);
    expect(naming.map(({ operation }) => operation.operationId).toSorted()).toEqual([
      'addAttachment',
      'addTableRows',
      'changeEntity',
      'changeScim',
      'changeTableRow',
      'createInventoryContainer',
      'createInventoryLocation',
      'createScim',
      'deleteScim',
      'deleteTableRow',
      'findInventoryItems',
      'forwardUpload',
      'listAssetBatches',
      'listAssets',
      'listAttachments',
      'listBatches',
      'listTableRows',
      'listTemplateFields',
      'listTemplates',
      'markSampleRegistered',
      'readAttachment',
      'readBatch',
      'readSampleRegistration',
      'readScim',
      'replaceAttachment',
      'replaceProperties',
      'replaceScim',
    ]);
  });

  it('describes how the budget stands where the quota refuses', () => {
    const refusals = [
      document.components.responses?.NativeError429,
      document.paths['/v1/uploads/{uploadId}/forward']?.post?.responses['429'],
    ];
    for (const refusal of nonEmpty(refusals))
      expect(refusal?.headers).toMatchObject({ RateLimit: {}, 'RateLimit-Policy': {}, 'Retry-After': {} });
  });

  it('declares the query parameters of each row', () => {
    for (const row of nonEmpty(signalsApi.operations)) {
      const operation = operationAt(row.method.toLowerCase(), row.path.replace(/\*$/, '{rest}'));
      expect(row.query.filter((name) => parameterOf(operation, name)?.in !== 'query')).toEqual([]);
    }
  });

  it('tags each operation with a described group', () => {
    const described = new Map(document.tags.map(({ name, description }) => [name, description]));
    for (const { operation } of nonEmpty(operations)) {
      const [tag = ''] = operation.tags;
      expect(described.get(tag)?.length).toBeGreaterThan(tag.length);
    }
    expect(described.size).toBe(document.tags.length);
  });

  it('says scope, kind and cache class of each row', () => {
    for (const row of nonEmpty(signalsApi.operations)) {
      const operation = operationAt(row.method.toLowerCase(), row.path.replace(/\*$/, '{rest}'));
      expect(operation['x-facade-scope']).toBe(scopeOf(row));
      expect(operation['x-facade-kind']).toBe(row.kind);
      expect(operation['x-facade-cache']).toBe(row.cache);
      expect(operation.description).toContain(scopeOf(row));
    }
  });

  it('says whose digest each write wants, and that a stale one is 428', () => {
    for (const row of nonEmpty(
      signalsApi.operations.filter(({ digest, query }) => digest && query.includes('digest')),
    )) {
      const operation = operationAt(row.method.toLowerCase(), row.path);
      expect(operation.description).toMatch(/Digest: that of (`\{\w+\}`|the )/);
      expect(operation.responses['428']).toBeDefined();
    }
  });

  it.each([
    ['get', '/entities', 'page[limit]', { minimum: 1, maximum: 100, default: 20 }],
    ['get', '/users', 'page[limit]', { maximum: 1000 }],
    ['get', '/attributes/{eid}/options', 'page[limit]', { maximum: 10_000, default: 20 }],
    ['post', '/entities/search', 'page[offset]', { minimum: 0, maximum: 5000 }],
    ['get', '/entities/{eid}/history', 'depth', { minimum: -1, maximum: 100, default: -1 }],
    ['delete', '/entities/{eid}', 'force', { type: 'boolean' }],
    ['get', '/adt/{eid}', 'value', { enum: ['display', 'normalized'], default: 'display' }],
  ])('states the bounds of %s %s %s', (method, path, name, facts) => {
    expect(parameterOf(operationAt(method, path), name)?.schema).toMatchObject(facts);
  });

  it.each([
    ['post', '/entities', '201', 'application/vnd.api+json'],
    ['post', '/entities/{eid}/children/{filename}', '201', 'application/vnd.api+json'],
    ['put', '/entities/export/pdf', '200', 'application/vnd.api+json'],
    ['post', '/entities/export/bulk', '202', 'application/vnd.api+json'],
    ['get', '/entities/export/bulk/{jobId}/contents', '200', 'multipart/mixed'],
    ['get', '/entities/{eid}/export', '200', '*/*'],
    ['get', '/scim/v2/Users', '200', 'application/scim+json'],
  ])('answers %s %s with %s and %s', (method, path, status, mediaType) => {
    expect(Object.keys(operationAt(method, path).responses[status]?.content ?? {})).toEqual([mediaType]);
  });

  it.each([
    ['delete', '/entities/{eid}', '204'],
    ['post', '/entities/{eid}/reviews/close', '200'],
    ['head', '/entities/export/pdf/{fileId}', '200'],
  ])('answers %s %s with %s and no body', (method, path, status) => {
    const answer = operationAt(method, path).responses[status];
    expect(answer).toBeDefined();
    expect(answer?.content).toBeUndefined();
  });

  it.each([
    ['post', '/entities', ['application/vnd.api+json']],
    ['post', '/entities/search', ['application/vnd.api+json', 'application/json']],
    ['post', '/inventory/containers/search', ['application/vnd.api+json']],
    ['post', '/samplesTables/{samplesTableId}/bulkUpdate', ['text/csv']],
    ['post', '/materials/{libraryName}/bulkUpdate', ['application/zip']],
    ['patch', '/scim/v2/Users/{id}', ['application/scim+json']],
  ])('takes the media types of %s %s', (method, path, mediaTypes) => {
    expect(Object.keys(operationAt(method, path).requestBody?.content ?? {})).toEqual(mediaTypes);
  });

  it('calls the server that it is made for, with a facade key', () => {
    expect(document.servers.map(({ url }) => url)).toEqual([serverUrl]);
    expect(document.components.securitySchemes?.facadeKey).toMatchObject({ in: 'header', name: 'x-api-key' });
  });

  it('is the same each time', () => {
    expect(JSON.stringify(create())).toBe(JSON.stringify(document));
  });
});

describe("the facade's own schemas", () => {
  it.each([
    ['Booking', BookingBody],
    ['CachePurge', Purge],
    ['NewUpload', NewUpload],
    ['UploadDocument', UploadDocument],
    ['ErrorDocument', ErrorDocumentSchema],
  ])('%s is what the code checks with', (name, schema) => {
    const { $schema: _dialect, ...whole } = z.toJSONSchema(schema, {
      io: 'input',
      // What zod writes beside a format or a whole number says nothing more.
      override: ({ jsonSchema }) => {
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      },
    });
    const { id: _name, ...expected } = { ...(whole.$defs?.[name] ?? whole) };
    expect(Object.keys(expected).length).toBeGreaterThan(2);
    expect(document.components.schemas?.[name]).toMatchObject(expected);
  });
});

describe('the error responses', () => {
  const responses = document.components.responses as Record<string, { description: string }>;

  it('name each code of the catalogue under its status', () => {
    for (const [code, { status, title }] of nonEmpty(Object.entries(errorCatalogue))) {
      expect(responses[`Error${status}`]?.description).toContain(`\`${code}\`: ${title}.`);
    }
  });

  it('know no status that the catalogue does not have', () => {
    const statuses = new Set(Object.values(errorCatalogue).map(({ status }) => String(status)));
    const named = Object.keys(responses).flatMap((name) => name.match(/^(?:Native)?Error(\d+)$/)?.[1] ?? []);
    expect(named.filter((status) => !statuses.has(status))).toEqual([]);
  });

  it('never blame a native operation for an upload', () => {
    const native = Object.entries(responses).filter(([name]) => name.startsWith('Native'));
    expect(native.filter(([, { description }]) => description.includes('UPLOAD_'))).toEqual([]);
  });
});
