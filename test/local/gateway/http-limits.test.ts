import { describe, expect, it } from 'vitest';
import { anyRoute, echo, sendRaw, startTestGateway, streaming } from './support/start.ts';

const mebibyte = 1_048_576;
const tooLarge = {
  GatewayTooLarge: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      ResponseType: 'REQUEST_TOO_LARGE',
      StatusCode: '413',
      ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/vnd.api+json'" },
      ResponseTemplates: { 'application/json': '{"errors":[{"status":"413","code":"TOO_LARGE"}]}' },
    },
  },
};
const sized = streaming(`
  open({ statusCode: 200 }).write(String(Buffer.from(event.body ?? '', 'base64').length));
  stream.end();
`);
const start = (source: string = echo) =>
  startTestGateway({ functions: { Fn: source }, resources: tooLarge, routes: anyRoute('Fn') });
const post = (url: string, bytes: number) => fetch(`${url}/x`, { method: 'POST', body: Buffer.alloc(bytes) });

/** Status, media type and body of an answer on a raw connection. */
const readRefusal = (answer: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return {
    status: head.split(' ')[1],
    contentType: /content-type: (.*)/i.exec(head)?.[1],
    body: JSON.parse(body) as unknown,
  };
};
const plainly = (status: string) => ({
  status,
  contentType: 'application/json',
  body: { message: expect.any(String) },
});

describe('the limits of API Gateway and Lambda', () => {
  it('let a body through whose event stays below 6 MiB', async () => {
    const { url } = await start(sized);

    expect(await (await post(url, 4 * mebibyte)).text()).toBe(String(4 * mebibyte));
  });

  it.each([
    ['makes an event above 6 MiB', 5 * mebibyte],
    ['is above 10 MB', 11 * mebibyte],
  ])('answer a 413 in the own words of API Gateway, whatever the template says, when the body %s', async (_, bytes) => {
    const { url } = await start();

    const response = await post(url, bytes);

    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ message: 'Request Too Long' });
  });

  it('hold for a body of unknown length too', async () => {
    const { url } = await start();
    const body = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent < 11; sent += 1) controller.enqueue(new Uint8Array(mebibyte));
        controller.close();
      },
    });

    const response = await fetch(`${url}/x`, { method: 'POST', body, duplex: 'half' } as RequestInit);

    expect(response.status).toBe(413);
  });

  it('refuse an announced body above the limit without asking for it', async () => {
    const { url } = await start();
    const head = `POST /x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ${11 * mebibyte}\r\n\r\n`;

    const answer = await sendRaw(url, head);

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('ask for an announced body below the limit', async () => {
    const { url } = await start(sized);
    const head =
      'POST /x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc';

    const answer = await sendRaw(url, head);

    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  it.each([
    ['above the 10,240 bytes of API Gateway', 10_300],
    ['above what the server reads at all', 200_000],
  ])('answer 431 when the headers are %s', async (_, bytes) => {
    const { url } = await start();

    const answer = await sendRaw(
      url,
      `GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: ${'a'.repeat(bytes)}\r\n\r\n`,
    );

    expect(readRefusal(answer)).toEqual(plainly('431'));
  });

  it.each([
    ['a request line that is none', 'GARBAGE\r\n\r\n', '400'],
    ['a header without a colon', 'GET /x HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n', '400'],
    ['no Host header', 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    [
      'two different lengths',
      'POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      '400',
    ],
    ['bad chunks', 'POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n', '400'],
    ['a target that is no path', 'GET x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', '400'],
    ['raw UTF-8 in the path', 'GET /\u00e9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', '400'],
    ['CONNECT', 'CONNECT h:443 HTTP/1.1\r\nHost: localhost\r\n\r\n', '405'],
  ])('answer in the own words of API Gateway to %s', async (_, bytes, status) => {
    const { url } = await start();

    expect(readRefusal(await sendRaw(url, bytes))).toEqual(plainly(status));
  });

  it.each([
    'evil.example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '192.168.0.1:80',
    '',
    '127.0.0.1:80@x',
  ])('refuse the host "%s", whose pages would speak with the rights of the twin', async (host) => {
    const { url } = await start();
    const answer = await sendRaw(url, `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(readRefusal(answer)).toEqual({
      status: '421',
      contentType: 'application/vnd.api+json',
      body: { errors: [expect.objectContaining({ status: '421', code: 'HOST_REFUSED' })] },
    });
  });

  it.each(['127.0.0.1', '127.0.0.1:8080', 'LOCALHOST:1', 'docs.localhost', '[::1]:8080'])(
    'take the host %s',
    async (host) => {
      const { url } = await start();
      const answer = await sendRaw(url, `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer.toString()).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  it('finish the answer under way before they refuse what follows it on the connection', async () => {
    const slow = streaming(`
      open({ statusCode: 200 }).write('begun,');
      await new Promise((resolve) => setTimeout(resolve, 200));
      stream.write('done');
      stream.end();
    `);
    const { url } = await start(slow);

    const answer = await sendRaw(url, 'GET /x HTTP/1.1\r\nHost: localhost\r\n\r\nGARBAGE\r\n\r\n');

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*begun,.*done.*HTTP\/1\.1 400 /s);
  });

  it('serve on after every refusal', async () => {
    const { url } = await start(sized);

    await Promise.all([sendRaw(url, 'GARBAGE\r\n\r\n'), post(url, 11 * mebibyte)]);

    expect(await (await post(url, 3)).text()).toBe('3');
  });
});
