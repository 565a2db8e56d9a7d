/** A walk over every definition: what each refuses, and whether it answers what it says. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mostBodyBytes } from '../../../functions/edge/json-body.ts';
import { createRoutePaths } from '../../../infra/openapi/route-paths.ts';
import { type AnswerOf, isFailure, nativeAnswer, type RouteDefinition } from '../../../shared/routes/route.ts';
import { facadeGroups, facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import { createFacade, type Facade, type FacadeRequest } from '../../support/facade.ts';
import type { LambdaReply } from '../../support/lambda.ts';
import { firstExampleOf, samples } from './route-samples.ts';

const json = { 'content-type': 'application/vnd.api+json' };
/** Fits every path parameter there is. */
const anyId = '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10';
const anyPath = ({ path }: RouteDefinition) =>
  Object.fromEntries([...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => [name as string, anyId]));
const isPage = ({ path }: RouteDefinition) => path.startsWith('/oauth/');
const readsJson = ({ body, bodyMediaType }: RouteDefinition) => body !== undefined && bodyMediaType === undefined;

type Fault = { readonly code: string; readonly detail: string; readonly source?: Readonly<Record<string, string>> };
const faultsOf = ({ body }: LambdaReply): readonly Fault[] => JSON.parse(body.toString()).errors;

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape
const documented = createRoutePaths(facadeRoutes).paths as any;
const statusesOf = ({ path, method }: RouteDefinition): readonly string[] =>
  Object.keys(documented[path.replace('+}', '}')][method.toLowerCase()].responses);

/** For refusals: they change nothing, and need nothing that ends with the test that made it. */
let shared: Promise<Facade> | undefined;

/** Asks as a caller who may, unless the case says otherwise, and expects a status that the OpenAPI document names. */
const refusal = async (route: RouteDefinition, asked: FacadeRequest): Promise<LambdaReply> => {
  shared ??= createFacade();
  const reply = await (await shared).ask(route, { as: 'admin', path: anyPath(route), ...asked });
  if (reply.status !== 405) expect(statusesOf(route)).toContain(String(reply.status));
  return reply;
};

const named = facadeRoutes.map((route) => [`${route.method} ${route.path}`, route] as const);
const those = (isWanted: (route: RouteDefinition) => boolean) => named.filter(([, route]) => isWanted(route));

/** The first example of a body, and two faults in it with their pointers. */
const faultyBody = (route: RouteDefinition) => {
  const { data } = firstExampleOf(route) as { data: { attributes: object } };
  const attributes = { ...data.attributes, 'no/such': 1 };
  return {
    body: Buffer.from(JSON.stringify({ data: { ...data, type: 'wrong', attributes } })),
    pointers: ['/data/type', '/data/attributes/no~1such'],
  };
};

describe('every route', () => {
  it.each(those(({ scope }) => scope !== 'everybody'))('%s refuses a caller without a key', async (_name, route) => {
    const reply = await refusal(route, { as: undefined });
    expect([reply.status, faultsOf(reply)[0]?.code]).toEqual([401, 'CONSUMER_UNKNOWN']);
    expect(reply.headers['www-authenticate']).toBeDefined();
  });

  it.each(those(({ scope }) => scope.includes(':')))('%s refuses a caller without the scope', async (_name, route) => {
    const reply = await refusal(route, { as: 'nobody', body: Buffer.from('{') });
    const [fault] = faultsOf(reply);
    expect([reply.status, fault?.code]).toEqual([403, 'SCOPE_MISSING']);
    expect(fault?.detail).toContain(route.scope);
  });

  it.each(named)('%s names its methods to one that it does not take', async (_name, route) => {
    const reply = await refusal(route, { method: 'PUT' });
    expect([reply.status, reply.headers.allow?.split(', ')]).toEqual([405, expect.arrayContaining([route.method])]);
  });

  it.each(those(({ passesQuery }) => !passesQuery))(
    '%s refuses a query parameter by its name',
    async (_name, route) => {
      const reply = await refusal(route, { query: { 'no-such': '1', 'nor-this': '2' } });
      expect(reply.status).toBe(400);
      if (isPage(route) && route.bodyMediaType !== 'application/json') return;
      const parameters = faultsOf(reply).map(({ source }) => source?.parameter);
      expect(parameters).toEqual(['no-such', 'nor-this']);
    },
  );

  it.each(those(readsJson))('%s names every fault of a body with its pointer', async (_name, route) => {
    const { body, pointers } = faultyBody(route);
    const reply = await refusal(route, { body, headers: json });
    const faults = faultsOf(reply);
    expect([reply.status, new Set(faults.map(({ code }) => code))]).toEqual([400, new Set(['REQUEST_INVALID'])]);
    expect(faults.map(({ source }) => source?.pointer).toSorted()).toEqual(pointers.toSorted());
    const noJson = await refusal(route, { body: Buffer.from('{'), headers: json });
    expect([noJson.status, faultsOf(noJson)[0]?.source]).toEqual([400, { pointer: '' }]);
  });

  it.each(those(({ body }) => body !== undefined))('%s refuses a body that is too large', async (_name, route) => {
    const reply = await refusal(route, { body: Buffer.alloc(mostBodyBytes + 1, '[') });
    expect(reply.status).toBe(413);
  });

  it.each(those(({ body }) => body !== undefined))('%s refuses a body of another type', async (_name, route) => {
    const headers = { 'content-type': 'application/xml', origin: 'https://facade.example.com' };
    const reply = await refusal(route, { body: Buffer.from('<a/>'), headers });
    expect(reply.status).toBe(415);
  });

  it.each(those(readsJson))('%s has examples that its own schema takes', (_name, route) => {
    expect(route.examples?.length).toBeGreaterThan(0);
    for (const { value } of route.examples ?? []) expect(route.body?.safeParse(value).error).toBeUndefined();
  });

  it.each(named)('%s answers as its definition says', async (_name, route) => {
    const facade = await createFacade();
    const sample = samples[route.id];
    if (!sample) throw new Error(`Say in route-samples.ts how ${route.id} succeeds.`);
    const reply = await facade.ask(route, { as: 'admin', ...(await sample(facade, route)) });
    const isNative = (answer: AnswerOf) => answer === nativeAnswer;
    const answer = route.answers[reply.status] ?? Object.values(route.answers).find(isNative);
    if (!answer || isFailure(answer)) throw new Error(`${reply.status} ${reply.body}`);
    const names = ['x-request-id', ...Object.keys(route.answerHeaders ?? {}).map((name) => name.toLowerCase())];
    expect(names.filter((name) => reply.headers[name] === undefined)).toEqual([]);
    const schema = answer instanceof z.ZodType ? answer : 'schema' in answer ? answer.schema : undefined;
    if (schema) {
      const document = JSON.parse(reply.body.toString());
      expect(schema.parse(document)).toEqual(document);
    } else expect(reply.body.byteLength > 0).toBe(!('kind' in answer) || answer.kind !== 'nothing');
  });

  it('has a scope whose group consumers can be given', () => {
    const scopes = facadeRoutes.flatMap(({ scope, adminScope = '' }) => [scope, adminScope]);
    const groups = scopes.filter((scope) => scope.includes(':')).map((scope) => scope.split(':')[0]);
    expect([...new Set(groups)].toSorted()).toEqual([...facadeGroups].toSorted());
    expect(facadeGroups).toContain('requests');
  });
});
