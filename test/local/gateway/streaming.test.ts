import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isFull, sized } from '../../support/test-size.ts';
import { temporaryFolder } from './support/assembly.ts';
import { anyRoute, echo, eventually, sendRaw, startTestGateway, streaming } from './support/start.ts';

const mebibyte = 1_048_576;
/** More than may be held in memory. */
const largeMebibytes = sized(60, 24);

/** Streams `megabytes` (from the query) of zeros, waiting for drain as a well-behaved handler does. */
const large = streaming(`
  const out = open({ statusCode: 200, headers: { 'Content-Type': 'application/octet-stream' } });
  const chunk = Buffer.alloc(65_536);
  for (let left = Number(event.queryStringParameters.mebibytes) * 16; left > 0; left -= 1) {
    if (!out.write(chunk)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
`);

const countBytes = async (body: ReadableStream<Uint8Array> | null): Promise<number> => {
  let size = 0;
  for await (const chunk of body ?? []) size += chunk.length;
  return size;
};

describe('a streamed integration', () => {
  it('answers with the status, headers and body that the function streamed', async () => {
    const source = streaming(`
      const cookies = ['c=1', 'd=2'];
      const out = open({ statusCode: 201, headers: { 'X-One': '1' }, multiValueHeaders: { 'X-Many': ['a', 'b'] }, cookies });
      out.write('hello ');
      out.write('world');
      out.end();
    `);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.get('x-many')).toBe('a, b');
    expect(response.headers.getSetCookie()).toEqual(['c=1', 'd=2']);
    expect(await response.text()).toBe('hello world');
  });

  it('gives the function a REST proxy event with the path as sent', async () => {
    const { url } = await startTestGateway({ functions: { Fn: echo }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/a%20b/%2F?x=1&x=%C3%A9&y&z=%2B+`, {
      method: 'POST',
      headers: { 'X-Forwarded-For': '10.0.0.1' },
      body: Buffer.from([0, 255]),
    });

    expect(await response.json()).toMatchObject({
      resource: '/{proxy+}',
      path: '/a%20b/%2F',
      pathParameters: { proxy: 'a%20b/%2F' },
      httpMethod: 'POST',
      multiValueHeaders: { 'X-Forwarded-For': ['10.0.0.1, 127.0.0.1'], 'X-Forwarded-Proto': ['http'] },
      queryStringParameters: { x: 'é', y: '', z: '+ ' },
      multiValueQueryStringParameters: { x: ['1', 'é'], y: [''] },
      body: 'AP8=',
      isBase64Encoded: true,
      stageVariables: null,
      requestContext: { resourcePath: '/{proxy+}', stage: 'local', identity: { sourceIp: '127.0.0.1' } },
    });
  });

  it('sends a first part before the function has written the last', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const gate = createServer((_, response) => asked.resolve(response)).listen(0, '127.0.0.1');
    onTestFinished(() => void gate.close());
    await once(gate, 'listening');
    const source = streaming(`
      const out = open({ statusCode: 200 });
      out.write('first ');
      await fetch('http://127.0.0.1:' + event.headers['X-Gate']);
      out.write('last');
      out.end();
    `);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const { port } = gate.address() as AddressInfo;
    const response = await fetch(`${url}/x`, { headers: { 'X-Gate': String(port) } });
    const parts: string[] = [];
    for await (const chunk of response.body ?? []) {
      parts.push(Buffer.from(chunk).toString());
      (await asked.promise).end();
    }

    expect(parts).toEqual(['first ', 'last']);
  });

  it(`passes ${largeMebibytes} MiB through without holding them in memory`, async () => {
    const { url } = await startTestGateway({ functions: { Fn: large }, routes: anyRoute('Fn') });
    await fetch(`${url}/x?mebibytes=1`).then((response) => response.arrayBuffer());
    const before = process.memoryUsage().arrayBuffers;

    const stalled = await new Promise<IncomingMessage>((resolve) =>
      request(`${url}/x?mebibytes=${largeMebibytes}`, resolve).end(),
    );
    let held = 0;
    for (let look = 0; look < 20; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      held = Math.max(held, process.memoryUsage().arrayBuffers - before);
    }
    let size = 0;
    for await (const chunk of stalled) size += (chunk as Buffer).length;

    expect(size).toBe(largeMebibytes * mebibyte);
    expect(held).toBeLessThan(16 * mebibyte);
  });

  // Copying so much takes the processor 3 s: full size only.
  it.runIf(isFull)('cuts an answer above the 200 MB of Lambda', async () => {
    const { url } = await startTestGateway({ functions: { Fn: large }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/x?mebibytes=201`);

    await expect(countBytes(response.body)).rejects.toThrow();
  });

  it('cuts the answer when the process is killed on the way, and serves the next request', async () => {
    const source = streaming(`
      const out = open({ statusCode: 200 });
      out.write('some');
      if (event.path !== '/die') return out.end();
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);
      await new Promise(() => {});
    `);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const cut = await fetch(`${url}/die`);
    await expect(cut.text()).rejects.toThrow();
    const next = await fetch(`${url}/live`);

    expect(await next.text()).toBe('some');
  });

  it('cuts the answer when the handler throws after its first byte', async () => {
    const source = streaming(`open({ statusCode: 200 }).write('some'); throw new Error('too late');`);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/x`);

    await expect(response.text()).rejects.toThrow();
  });

  it.each([
    ['throws before its first byte', `throw new Error('secret detail');`],
    ['ends without metadata', 'stream.end();'],
    ['never calls HttpResponseStream.from', `stream.write('plain'); stream.end();`],
    ['streams metadata that is no head', `open({ status: 200 }).write('x'); stream.end();`],
    [
      'names a header that HTTP does not allow',
      `open({ statusCode: 200, headers: { 'a b': 'c' } }).write('x'); stream.end();`,
    ],
    ['exits', 'process.exit(3);'],
  ])('answers 502 without inner text when the handler %s', async (_, body) => {
    const { url } = await startTestGateway({ functions: { Fn: streaming(body) }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ message: 'Internal server error' });
  });

  it('answers HEAD with the headers alone', async () => {
    const source = streaming(`
      const out = open({ statusCode: 200, headers: { 'Content-Length': '5' } });
      out.write('12345');
      out.end();
    `);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const head = await sendRaw(url, 'HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const get = await fetch(`${url}/x`);

    expect(head).toMatch(/content-length: 5/i);
    expect(head).toMatch(/\r\n\r\n$/);
    expect(await get.text()).toBe('12345');
  });

  it.each(['GET', 'HEAD'])(
    'answers %s with bytes above 7F in header values as the function gave them',
    async (method) => {
      const source = streaming(`
      const out = open({ statusCode: 200, headers: { 'X-Name': 'caf\\u00e9 \\u00c3\\u00a9' } });
      out.write('body');
      out.end();
    `);
      const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

      const answer = await sendRaw(
        url,
        `${method} /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        'latin1',
      );

      expect(answer).toMatch(/x-name: caf\u00e9 \u00c3\u00a9\r\n/i);
    },
  );

  it('serves the next request from the same process when a client leaves in the middle', async () => {
    const source = large.replace("'Content-Type'", "'X-Pid': String(process.pid), 'Content-Type'");
    const { url } = await startTestGateway({
      functions: { Fn: source },
      settings: { Fn: { ReservedConcurrentExecutions: 1 } },
      routes: anyRoute('Fn'),
    });
    const abort = new AbortController();

    const left = await fetch(`${url}/x?mebibytes=40`, { signal: abort.signal });
    abort.abort();
    const next = await fetch(`${url}/x?mebibytes=1`);

    expect(next.headers.get('x-pid')).toBe(left.headers.get('x-pid'));
    expect(await countBytes(next.body)).toBe(mebibyte);
  });

  it('tells the function that a client has left, and serves the next request from the same process', async () => {
    const source = streaming(`
      const { pipeline } = await import('node:stream/promises');
      const { Readable } = await import('node:stream');
      const source = new Readable({ read() { this.push(Buffer.alloc(65_536)); } });
      source.on('close', () => console.log('source closed'));
      const out = open({ statusCode: 200, headers: { 'X-Pid': String(process.pid) } });
      if (event.path === '/next') return void (out.write(String(process.pid)), out.end());
      await pipeline(source, out);
    `);
    const lines: string[] = [];
    const { url } = await startTestGateway(
      {
        functions: { Fn: source },
        settings: { Fn: { ReservedConcurrentExecutions: 1, Timeout: 60 } },
        routes: anyRoute('Fn', { timeoutMillis: 60_000 }),
      },
      { log: ({ line }) => lines.push(line) },
    );
    const abort = new AbortController();

    const left = await fetch(`${url}/endless`, { signal: abort.signal });
    abort.abort();
    await eventually(() => lines.find((line) => line === 'source closed'));
    const next = await fetch(`${url}/next`);

    expect(await next.text()).toBe(left.headers.get('x-pid'));
  });

  it('frees the process once it has handed over an answer that its client does not read', async () => {
    const { url } = await startTestGateway({
      functions: { Fn: large },
      settings: { Fn: { ReservedConcurrentExecutions: 1, Timeout: 60 } },
      routes: anyRoute('Fn', { timeoutMillis: 60_000 }),
    });

    const stalled = await new Promise<IncomingMessage>((resolve) => request(`${url}/x?mebibytes=2`, resolve).end());
    const next = await fetch(`${url}/x?mebibytes=1`);

    expect(await countBytes(next.body)).toBe(mebibyte);
    stalled.destroy();
  });

  it('serves the next request from the same process when an answer breaks off', async () => {
    const source = streaming(`
      const out = open({ statusCode: 200 });
      if (event.path === '/next') return void (out.write(String(process.pid)), out.end());
      out.write(String(process.pid));
      await new Promise((resolve) => setTimeout(resolve, 50));
      out.destroy(new Error('cut'));
      throw new Error('cut');
    `);
    const { url } = await startTestGateway({
      functions: { Fn: source },
      settings: { Fn: { ReservedConcurrentExecutions: 1 } },
      routes: anyRoute('Fn'),
    });

    const response = await fetch(`${url}/cut`);
    let pid = '';
    await expect(
      (async () => {
        for await (const chunk of response.body ?? []) pid += Buffer.from(chunk).toString();
      })(),
    ).rejects.toThrow();
    const next = await fetch(`${url}/next`);

    expect(await next.text()).toBe(pid);
  });

  it('answers 504 when the integration time-out passes before the first byte', async () => {
    const source = streaming('await new Promise((resolve) => setTimeout(resolve, 600_000)); stream.end();');
    const { url } = await startTestGateway({
      functions: { Fn: source },
      routes: anyRoute('Fn', { timeoutMillis: 100 }),
    });

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(504);
    expect(await response.json()).toEqual({ message: 'Endpoint request timed out' });
  });

  it('does not count the start of a process as time of the integration', async () => {
    const lines: string[] = [];
    const go = join(await temporaryFolder(), 'go');
    const source = `
      import { existsSync } from 'node:fs';
      console.log('loading');
      while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 5));
      ${streaming('open({ statusCode: 200 }).write(event.path); stream.end();')}`;
    const { url } = await startTestGateway(
      { functions: { Fn: source }, routes: anyRoute('Fn', { timeoutMillis: 2_000 }) },
      { log: ({ line }) => lines.push(line) },
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = fetch(`${url}/x`);
    asked.catch(() => {});
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));

    vi.advanceTimersByTime(60_000);
    await writeFile(go, '');

    const response = await asked;
    expect([response.status, await response.text()]).toEqual([200, '/x']);
  });

  it('kills a function that outlives its own time-out, and starts another', async () => {
    const source = streaming(`
      if (event.path === '/hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
      open({ statusCode: 200 }).write(String(context.getRemainingTimeInMillis() <= 1000));
      stream.end();
    `);
    const gateway = await startTestGateway({
      functions: { Fn: source },
      settings: { Fn: { Timeout: 1 } },
      routes: anyRoute('Fn'),
    });
    const hung = fetch(`${gateway.url}/hang`);
    const [pid] = await eventually(() => (gateway.pids().length > 0 ? gateway.pids() : undefined));

    expect((await hung).status).toBe(502);
    // A machine that is busy may take a second for this one, too.
    const live = await eventually(async () => {
      const answer = await fetch(`${gateway.url}/live`);
      const text = await answer.text();
      return answer.status === 200 ? text : undefined;
    });
    expect(live).toBe('true');
    expect(gateway.pids()).not.toContain(pid);
  });
});
