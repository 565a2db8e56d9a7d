import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createRoutePaths } from '../../../infra/openapi/route-paths.ts';
import { pageSize } from '../../../shared/http/page-size.ts';
import { nothing, route } from '../../../shared/routes/route.ts';

const Thing = z
  .strictObject({ id: z.string(), at: z.iso.datetime({ offset: true }), units: z.int() })
  .meta({ id: 'Thing' });
const NewThing = z.strictObject({ id: z.string() }).meta({ id: 'NewThing' });

const { paths, schemas } = createRoutePaths([
  route({
    id: 'readThing',
    method: 'GET',
    path: '/v1/things/{thingId}',
    capability: 'things',
    scope: 'things:read',
    summary: 'One thing',
    parameters: z.object({ thingId: z.string().describe('Id of the thing.') }),
    query: z.strictObject({ 'page[limit]': pageSize(5, 9) }),
    answers: { 200: Thing, 404: 'REQUEST_UNKNOWN' },
    answerHeaders: { ETag: 'Version of the thing.' },
  }),
  route({
    id: 'createThing',
    method: 'POST',
    path: '/v1/things',
    capability: 'things',
    scope: 'everybody',
    summary: 'Make a thing',
    body: NewThing.optional(),
    idempotency: 'keep',
    examples: [{ summary: 'A thing', value: { id: 'a' } }],
    answers: { 201: Thing, 204: nothing, 409: ['BOOKING_REFUSED', 'KEYS_FULL'] },
  }),
]);

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape
const at = (path: string, method: string): any => (paths as any)[path][method];

describe('the paths of the route definitions', () => {
  it('describe parameters, scope and answers', () => {
    const read = at('/v1/things/{thingId}', 'get');
    expect(read['x-facade-scope']).toBe('things:read');
    expect(read.parameters[1].schema).toEqual({ type: 'integer', minimum: 1, maximum: 9, default: 5 });
    expect(read.parameters.map((parameter: { name: string; in: string }) => [parameter.in, parameter.name])).toEqual([
      ['path', 'thingId'],
      ['query', 'page[limit]'],
    ]);
    expect(read.responses['200'].content['application/vnd.api+json'].schema).toEqual({
      $ref: '#/components/schemas/Thing',
    });
    expect(Object.keys(read.responses['200'].headers)).toEqual(['X-Request-Id', 'ETag']);
    expect(read.responses['404'].description).toContain('`REQUEST_UNKNOWN`');
    expect(Object.keys(read.responses)).toEqual(['200', '400', '401', '403', '404', '429', '500', '502', '503', '504']);
  });

  it('tell what may be left out, and what needs no key', () => {
    const create = at('/v1/things', 'post');
    expect([create.requestBody.required, create.security]).toEqual([false, []]);
    expect(create.requestBody.content['application/vnd.api+json'].example).toEqual({ id: 'a' });
    expect(create.responses['204'].content).toBeUndefined();
    expect(create.responses['409'].description).toMatch(/BOOKING_REFUSED.*KEYS_FULL/);
    expect(create.parameters.map(({ name }: { name: string }) => name)).toEqual(['Idempotency-Key']);
  });

  it('name each schema once and leave out what only zod needs', () => {
    expect(Object.keys(schemas).toSorted()).toEqual(['NewThing', 'Thing']);
    expect((schemas as Record<string, { properties: object }>).Thing?.properties).toEqual({
      id: { type: 'string' },
      at: { type: 'string', format: 'date-time' },
      units: { type: 'integer' },
    });
  });
});
