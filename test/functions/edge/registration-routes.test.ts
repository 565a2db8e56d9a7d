/** /v1/samples against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import type { CallingPipeline } from '../../../functions/edge/tenant-of.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { registrationRoutes } from '../../../shared/registration/routes.ts';
import { createRouteTable } from '../../../shared/routes/route-table.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { noActs } from '../../support/acts.ts';
import { closedAfterTest } from '../../support/aws.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { createTestPipeline, upstreamSecret } from '../../support/pipeline.ts';
import { createMemoryRegistrations } from '../../support/registrations.ts';

const { createRegistrationRoutes } = await import('../../../functions/edge/registration-routes.ts');
const { httpHandler } = await import('../../../functions/edge/http-handler.ts');
const { startSimulator } = await import('../../../packages/signals-simulator/src/simulator.ts');

const sample = 'sample:00000000-0000-4000-a000-000000000007';
const one = `/v1/samples/${sample}/registration`;
const patientMillis = 3_600_000;
const find = createRouteTable(registrationRoutes);

type Wish = { readonly as?: string; readonly ifMatch?: string; readonly attributes?: object };
/** Runs before the call of this number, counted from 1, that changes or reads the tenant. */
type Meanwhile = (call: { readonly method: string; readonly number: number }) => Promise<unknown>;

const watching = ({ as, upstream }: CallingPipeline, meanwhile: () => Meanwhile): CallingPipeline => {
  let number = 0;
  return {
    upstream,
    as: (...caller) => {
      const own = as(...caller);
      return {
        ...own,
        call: async (call, ...rest) => {
          number += 1;
          await meanwhile()({ method: call.method, number });
          return own.call(call, ...rest);
        },
      };
    },
  };
};

const createWorld = async () => {
  const options = { compounds: 5, keys: { [upstreamSecret]: '100' }, requestsPerMinute: Number.POSITIVE_INFINITY };
  const simulator = await closedAfterTest(startSimulator(options));
  const { pipeline, registry } = await createTestPipeline(simulator.url);
  await registry.save({ id: 'person', scopes: ['*:*'], state: 'active', actsAs: ['user'] }, hashKey('person'));
  let meanwhile: Meanwhile = async () => {};
  const handler = httpHandler(
    'https://facade.example.com',
    createRegistrationRoutes({
      pipeline: watching(pipeline, () => meanwhile),
      identifier: createIdentifier(registry, systemClock),
      registrations: createMemoryRegistrations(),
      acts: noActs,
    }),
  );
  const ask = async (method: string, path: string, { as = 'app', ifMatch, attributes }: Wish = {}) => {
    const { pathname, searchParams } = new URL(path, 'https://facade.example.com');
    const headers = { 'x-api-key': as, 'content-type': 'application/vnd.api+json' };
    const document = { data: { type: 'sample-registration', attributes } };
    const reply = await invokeStreaming(
      handler,
      proxyEvent({
        ...{ method, resource: find(pathname)?.path ?? pathname, path: pathname },
        query: Object.fromEntries(searchParams),
        headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
        ...(attributes === undefined ? {} : { body: Buffer.from(JSON.stringify(document)) }),
      }),
      patientMillis,
    );
    // biome-ignore lint/suspicious/noExplicitAny: documents of several forms
    return { ...reply, document: JSON.parse(reply.body.toString()) as any };
  };
  /** As somebody does in Signals. */
  const patch = async (path: string, body: object) => {
    const answer = await fetch(`${simulator.url}/api/rest/v1.0${path}`, {
      method: path.endsWith('/status?force=true') ? 'PUT' : 'PATCH',
      headers: { 'x-api-key': upstreamSecret, 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  };
  const edit = (value: string) =>
    patch(`/samples/${sample}/properties/2?force=true`, { data: { attributes: { content: { value } } } });
  return {
    ...{ simulator, ask, edit, patch },
    read: () => ask('GET', one),
    mark: (ifMatch: string, attributes?: object) => ask('POST', one, { ifMatch, ...(attributes && { attributes }) }),
    list: (more = '') => ask('GET', `/v1/samples?registration=drifted${more}`),
    during: (act: Meanwhile) => {
      meanwhile = act;
    },
  };
};

describe('/v1/samples/{sampleId}/registration', () => {
  it('goes from unregistered to in sync, to drifted, and back', async () => {
    const { read, mark, edit, list } = await createWorld();
    const before = await read();
    const [tag = ''] = [before.headers.etag];
    expect(before.document.data).toMatchObject({
      id: sample,
      attributes: { state: 'unregistered', digest: tag.slice(1, -1), registeredDigest: null },
    });
    const marked = await mark(tag, { externalId: 'LIMS-1', note: 'Shelf' });
    const said = { state: 'in-sync', registeredDigest: tag.slice(1, -1), externalId: 'LIMS-1', note: 'Shelf' };
    expect([marked.status, marked.document]).toMatchObject([
      200,
      { data: { attributes: { ...said, registeredBy: 'app' } }, meta: { upstreamCalls: 4 } },
    ]);
    expect((await read()).document.data.attributes).toMatchObject(said);

    await edit('Dried');
    const drifted = await read();
    expect(drifted.document.data.attributes).toMatchObject({
      ...{ state: 'drifted', registeredDigest: said.registeredDigest, externalId: 'LIMS-1' },
      driftedSince: drifted.document.data.attributes.checkedAt,
    });
    expect(drifted.headers.etag).not.toBe(tag);
    expect((await list()).document.data).toMatchObject([{ id: sample, attributes: { state: 'drifted' } }]);

    const outdated = await mark(tag);
    expect([outdated.status, outdated.document.errors[0].code]).toEqual([412, 'SAMPLE_CHANGED']);
    expect(outdated.headers.etag).toBe(drifted.headers.etag);
    expect((await read()).document.data.attributes.state).toBe('drifted');

    const again = await mark(drifted.headers.etag ?? '');
    expect(again.document.data.attributes).toMatchObject({ state: 'in-sync' });
    // What a mark says replaces what the last one said.
    expect(again.document.data.attributes.externalId).toBeUndefined();
    expect((await list()).document.data).toEqual([]);
  });

  it('takes a mark again, without a write', async () => {
    const { read, mark } = await createWorld();
    const tag = (await read()).headers.etag ?? '';
    const first = await mark(tag, { externalId: 'LIMS-1' });
    const second = await mark(tag, { externalId: 'LIMS-1' });
    expect(second.document.meta).toEqual({ upstreamCalls: 2 });
    expect(second.document.data.attributes.registeredAt).toBe(first.document.data.attributes.registeredAt);
  });

  it('marks nothing when the sample changes before the write', async () => {
    const { read, mark, edit, during } = await createWorld();
    const tag = (await read()).headers.etag ?? '';
    during(async ({ method }) => method === 'PATCH' && edit('Dried'));
    const reply = await mark(tag);
    expect([reply.status, reply.document.errors[0].code]).toEqual([412, 'SAMPLE_CHANGED']);
    during(async () => {});
    expect((await read()).document.data.attributes).toMatchObject({ state: 'unregistered', registeredDigest: null });
  });

  it('says that the sample has drifted when it changes right after the write', async () => {
    const { read, mark, edit, during } = await createWorld();
    const tag = (await read()).headers.etag ?? '';
    // The read, then the version, the digests, the write, and the confirmation.
    during(async ({ number }) => number === 5 && edit('Dried'));
    const reply = await mark(tag);
    expect([reply.status, reply.document.errors[0].detail]).toEqual([412, expect.stringContaining('It is drifted')]);
    during(async () => {});
    expect((await read()).document.data.attributes).toMatchObject({
      state: 'drifted',
      registeredDigest: tag.slice(1, -1),
    });
  });

  it('lets an older mark overwrite no newer one', async () => {
    const { read, mark, edit, during } = await createWorld();
    const tag = (await read()).headers.etag ?? '';
    let isFirst = true;
    during(async ({ method }) => {
      if (method !== 'PATCH' || !isFirst) return;
      isFirst = false;
      await edit('Dried');
      expect((await mark((await read()).headers.etag ?? '')).status).toBe(200);
    });
    expect((await mark(tag)).status).toBe(412);
    expect((await read()).document.data.attributes.state).toBe('in-sync');
  });

  it('takes marks at the same time', async () => {
    const { read, mark } = await createWorld();
    const tag = (await read()).headers.etag ?? '';
    const replies = await Promise.all(Array.from({ length: 8 }, (_, at) => mark(tag, { externalId: `LIMS-${at}` })));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    for (const { document } of replies) expect(document.data.attributes.state).toBe('in-sync');
  });

  it.each([
    ['a word', 'first'],
    ['another type', 'experiment:00000000-0000-4000-a000-000000000007'],
    ['a path', 'sample:00000000-0000-4000-a000-000000000007%2F..'],
    ['a newline', 'sample:00000000-0000-4000-a000-000000000007%0A'],
    ['a huge one', `sample:${'0'.repeat(5_000)}`],
  ])('refuses %s as an id, without a call', async (_name, id) => {
    const { ask, simulator } = await createWorld();
    for (const method of ['GET', 'POST'])
      expect((await ask(method, `/v1/samples/${id}/registration`, { ifMatch: '"a"' })).status).toBe(400);
    expect(simulator.arrivals).toEqual([]);
  });

  it.each([[undefined], ['*'], ['abc'], ['""'], ['W/"abc"'], ['"a", "b"'], [`"${'a'.repeat(201)}"`]])(
    'refuses a mark with the condition %s, without a call',
    async (ifMatch) => {
      const { ask, simulator } = await createWorld();
      const reply = await ask('POST', one, ifMatch === undefined ? {} : { ifMatch });
      expect([reply.status, reply.document.errors[0].source]).toEqual([400, { header: 'If-Match' }]);
      expect(simulator.arrivals).toEqual([]);
    },
  );

  it.each([
    [{ externalId: '' }],
    [{ externalId: 'a\nb' }],
    [{ externalId: 'a'.repeat(201) }],
    [{ note: 'a'.repeat(501) }],
    [{ note: 7 }],
    [{ state: 'in-sync' }],
  ])('refuses a mark that says %j', async (attributes) => {
    const { mark, simulator } = await createWorld();
    expect((await mark('"a"', attributes)).status).toBe(400);
    expect(simulator.arrivals).toEqual([]);
  });

  it('takes the UUID alone, in any case', async () => {
    const { ask } = await createWorld();
    const reply = await ask('GET', `/v1/samples/${sample.slice(7).toUpperCase()}/registration`);
    expect([reply.status, reply.document.data.id]).toEqual([200, sample]);
  });

  it('answers 404 for a sample that is not there', async () => {
    const { ask } = await createWorld();
    const absent = '/v1/samples/ffffffff-0000-4000-a000-000000000007/registration';
    for (const method of ['GET', 'POST']) {
      const reply = await ask(method, absent, { ifMatch: '"a"' });
      expect([reply.status, reply.document.errors[0].code]).toEqual([404, 'SAMPLE_UNKNOWN']);
    }
  });

  it('says what the tenant says about a closed sample', async () => {
    const { read, mark, patch } = await createWorld();
    await patch(`/samples/${sample}/status?force=true`, { data: { attributes: { action: 'close' } } });
    const reply = await mark((await read()).headers.etag ?? '');
    expect([reply.status, reply.document.errors[0].code]).toEqual([422, 'TENANT_REFUSED']);
  });

  it('marks nothing for a consumer that only reads', async () => {
    const { ask } = await createWorld();
    const reply = await ask('POST', one, { as: 'reader', ifMatch: '"a"' });
    expect([reply.status, reply.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
  });
});

describe('the list of drifted samples', () => {
  it('is for callers that may act as the service account', async () => {
    const { ask } = await createWorld();
    const reply = await ask('GET', '/v1/samples?registration=drifted', { as: 'person' });
    expect([reply.status, reply.document.errors[0].code]).toEqual([403, 'REGISTRATIONS_HIDDEN']);
  });

  it.each([
    ['registration', '/v1/samples'],
    ['registration', '/v1/samples?registration=in-sync'],
    ['page[cursor]', '/v1/samples?registration=drifted&page[cursor]=x'],
    ['page[limit]', '/v1/samples?registration=drifted&page[limit]=101'],
  ])('refuses a wrong %s: %s', async (parameter, path) => {
    const { ask } = await createWorld();
    const reply = await ask('GET', path);
    expect([reply.status, reply.document.errors[0].source]).toEqual([400, { parameter }]);
  });
});
