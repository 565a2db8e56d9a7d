import { describe, expect, it, onTestFinished } from 'vitest';
import { noQuota } from '../../../shared/exchange/exchange.ts';
import { createAccountProbe } from '../../../shared/pipeline/account-probe.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';

const jsonApi = { 'content-type': 'application/vnd.api+json' };

const start = async (answering: Answering) => {
  const { url, seen } = await startUpstream(answering);
  const transport = createNodeHttpTransport({ connectMillis: 2_000, idleMillis: 500 });
  onTestFinished(() => transport.close());
  const probe = createAccountProbe(createSignalsUpstream(url), {
    transport,
    quota: noQuota,
    firstByteMillis: 200,
  });
  return { probe, seen };
};

describe('the account of a key', () => {
  it('is what the tenant says for this very key', async () => {
    const { probe, seen } = await start((_request, response) =>
      response.writeHead(200, jsonApi).end('{"data":{"type":"profile","id":"101"}}'),
    );
    expect(await probe('the-key')).toEqual({ kind: 'accepted', accountId: '101' });
    expect(seen[0]?.target).toMatch(/\/profiles\/me$/);
    expect(seen[0]?.headers).toContainEqual(['x-api-key', 'the-key']);
  });

  it('is refused with a 401', async () => {
    const { probe } = await start((_request, response) => response.writeHead(401, jsonApi).end('{}'));
    expect(await probe('the-key')).toEqual({ kind: 'refused' });
  });

  it.each<[string, Answering]>([
    ['another status', (_request, response) => response.writeHead(403, jsonApi).end('{}')],
    ['a document without an id', (_request, response) => response.writeHead(200, jsonApi).end('{"data":{}}')],
    ['no document', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['a broken connection', (_request, response) => void response.destroy()],
    ['no answer', () => {}],
  ])('is not known after %s, which is no refusal', async (_name, answering) => {
    const { probe } = await start(answering);
    expect(await probe('the-key')).toEqual({ kind: 'accepted', accountId: undefined });
  });
});
