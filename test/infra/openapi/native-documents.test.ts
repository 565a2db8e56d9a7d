/** The OpenAPI document types native answers by the schemas that the simulator is held to. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { documentTypes } from '../../../shared/signals/documents/document-types.ts';
import { documentsOf } from '../../../shared/signals/documents/operation-documents.ts';
import { signalsOperations } from '../../../shared/signals/operations.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createAnswerCheck, type OpenApi } from '../../support/openapi-answers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const jsonApi = 'application/vnd.api+json';
type Schema = Readonly<Record<string, unknown>>;
type Document = OpenApi & { components: { schemas: Record<string, Schema> } };
const text = JSON.stringify(
  createOpenApiDocument({ serverUrl: 'https://facade.example.com', version: '1.2.3', apis: [signalsApi] }),
);
const document = JSON.parse(text) as Document;
const { schemas } = document.components;

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const typed = Object.keys(signalsOperations)
  .map((key) => [key, documentsOf(key)] as const)
  .filter(([, answered]) => answered.length > 0);

const successOf = (key: string) => {
  const [method = '', path = ''] = key.split(' ');
  const responses = document.paths[`/api/rest/v1.0${path}`]?.[method.toLowerCase()]?.responses ?? {};
  const [status = ''] = Object.keys(responses).filter((name) => name.startsWith('2'));
  return { status, schema: responses[status]?.content?.[jsonApi]?.schema as Schema | undefined };
};

/** `NativeEntity`, `NativeEntityDocument`, `NativeEntityListDocument`. */
const referenceTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const referenceOf = (answered: string): Schema =>
  referenceTo(`Native${capitalised(answered.replace('[]', 'List'))}Document`);

describe('the types of documents', () => {
  it.each(Object.keys(documentTypes))('%s is a component, and an operation answers it', (type) => {
    const component = `Native${capitalised(type)}`;
    expect(schemas[component]).toMatchObject({ type: 'object', required: expect.arrayContaining(['type', 'id']) });
    const used = nonEmpty(typed.flatMap(([, answered]) => answered.filter((one) => one.replace('[]', '') === type)));
    for (const one of used) {
      const name = String(referenceOf(one).$ref).split('/').at(-1) as string;
      const data = one.endsWith('[]') ? { type: 'array', items: referenceTo(component) } : referenceTo(component);
      expect(schemas[name]).toMatchObject({ required: ['data'], properties: { data } });
    }
  });

  it('are open: another release of the tenant may add members and values', () => {
    const native = nonEmpty(Object.entries(schemas).filter(([name]) => name.startsWith('Native')));
    const closed = native.filter(([, schema]) =>
      /"(additionalProperties":false|enum|pattern|format":"uuid")/.test(JSON.stringify(schema)),
    );
    expect(closed.map(([name]) => name)).toEqual([]);
  });
});

describe('the native operations', () => {
  it('have a type of document where the sources settle it', () => {
    expect(typed.length).toBeGreaterThan(130);
  });

  it.each(typed)('%s refers to its documents: %s', (key, answered) => {
    const references = answered.map(referenceOf);
    const { status, schema } = successOf(key);
    expect(status).toMatch(/^(200|201|202|2XX)$/);
    expect(schema).toEqual(references.length > 1 ? { anyOf: references } : references[0]);
  });
});

describe('the check of answers', () => {
  const check = createAnswerCheck(document);
  const entities = { method: 'GET', path: '/api/rest/v1.0/entities', status: 200, mediaType: jsonApi };

  it('finds what an answer lacks, and where', () => {
    const json = { data: [{ type: 'entity', id: 'experiment:1', attributes: { eid: 'experiment:1' } }] };
    expect(check({ ...entities, json })).toContain(
      "GET /api/rest/v1.0/entities: /data/0/attributes must have required property 'name'",
    );
  });

  it('takes a container that lacks what the tenant may leave out', () => {
    const attributes = { id: 'c1', name: 'Container-0001', typeId: 't1', status: 'AVAILABLE', state: 'OPEN' };
    const lists = { contents: [], ancestors: [], fields: [] };
    const json = { data: { type: 'inventoryContainer', id: 'c1', attributes: { ...attributes, ...lists } } };
    const path = '/api/rest/v1.0/inventory/containers/{containerId}';
    expect(check({ ...entities, path, json })).toEqual([]);
  });

  it('finds a resource where a list is due, and a status that the document has not', () => {
    expect(check({ ...entities, json: { data: {} } })).toEqual(['GET /api/rest/v1.0/entities: /data must be array']);
    expect(check({ ...entities, status: 299, json: {} })).toEqual([
      'GET /api/rest/v1.0/entities: the document has no answer 299',
    ]);
  });
});

describe('the cost', () => {
  it('/openapi.json fits an answer of Lambda, even without compression and in base64', () => {
    expect((Buffer.byteLength(text) * 4) / 3).toBeLessThan(6 * 1024 * 1024);
  });

  it('no function carries the schemas of native documents: nothing but themselves imports them', () => {
    const folder = join('shared', 'signals', 'documents');
    const importsOf = (file: string): string[] =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/'(\.[^']+\.ts)'/g)].map(([, path = '']) =>
        join(dirname(file), path),
      );
    const importing = globSync('{functions,shared}/**/*.ts', { cwd: root }).filter((file) =>
      importsOf(file).some((path) => dirname(path) === folder),
    );
    expect(nonEmpty(importing).filter((file) => dirname(file) !== folder)).toEqual([]);
  });
});
