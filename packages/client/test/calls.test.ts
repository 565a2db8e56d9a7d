/** One call: what is sent, what comes back, which error is thrown. */
import { describe, expect, it } from 'vitest';
import { FacadeError } from '../src/index.ts';
import { baseUrl, failure, fakeFacade, json } from './fake-facade.ts';

const caught = (outcome: Promise<unknown>): Promise<FacadeError> =>
  outcome.then(
    () => expect.fail('It did not throw.'),
    (error: FacadeError) => error,
  );

describe('a call', () => {
  it('sends the key, the encoded names and the lists of its query, and gives the document', async () => {
    const { client, seen } = fakeFacade([() => json({ data: [] })]);
    const query = { 'page[limit]': 5, includeTypes: ['experiment', 'task'] } as const;
    const { data, response } = await client.GET('/api/rest/v1.0/entities', {
      params: { query: { ...query, includeTypes: [...query.includeTypes] } },
    });
    expect([data, response.status]).toEqual([{ data: [] }, 200]);
    const [{ url, headers } = expect.fail()] = seen;
    expect(url).toBe(`${baseUrl}/api/rest/v1.0/entities?page%5Blimit%5D=5&includeTypes=experiment,task`);
    expect([headers['x-api-key'], headers['content-type']]).toEqual(['sfk_test', undefined]);
  });

  it('sends JSON:API documents as such, and bytes as they are', async () => {
    const { client, seen } = fakeFacade([() => json({ data: {} }, 201)]);
    const body = { data: { type: 'export', attributes: { kind: 'materials', library: 'Compounds' } } } as const;
    await client.POST('/v1/exports', { body });
    await client.POST('/api/rest/v1.0/entities/{eid}/children/{filename}', {
      params: { path: { eid: 'experiment:e1', filename: 'a b.bin' } },
      body: new Blob(['bytes'], { type: 'application/octet-stream' }),
      headers: { 'content-type': 'application/octet-stream' },
    });
    const [document, bytes] = seen;
    expect(document?.headers['content-type']).toBe('application/vnd.api+json');
    expect(JSON.parse(document?.body ?? '')).toEqual(body);
    expect([bytes?.headers['content-type'], bytes?.body]).toEqual(['application/octet-stream', 'bytes']);
    expect(bytes?.url).toBe(`${baseUrl}/api/rest/v1.0/entities/experiment%3Ae1/children/a%20b.bin`);
  });

  it('asks for a token for each request, in place of a key', async () => {
    let tokens = 0;
    const token = async () => `t${++tokens}`;
    const { client, seen } = fakeFacade([() => json({})], { token });
    await client.GET('/v1/me');
    await client.GET('/v1/me');
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('throws the status, the code, the id and the sentence of the facade', async () => {
    const { client } = fakeFacade([() => failure(403, 'SCOPE_MISSING', { 'x-request-id': 'r2', 'retry-after': '7' })]);
    const error = await caught(client.GET('/v1/exports'));
    expect(error).toBeInstanceOf(FacadeError);
    expect(error).toMatchObject({
      name: 'FacadeError',
      message: 'It is SCOPE_MISSING.',
      status: 403,
      code: 'SCOPE_MISSING',
      id: 'r2',
      retryAfterSeconds: 7,
    });
  });

  it('throws with every fault of a body', async () => {
    const faults = [{ code: 'REQUEST_INVALID', detail: 'One.', source: { pointer: '/a' } }, { title: 'Two.' }];
    const { client } = fakeFacade([() => json({ errors: faults }, 400)]);
    const error = await caught(client.GET('/v1/exports'));
    expect([error.message, error.errors]).toEqual(['One. Two.', faults]);
  });

  it.each([
    ['API Gateway', '{"message":"Request Too Long"}', 'The answer has the status 413: Request Too Long.'],
    ['a proxy', '<html>', 'The answer has the status 413.'],
    ['nobody', '', 'The answer has the status 413.'],
    ['a list of nothing', '{"errors":[null]}', 'The answer has the status 413.'],
  ])('throws a sentence for the answer of %s, too', async (_, text, message) => {
    const { client } = fakeFacade([() => new Response(text, { status: 413 })]);
    expect(await caught(client.GET('/v1/me'))).toMatchObject({ message, status: 413, code: undefined, id: undefined });
  });

  it('does not follow a redirect, which would take the key to S3', async () => {
    const location = 'https://bucket.example.com/file';
    const { client, seen } = fakeFacade([
      ({ redirect }) => new Response(redirect, { status: 303, headers: { location } }),
    ]);
    const path = { exportId: 'e1' };
    const error = await caught(client.GET('/v1/exports/{exportId}/content', { params: { path }, parseAs: 'stream' }));
    expect([error.status, seen.length]).toEqual([303, 1]);
    expect(seen[0]?.headers['x-api-key']).toBe('sfk_test');
  });
});
