/** A walk over every definition: what each refuses, and whether it answers what it says. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mostBodyBytes } from '../../../functions/edge/json-body.ts';
import { createRoutePaths } from '../../../infra/openapi/route-paths.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { type AnswerOf, isFailure, nativeAnswer, type RouteDefinition } from '../../../shared/routes/route.ts';
import { facadeGroups, facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import { createFacade, type Facade, type FacadeRequest } from '../../support/facade.ts';
import type { LambdaReply } from '../../support/lambda.ts';
import { refused, unprovokedNames, whyUnprovoked } from './route-refusals.ts';
import { firstExampleOf, jsonOf, samples } from './route-samples.ts';

const json = { 'content-type': 'application/vnd.api+json' };
/** Fits every path parameter there is. */
const anyId = '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10';
const anyPath = ({ path }: RouteDefinition) =>
  Object.fromEntries([...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => [name as string, anyId]));
/** Those without which a route refuses everything. */
const neededHeaders = ({ headers }: RouteDefinition): Readonly<Record<string, string>> =>
  headers === undefined || headers.safeParse({}).success ? {} : { 'if-match': '"99"' };
const isPage = ({ path }: RouteDefinition) => /^\/(oauth|actions)\//.test(path);
const readsJson = ({ body, bodyMediaType }: RouteDefinition) => body !== undefined && bodyMediaType === undefined;

const samplesOfBytes: ReadonlySet<string> = new Set(['addAttachment', 'replaceAttachment']);

type Fault = { readonly code: string; readonly detail: string; readonly source?: Readonly<Record<string, string>> };
const faultsOf = ({ body }: LambdaReply): readonly Fault[] => JSON.parse(body.toString()).errors;

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape
const documented = createRoutePaths(facadeRoutes).paths as any;
const statusesOf = ({ path, method }: RouteDefinition): readonly string[] =>
  Object.keys(documented[path.replace('+}', '}')][method.toLowerCase()].responses);
/** The name of a status in the document: `2XX` and `default` stand for what the tenant answers. */
const nameOf = (route: RouteDefinition, status: number): string | undefined => {
  const names = [String(status), `${String(status)[0]}XX`, 'default'];
  return names.find((name) => statusesOf(route).includes(name));
};

/** What the cases of this file have provoked, as `<id> <name of the status>`. */
const provoked = new Set<string>();

const isProvoked = ({ id }: RouteDefinition, name: string): boolean => provoked.has(`${id} ${name}`);

/** Asks, and expects a status that the OpenAPI document names. */
const answerOf = async (facade: Facade, route: RouteDefinition, asked: FacadeRequest): Promise<LambdaReply> => {
  const reply = await facade.ask(route, { as: 'admin', ...asked });
  const name = nameOf(route, reply.status);
  // 405 is the answer to another method than the route's.
  if (reply.status !== 405) expect([reply.status, name]).toEqual([reply.status, expect.any(String)]);
  provoked.add(`${route.id} ${name}`);
  return reply;
};

/** For refusals: they change nothing, and need nothing that ends with the test that made it. */
let shared: Promise<Facade> | undefined;

/** Asks as a caller who may, unless the case says otherwise. */
const refusal = async (route: RouteDefinition, asked: FacadeRequest): Promise<LambdaReply> => {
  shared ??= createFacade();
  const headers = { ...neededHeaders(route), ...asked.headers };
  return answerOf(await shared, route, { path: anyPath(route), ...asked, headers });
};

/** A request that succeeds, unless the case prevents it. */
const sampleOf = async (facade: Facade, route: RouteDefinition): Promise<FacadeRequest> => {
  const sample = samples[route.id];
  if (!sample) throw new Error(`Say in route-samples.ts how ${route.id} succeeds.`);
  return sample(facade, route);
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
    const reply = await refusal(route, { method: 'TRACE' });
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
    const mostBytes = route.mostBodyBytes ?? mostBodyBytes;
    const reply = await refusal(route, { body: Buffer.alloc(mostBytes + 1, '[') });
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
    const reply = await answerOf(facade, route, await sampleOf(facade, route));
    const isNative = (answer: AnswerOf) => answer === nativeAnswer;
    const answer = route.answers[reply.status] ?? Object.values(route.answers).find(isNative);
    if (!answer || isFailure(answer)) throw new Error(`${reply.status} ${reply.body}`);
    const names = ['x-request-id', ...Object.keys(route.answerHeaders ?? {}).map((name) => name.toLowerCase())];
    expect(names.filter((name) => reply.headers[name] === undefined)).toEqual([]);
    const schema = answer instanceof z.ZodType ? answer : 'schema' in answer ? answer.schema : undefined;
    if (schema) {
      const document = JSON.parse(reply.body.toString());
      expect(schema.parse(document)).toEqual(document);
    } else {
      const isBare = reply.status === 204 || ('kind' in answer && answer.kind === 'nothing');
      expect(reply.body.byteLength > 0).toBe(!isBare);
    }
  });

  it.each(those((route) => statusesOf(route).includes('404')))(
    '%s answers 404 for what is not there',
    async (_name, route) => {
      const { body, headers } = route.examples ? jsonOf(firstExampleOf(route)) : { body: undefined, headers: {} };
      const media = route.bodyMediaType ? { 'content-type': route.bodyMediaType } : {};
      // Who calls a list or a source without its secret does not learn which there are. No name at all is no route.
      const path = /^\/(lists|sources)\//.test(route.path) ? { name: '' } : anyPath(route);
      // The bytes of a file need their name and a version.
      const needed = samplesOfBytes.has(route.id) ? await sampleOf(await createFacade(), route) : {};
      const sent = { ...headers, ...media, ...needed.headers, 'x-on-behalf-of': 'nobody' };
      const asked = { path, body, headers: sent, ...(needed.query ? { query: needed.query } : {}) };
      const reply = await refusal(route, asked);
      expect(reply.status).toBe(404);
    },
  );

  it.each(those(({ headers }) => headers?.shape['If-Match'] !== undefined))(
    '%s refuses an outdated version',
    async (_name, route) => {
      const facade = await createFacade();
      const sample = await sampleOf(facade, route);
      const reply = await answerOf(facade, route, { ...sample, headers: { ...sample.headers, 'if-match': '"99"' } });
      expect([reply.status, faultsOf(reply)[0]?.code]).toEqual([412, route.answers[412]]);
    },
  );

  it.each(those(({ idempotency }) => idempotency !== undefined))(
    '%s refuses a key of another request',
    async (_name, route) => {
      const facade = await createFacade();
      const sample = await sampleOf(facade, route);
      const headers = { ...sample.headers, 'idempotency-key': 'key-1' };
      const first = await answerOf(facade, route, { ...sample, headers });
      expect(first.status).toBeLessThan(300);
      const other =
        (route.body ?? route.bodyMediaType)
          ? { body: Buffer.concat([sample.body ?? Buffer.of(), Buffer.from(' ')]) }
          : { query: { a: '1' } };
      const reply = await answerOf(facade, route, { ...sample, ...other, headers });
      expect([reply.status, faultsOf(reply)[0]?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    },
  );

  it.each(those(({ scope }) => scope !== 'everybody'))(
    '%s fails while its consumers cannot be read',
    async (_name, route) => {
      const facade = await createFacade();
      const sample = await sampleOf(facade, route);
      facade.breakConsumers(new AppError('CONSUMERS_UNAVAILABLE', { detail: 'The table does not answer.' }));
      const reply = await answerOf(facade, route, sample);
      expect([reply.status, faultsOf(reply)[0]?.code]).toEqual([503, 'CONSUMERS_UNAVAILABLE']);
      facade.breakConsumers(new Error('a fault'));
      const fault = await answerOf(facade, route, sample);
      expect([fault.status, faultsOf(fault)[0]?.code]).toEqual([500, 'INTERNAL']);
    },
  );

  it.each(those(({ scope }) => scope === 'any-consumer'))(
    '%s refuses a consumer that acts for nobody',
    async (_name, route) => {
      const facade = await createFacade();
      const sample = await sampleOf(facade, route);
      const headers = { ...sample.headers, 'x-on-behalf-of': 'anna' };
      const reply = await answerOf(facade, route, { ...sample, as: 'app', headers });
      expect([reply.status, faultsOf(reply)[0]?.code]).toEqual([403, 'SUBJECT_REFUSED']);
    },
  );

  it.each([
    [418, undefined],
    [429, undefined],
    [502, 'UPSTREAM_UNREADABLE'],
    [504, 'UPSTREAM_LATE'],
  ])("answers a forwarded upload as the tenant's %i, with the code %s", async (status, code) => {
    const [, forward] = those(({ id }) => id === 'forwardUpload')[0] as (typeof named)[number];
    const facade = await createFacade();
    facade.answerAsTenant(status);
    const reply = await answerOf(facade, forward, await sampleOf(facade, forward));
    expect(reply.status).toBe(status);
    if (code) expect(faultsOf(reply)[0]?.code).toBe(code);
    else expect(reply.body.toString()).toBe('made');
  });

  it.each([
    ['readExportContent', 206, { range: 'bytes=1-2' }],
    ['readExportContent', 303, { prefer: 'redirect' }],
    ['readArchiveContent', 206, { range: 'bytes=1-2' }],
    ['readArchiveContent', 303, { prefer: 'redirect' }],
  ])('%s answers %i with %o', async (routeId, status, headers) => {
    const [, content] = those(({ id }) => id === routeId)[0] as (typeof named)[number];
    const facade = await createFacade();
    const reply = await answerOf(facade, content, { ...(await sampleOf(facade, content)), headers });
    expect(reply.status).toBe(status);
  });

  const refusedRoutes = named.flatMap(([name, route]) =>
    Object.entries(refused[route.id] ?? {}).map(([code, ask]) => [name, code as ErrorCode, route, ask] as const),
  );
  it.each(refusedRoutes)('%s answers %s', async (_name, code, route, ask) => {
    const facade = await createFacade();
    const reply = await answerOf(facade, route, await ask(facade, route));
    expect(reply.status).toBe(errorCatalogue[code].status);
    if (reply.headers['content-type'] !== 'text/html; charset=utf-8') expect(faultsOf(reply)[0]?.code).toBe(code);
  });

  it('has a scope whose group consumers can be given', () => {
    const scopes = facadeRoutes.flatMap(({ scope, adminScope = '' }) => [scope, adminScope]);
    const groups = scopes.filter((scope) => scope.includes(':')).map((scope) => scope.split(':')[0]);
    expect([...new Set(groups)].toSorted()).toEqual([...facadeGroups].toSorted());
    expect(facadeGroups).toContain('requests');
  });

  // Run the whole file: a part of it provokes a part of the statuses.
  it.each(named)('%s answers each status that it declares, or a reason says why it cannot here', (_name, route) => {
    const missing = statusesOf(route).filter((status) => !isProvoked(route, status));
    expect(missing.filter((status) => whyUnprovoked(route, status) === undefined)).toEqual([]);
  });

  it('has a reason only for what it does not provoke', () => {
    const reasons = facadeRoutes.flatMap((route) =>
      statusesOf(route)
        .filter((status) => !isProvoked(route, status))
        .flatMap((status) => whyUnprovoked(route, status) ?? []),
    );
    expect(new Set(reasons)).toEqual(new Set(unprovokedNames));
  });
});
