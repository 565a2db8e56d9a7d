/** Calls to systems of record on this machine: what is connected to, and what is read of hostile answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpSystem } from '../../../shared/lists/adapters/http-system.ts';
import type { RecordCall } from '../../../shared/lists/system-of-record.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const hourMillis = 3_600_000;
const arrivals = (seen: IncomingMessage[]) => seen.map(({ method, url }) => `${method} ${url}`);

/** A system of record on this machine, and what has reached it. */
const listen = async (answer: Answer) => {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { seen, port, url: `http://127.0.0.1:${port}` };
};

const inTwin = createHttpSystem({ networks: ['127.0.0.0/8'], isLocal: true });
const get = (url: string, more: Partial<RecordCall> = {}): RecordCall => ({
  ...{ method: 'GET', url, mostBytes: 1_000, mostMillis: hourMillis },
  ...more,
});
const ok: Answer = (_request, response) => void response.end('{"data":[]}');

/** A resolver that gives these addresses, one set after the other, and counts its look-ups. */
const resolver = (...answers: readonly (readonly string[])[]) => {
  let lookUps = 0;
  const lookup: LookupFunction = (_host, options, done) => {
    const addresses = (answers[Math.min(lookUps, answers.length - 1)] ?? []).map((address) => ({ address, family: 4 }));
    lookUps += 1;
    if (options.all) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', 4);
  };
  return { lookup, lookUps: () => lookUps };
};

describe('a system of record in a network of the stage', () => {
  it('gets the call with its header, and its answer is read', async () => {
    const { url, seen } = await listen(ok);
    const header = { name: 'x-secret', value: 'v' };
    const { status, body } = await inTwin.call(get(`${url}/a?b=c`, { header }));
    expect([status, Buffer.from(body).toString()]).toEqual([200, '{"data":[]}']);
    expect(arrivals(seen)).toEqual(['GET /a?b=c']);
    expect(seen[0]?.headers).toMatchObject({
      'x-secret': 'v',
      accept: 'application/json',
      'accept-encoding': 'identity',
    });
  });

  it('gets a body as JSON', async () => {
    const { url, seen } = await listen(ok);
    await inTwin.call(get(url, { method: 'POST', body: Buffer.from('{}') }));
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '2' });
  });
});

describe('an address outside the networks of the stage', () => {
  const everySpelling = (port: number): string[] =>
    [
      ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0x7f.1', '0x7F000001', '0177.0.0.1', '017700000001'],
      ...['2130706433', '0', '0.0.0.0', '127.0.0.1.', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost'],
      ...[
        '[::1]',
        '[0:0:0:0:0:0:0:1]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[64:ff9b::7f00:1]',
        '[::127.0.0.1]',
        '[::]',
      ],
      ...[
        '１２７.0.0.1',
        '127。0。0。1',
        '169.254.169.254',
        '[fd00:ec2::254]',
        '0xa9fea9fe',
        '10.0.0.1',
        '192.168.0.1',
      ],
    ].flatMap((host) => [`https://${host}:${port}/`, `http://${host}:${port}/`]);

  it('is refused in every spelling, and nothing connects', async () => {
    const { seen, port } = await listen(ok);
    const connections: unknown[] = [];
    const tcp = createTcpServer((socket) => {
      connections.push(socket);
      socket.destroy();
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void tcp.close());
    const tcpAddress = tcp.address();
    const tcpPort = typeof tcpAddress === 'object' && tcpAddress ? tcpAddress.port : 0;
    const { lookup } = resolver(['127.0.0.1']);
    // Numbers go to the resolver of the system, which reads them as addresses. Names get the worst answer.
    const isName = (url: string): boolean => /localhost|1\.:/i.test(url);
    const urls = [...everySpelling(port), ...everySpelling(tcpPort)];
    for (const networks of [[], ['public'], ['public', '10.20.0.0/16']]) {
      const settings = { networks, isLocal: false };
      const systems = { numbers: createHttpSystem(settings), names: createHttpSystem({ ...settings, lookup }) };
      const failures = await Promise.all(
        urls.map((url) =>
          systems[isName(url) ? 'names' : 'numbers'].call(get(url)).then(
            () => 'an answer',
            ({ code }) => code,
          ),
        ),
      );
      expect(urls.filter((_, index) => failures[index] !== 'ADDRESS_REFUSED')).toEqual([]);
    }
    expect([seen.length, connections.length]).toEqual([0, 0]);
  });

  it.each([
    ['the only address of a name', ['127.0.0.1']],
    ['one of several addresses of a name', ['93.184.216.34', '127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a private address', ['192.168.0.1']],
  ])('is refused as %s', async (_what, addresses) => {
    const { lookup } = resolver(addresses);
    const system = createHttpSystem({ networks: ['public'], isLocal: false, lookup });
    await expect(system.call(get('https://sor.example.com/'))).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      facts: { sent: false },
    });
  });

  it('is not reached by a name whose address changes after the check: there is one look-up', async () => {
    const { seen, port } = await listen(ok);
    // TEST-NET-1 answers nobody.
    const { lookup, lookUps } = resolver(['127.0.0.2'], ['127.0.0.1']);
    const system = createHttpSystem({ networks: ['127.0.0.2/32'], isLocal: true, lookup });
    const failure = await system.call(get(`http://localhost:${port}/`)).catch(({ code }) => code);
    expect([failure, lookUps(), seen.length]).toEqual(['SOURCE_FAILED', 1, 0]);
  });

  it('is refused as a public address where the stage has no "public"', async () => {
    const { lookup } = resolver(['93.184.216.34']);
    const system = createHttpSystem({ networks: ['10.20.0.0/16'], isLocal: false, lookup });
    await expect(system.call(get('https://sor.example.com/'))).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  });
});

describe('a redirect', () => {
  const to =
    (location: string, status = 302): Answer =>
    (_request, response) =>
      void response.writeHead(status, { location }).end();

  it('is followed, with the header to the same origin', async () => {
    const { url, seen } = await listen((request, response) =>
      request.url === '/a' ? to('/b')(request, response) : ok(request, response),
    );
    const { status } = await inTwin.call(get(`${url}/a`, { header: { name: 'x-secret', value: 'v' } }));
    expect([status, arrivals(seen), seen[1]?.headers['x-secret']]).toEqual([200, ['GET /a', 'GET /b'], 'v']);
  });

  it('does not take the header to another origin, nor back', async () => {
    const other = await listen((request, response) => to(`${home.url}/c`)(request, response));
    const home = await listen((request, response) =>
      request.url === '/a' ? to(`${other.url}/b`)(request, response) : ok(request, response),
    );
    await inTwin.call(get(`${home.url}/a`, { header: { name: 'x-secret', value: 'v' } }));
    const sent = [...home.seen, ...other.seen].map(({ url, headers }) => [url, headers['x-secret']]);
    expect(sent).toEqual([
      ['/a', 'v'],
      ['/c', undefined],
      ['/b', undefined],
    ]);
  });

  it.each([
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'https://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://user:password@127.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    '//192.168.0.1/',
  ])('into another network is refused: %s', async (location) => {
    const { url } = await listen(to(location));
    const port = new URL(url).port;
    const system = createHttpSystem({ networks: ['127.0.0.2/32', '127.0.0.1/32'], isLocal: true });
    const strict = createHttpSystem({ networks: ['127.0.0.1/32'], isLocal: true });
    const target = location.includes('127.0.0.1:9001') ? location.replace('127.0.0.1', '127.0.0.3') : location;
    const { url: from } = await listen(to(target));
    expect(port).not.toBe('');
    for (const used of [system, strict])
      await expect(used.call(get(from))).rejects.toMatchObject({
        code: expect.stringMatching(/ADDRESS_REFUSED|SOURCE_FAILED/),
      });
  });

  it('is followed three times at most', async () => {
    const { url, seen } = await listen((request, response) => to(`${request.url}x`)(request, response));
    await expect(inTwin.call(get(`${url}/a`))).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(arrivals(seen)).toEqual(['GET /a', 'GET /ax', 'GET /axx', 'GET /axxx']);
  });

  it.each(['POST', 'PUT'] as const)('of a %s is not followed', async (method) => {
    const { url, seen } = await listen(to('/other', 307));
    const { status } = await inTwin.call(get(url, { method, body: Buffer.from('{}') }));
    expect([status, seen.length]).toEqual([307, 1]);
  });
});

describe('a hostile answer', () => {
  const failureOf = async (answer: Answer, more: Partial<RecordCall> = {}) => {
    const { url } = await listen(answer);
    return inTwin.call(get(url, more)).catch(({ code }) => code);
  };

  it('that never ends is cut by its size', async () => {
    const endless: Answer = (_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', write);
      write();
    };
    expect(await failureOf(endless)).toBe('RECORDS_UNREADABLE');
  });

  it('that stalls within the body, or never begins, is late', async () => {
    const stalling: Answer = (_request, response) => void response.write('{');
    const silent: Answer = () => {};
    for (const answer of [stalling, silent]) expect(await failureOf(answer, { mostMillis: 50 })).toBe('SOURCE_LATE');
  });

  it('that drips is late, too', async () => {
    const dripping: Answer = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    expect(await failureOf(dripping, { mostMillis: 50, mostBytes: 1_000_000 })).toBe('SOURCE_LATE');
  });

  it('that is compressed is not decoded', async () => {
    const bomb: Answer = (_request, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
    expect(await failureOf(bomb)).toBe('RECORDS_UNREADABLE');
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9\r\n'],
    ['a header without an end', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(70_000)}`],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    ['less than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'],
    ['another transfer coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['nothing', ''],
  ])('with %s fails', async (_what, text) => {
    const failure = await failureOf((request) => void request.socket.end(text));
    expect(failure).toMatch(/^(RECORDS_UNREADABLE|SOURCE_FAILED)$/);
  });

  it('that breaks off before anything was sent says so', async () => {
    const { url, port } = await listen(ok);
    expect(port).toBeGreaterThan(0);
    const closed = url.replace('127.0.0.1', '127.0.0.9');
    await expect(inTwin.call(get(closed, { method: 'POST' }))).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      facts: { sent: false },
    });
  });
});
