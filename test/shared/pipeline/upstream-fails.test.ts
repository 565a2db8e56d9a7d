import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import type { UpstreamTransport } from '../../../shared/exchange/transport.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { turns } from '../../support/turns.ts';
import { type Answering, startRawUpstream, startUpstream } from '../../support/upstream.ts';
import { bytesOf, failing, jsonApi, start } from './support.ts';

/** Reads the body; `act` happens again and again meanwhile. */
const bytesWhile = async (answer: NativeAnswer, act: () => void): Promise<Buffer> => {
  let isOver = false;
  const reading = bytesOf(answer).finally(() => {
    isOver = true;
  });
  reading.catch(() => {});
  while (!isOver) {
    act();
    await turns();
  }
  return reading;
};

describe('when the upstream fails', () => {
  it('repeats a read after 503 and after a broken connection, and answers with what comes then', async () => {
    const { pipeline, seen } = await start((_request, response, count) => {
      if (count === 1) response.writeHead(503, jsonApi).end('{}');
      else if (count === 2) response.destroy();
      else response.end('ok');
    });
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, (await bytesOf(answer)).toString(), seen.length]).toEqual([200, 'ok', 3]);
  });

  it('gives up after three tries with the last native answer', async () => {
    const { pipeline, seen } = await start(
      (_request, response) => void response.writeHead(502, jsonApi).end('{"errors":[]}'),
    );
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, seen.length]).toEqual([502, 3]);
  });

  it.each([
    ['POST', '/entities'],
    ['PATCH', '/entities/e1/properties'],
    ['DELETE', '/entities/e1'],
    ['POST', '/entities/export/bulk'],
    ['GET', '/entities/export/bulk/j1/contents'],
  ])('never repeats %s %s', async (method, path) => {
    const { pipeline, seen } = await start((_request, response) => void response.writeHead(503, jsonApi).end('{}'));
    expect((await pipeline.answer(nativeRequest({ method, path }))).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it('repeats a 429 only when told when, and soon', async () => {
    const { pipeline, seen } = await start((request, response) => {
      const retryAfter = { soon: '0', late: '3600' }[request.target.split('/').at(-1) as string];
      response.writeHead(429, { ...jsonApi, ...(retryAfter ? { 'retry-after': retryAfter } : {}) }).end('{}');
    });
    const triesOf = async (path: string): Promise<number> => {
      const before = seen.length;
      expect((await pipeline.answer(nativeRequest({ path }))).status).toBe(429);
      return seen.length - before;
    };
    expect([await triesOf('/entities/none'), await triesOf('/entities/late'), await triesOf('/entities/soon')]).toEqual(
      [1, 1, 3],
    );
  });

  it('asks the quota before every send, repeated ones included', async () => {
    const upstream = await startUpstream((_request, response) => void response.writeHead(503, jsonApi).end('{}'));
    const admit = vi.fn(async () => {});
    const { pipeline } = await createTestPipeline(upstream.url, { quota: { admit } });
    await pipeline.answer(nativeRequest());
    expect([admit.mock.calls.length, upstream.seen.length]).toEqual([3, 3]);
  });

  it('names a silent upstream UPSTREAM_LATE, and the limit of the stage', async () => {
    const { pipeline, seen } = await start(() => {}, { firstByteMillis: 1_000 });
    const { code, facts } = await failing(pipeline.answer(nativeRequest()));
    expect([code, facts.detail]).toEqual([
      'UPSTREAM_LATE',
      expect.stringContaining('within 1 s, the limit of this stage'),
    ]);
    expect(seen).toHaveLength(1);
  });

  it('counts the waits of earlier tries towards the limit of the stage', async () => {
    const upstream = await startUpstream(() => {});
    const transport = createNodeHttpTransport();
    onTestFinished(() => transport.close());
    const limits = { firstByteMillis: 3_600_000, waitedMillis: 3_599_900, answerByMillis: Date.now() + 3_600_000 };
    const request = { origin: upstream.url, method: 'GET', target: '/x', headers: [], body: undefined, ...limits };
    const { code, facts } = await failing(transport.send(request));
    expect([code, facts.detail]).toEqual(['UPSTREAM_LATE', expect.stringContaining('within 3600 s, the limit')]);
  });

  it.each([
    [600, [0, 600]],
    [950, [0]],
    [449, [0, 449, 898]],
  ])('does not try again when tries of %i ms have nearly used up the limit of the stage', async (millis, expected) => {
    const waits: number[] = [];
    const send: UpstreamTransport['send'] = async ({ waitedMillis = 0 }) => {
      waits.push(waitedMillis);
      vi.advanceTimersByTime(millis);
      return {
        status: 503,
        headers: [['content-type', 'application/json']],
        body: Readable.from([Buffer.from('{}')], { objectMode: false }),
      };
    };
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { pipeline } = await createTestPipeline('http://127.0.0.1:1', {
      transport: { send },
      firstByteMillis: 1_000,
    });
    expect((await pipeline.answer(nativeRequest())).status).toBe(503);
    expect(waits).toEqual(expected);
  });

  it('gives up an answer that stops, and says how long nothing came', async () => {
    const answering = (_request: unknown, response: ServerResponse) => void response.writeHead(200, jsonApi).write('{');
    const { pipeline } = await start(answering, { idleMillis: 500 });
    const { code, facts } = await failing(pipeline.answer(nativeRequest()));
    expect([code, facts.detail]).toEqual(['UPSTREAM_LATE', expect.stringContaining('nothing for 0.5 s')]);
  });

  it('names a closed port UPSTREAM_UNREACHABLE and shows no host', async () => {
    const { pipeline } = await createTestPipeline('http://127.0.0.1:1');
    const error = await failing(pipeline.answer(nativeRequest()));
    expect(error.code).toBe('UPSTREAM_UNREACHABLE');
    expect(JSON.stringify(error.facts.detail)).not.toContain('127.0.0.1');
  });

  it.each([
    ['what is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    [
      'a document that breaks off',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"data":',
    ],
  ])('names %s UPSTREAM_UNREADABLE', async (_name, bytes) => {
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes));
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('UPSTREAM_UNREADABLE');
  });

  it.each([
    [502, 'UPSTREAM_UNREADABLE'],
    [503, 'UPSTREAM_UNREACHABLE'],
    [504, 'UPSTREAM_LATE'],
  ])('turns an HTML %i of something in between into %s', async (status, code) => {
    const { pipeline } = await start(
      (_request, response) =>
        void response.writeHead(status, { 'content-type': 'text/html' }).end('<html>snb.example.com</html>'),
    );
    expect((await failing(pipeline.answer(nativeRequest({ method: 'POST' })))).code).toBe(code);
  });

  it.each([500, 501, 507])('passes a %i that is not JSON, as it came', async (status) => {
    const { pipeline } = await start(
      (_request, response) => void response.writeHead(status, { 'content-type': 'text/plain' }).end('no'),
    );
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, (await bytesOf(answer)).toString()]).toEqual([status, 'no']);
  });

  it.each([
    ['a redirect elsewhere', 'HTTP/1.1 302 Found\r\nlocation: https://a.example/\r\ncontent-length: 0\r\n\r\n'],
  ])('does not spend quota again on %s', async (_name, bytes) => {
    const admit = vi.fn(async () => {});
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes), { quota: { admit } });
    await failing(pipeline.answer(nativeRequest()));
    expect(admit).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a date far ahead', () => new Date(Date.now() + 3_600_000).toUTCString(), 1],
    ['a fraction', () => '0.5', 3],
    ['a date of the old form', () => 'Sunday, 06-Nov-94 08:49:37 GMT', 3],
    ['seconds beyond all numbers', () => '9'.repeat(400), 1],
    ['a negative number, which is no form of it', () => '-1', 3],
  ])('reads Retry-After as %s', async (_name, value, tries) => {
    const { pipeline, seen } = await start(
      (_request, response) =>
        void response.writeHead(503, { 'content-type': 'text/html', 'retry-after': value() }).end('<html>'),
    );
    const error = await failing(pipeline.answer(nativeRequest()));
    expect(seen).toHaveLength(tries);
    expect((error.facts.retryAfterSeconds ?? 0) > 3_500).toBe(tries === 1);
  });

  it.each([600, 799, 999])('names a %i, which is no status, UPSTREAM_UNREADABLE', async (status) => {
    const bytes = `HTTP/1.1 ${status} Odd\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`;
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes));
    const error = await failing(pipeline.answer(nativeRequest({ method: 'POST', path: '/entities' })));
    expect([error.code, error.facts.sent]).toEqual(['UPSTREAM_UNREADABLE', undefined]);
  });

  it.each(['000', '042', '99', '1000', '2x0'])('names the status %s UPSTREAM_UNREADABLE', async (status) => {
    const { pipeline } = await createTestPipeline(await startRawUpstream(`HTTP/1.1 ${status} Odd\r\n\r\n`));
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('UPSTREAM_UNREADABLE');
  });

  it.each([207, 226, 299, 418, 451, 499, 520, 599])('passes the unusual status %i', async (status) => {
    const { pipeline } = await start((_request, response) => void response.writeHead(status, jsonApi).end('{}'));
    expect((await pipeline.answer(nativeRequest({ method: 'POST' }))).status).toBe(status);
  });

  it('settles when the upstream switches protocols', async () => {
    const { pipeline } = await createTestPipeline(
      await startRawUpstream('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    );
    expect((await failing(pipeline.answer(nativeRequest({ method: 'POST' })))).code).toBe('UPSTREAM_UNREADABLE');
  });

  it('waits for the first byte only once the body has been sent', async () => {
    const answering = (_request: unknown, response: ServerResponse) => void response.writeHead(201).end();
    const { pipeline, seen } = await start(answering, { firstByteMillis: 2_000 });
    const slowly = Readable.from(
      (async function* () {
        for (let part = 0; part < 30; part += 1) {
          await new Promise((resolve) => setTimeout(resolve, 80));
          yield Buffer.from('x');
        }
      })(),
    );
    const body = { stream: slowly, lengthBytes: 30 };
    expect((await pipeline.answer(nativeRequest({ method: 'PUT', body }))).status).toBe(201); // takes 2.4 s, against 2 s
    expect(seen[0]?.body.toString()).toBe('x'.repeat(30));
  });

  it('stops sending when the answer came early, and lets go of the body', async () => {
    const { pipeline } = await createTestPipeline(
      await startRawUpstream('HTTP/1.1 428 Precondition Required\r\ncontent-length: 0\r\n\r\n'),
    );
    const endless = new Readable({ read: () => {} });
    endless.push(Buffer.alloc(10));
    const answer = await pipeline.answer(
      nativeRequest({ method: 'PUT', body: { stream: endless, lengthBytes: 1_000 } }),
    );
    expect(answer.status).toBe(428);
    await bytesOf(answer);
    await expect.poll(() => endless.destroyed).toBe(true);
  });

  it('does not blame the upstream for a slow caller, and breaks off when the upstream itself falls silent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const idleMillis = 500;
    const answering: Answering = (request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 2_000_000 });
      response.write(Buffer.alloc(1_999_999));
      if (request.target.includes('whole')) response.end(Buffer.alloc(1));
    };
    const { pipeline } = await start(answering, { idleMillis });
    const slow = await pipeline.answer(nativeRequest({ path: '/entities/whole/export' }));
    vi.advanceTimersByTime(3 * idleMillis);
    await turns();
    expect((await bytesOf(slow)).length).toBe(2_000_000);
    const half = await failing(
      bytesWhile(await pipeline.answer(nativeRequest({ path: '/entities/half/export' })), () =>
        vi.advanceTimersByTime(idleMillis),
      ),
    );
    expect(half.code).toBe('UPSTREAM_LATE');
  });

  it('breaks off the stream of a file that breaks off', async () => {
    const { pipeline } = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 100_000 });
      response.write(Buffer.alloc(50_000), () => response.destroy());
    });
    const answer = await pipeline.answer(nativeRequest({ path: '/entities/e1/export' }));
    await expect(bytesOf(answer)).rejects.toThrow();
  });

  it("tells the caller that the facade's own credential was refused, and uses a new one at once", async () => {
    const { pipeline, vault } = await start((request, response) => {
      const isNew = request.headers.some(([name, value]) => name === 'x-api-key' && value === 'renewed');
      response.writeHead(isNew ? 200 : 401, jsonApi).end('{}');
    });
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('CREDENTIAL_UNAVAILABLE');
    await vault.write('signals', 'renewed');
    expect((await pipeline.answer(nativeRequest())).status).toBe(200);
  });

  it('answers in time when there is no time left', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    expect((await failing(pipeline.answer(nativeRequest({ deadlineMillis: Date.now() })))).code).toBe('UPSTREAM_LATE');
    expect(seen).toHaveLength(0);
  });
});
