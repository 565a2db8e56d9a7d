/** An upstream that answers before it has read the request, and closes the connection. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RequestBody } from '../../../shared/exchange/transport.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { sized } from '../../support/test-size.ts';
import { type Ending, startHastyUpstream, startUpstream } from '../../support/upstream.ts';
import { bytesOf } from '../pipeline/support.ts';

const lengthBytes = 4_194_304;
const document = '{"errors":[{"status":"413"}]}';
const head = 'HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/vnd.api+json\r\n';
const withLength = `${head}content-length: ${document.length}\r\n`;
const answers = {
  'with a length': `${withLength}\r\n${document}`,
  'that says that it closes': `${withLength}connection: close\r\n\r\n${document}`,
  'in chunks': `${head}transfer-encoding: chunked\r\n\r\n${document.length.toString(16)}\r\n${document}\r\n0\r\n\r\n`,
  'that ends with its connection': `${head}connection: close\r\n\r\n${document}`,
  'after a 100 and a 103': `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${withLength}\r\n${document}`,
};

/** Keeps this thread busy, so that the end of the connection has come before the next write. */
const blockMillis = (millis: number): void => {
  for (const end = performance.now() + millis; performance.now() < end; );
};

const bodies: Readonly<Record<string, () => RequestBody>> = {
  'bytes at hand': () => Buffer.alloc(lengthBytes),
  'a stream': () => ({
    lengthBytes,
    stream: Readable.from(
      (async function* () {
        for (let sent = 0; sent < lengthBytes; sent += 65_536) {
          if (sent === 65_536) {
            await new Promise((resolve) => setTimeout(resolve, 10));
            blockMillis(30);
          }
          yield Buffer.alloc(65_536);
        }
      })(),
      { objectMode: false },
    ),
  }),
};

/**
 * A reset makes the kernel drop what was not read yet, so a body that ends with its connection can lose its end with it. The
 * status counts all the same.
 */
const mayBreakOff = (answer: string, ending: Ending): boolean =>
  answer.includes('ends with') && (ending === 'reset' || ending === 'close');

const send = async (origin: string, body: RequestBody) => {
  const transport = createNodeHttpTransport({ connectMillis: 600_000, idleMillis: 600_000 });
  onTestFinished(() => transport.close());
  const answerByMillis = Date.now() + 3_600_000;
  const request = { origin, method: 'POST', target: '/x', headers: [], firstByteMillis: 600_000, answerByMillis };
  const answer = await transport.send({ ...request, body });
  const text = await buffer(answer.body).then(String, () => undefined);
  return { status: answer.status, text };
};

const cases = Object.keys(answers).flatMap((answer) =>
  Object.keys(bodies).flatMap((body) =>
    (['reset', 'close', 'half-close', 'stay'] as const)
      // An answer that ends with its connection has no end while that stays.
      .filter((ending) => ending !== 'stay' || !answer.includes('ends with'))
      .map((ending) => [answer, ending, body] as [keyof typeof answers, Ending, string]),
  ),
);

describe('an answer that comes before the request was read', () => {
  it.each(cases)('counts: one %s, then %s, against %s', async (answer, ending, body) => {
    const origin = await startHastyUpstream(answers[answer], ending);
    for (let round = 0; round < sized(3, 1); round += 1) {
      const { status, text } = await send(origin, (bodies[body] as () => RequestBody)());
      expect(status).toBe(413);
      if (text !== undefined || !mayBreakOff(answer, ending)) expect(text).toBe(document);
    }
  });

  it('is not certain where it never came', async () => {
    const origin = await startHastyUpstream('HTTP/1.1 413 Payload', 'reset');
    await expect(send(origin, Buffer.alloc(lengthBytes))).rejects.toMatchObject({
      code: 'UPSTREAM_UNREACHABLE',
      facts: { sent: true },
    });
  });

  it('breaks off where it is a success that has not come whole', async () => {
    const origin = await startHastyUpstream('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"data"', 'reset');
    expect(await send(origin, Buffer.alloc(lengthBytes))).toEqual({ status: 200, text: undefined });
  });
});

describe('a refusal of a write', () => {
  it.each([
    ['the head alone', ''],
    ['a part of its body', '{"errors":['],
  ])('counts where %s came, without its body', async (_name, came) => {
    const bytes = `${head}content-length: 100\r\nx-reason: size\r\n\r\n${came}`;
    const { pipeline } = await createTestPipeline(await startHastyUpstream(bytes, 'reset'));
    const body = Buffer.alloc(lengthBytes);
    const answer = await pipeline.answer(nativeRequest({ method: 'POST', path: '/entities', body }));
    expect([answer.status, (await bytesOf(answer)).length]).toEqual([413, 0]);
    expect(answer.headers).toContainEqual(['x-reason', 'size']);
    expect(answer.headers.filter(([name]) => name.startsWith('content-'))).toEqual([]);
  });
});

describe('the connection of a large request that was refused', () => {
  it('is not used again, since the upstream may be about to close it', async () => {
    const upstream = await startUpstream(
      (request, response) => void response.writeHead(request.body.length > 0 ? 413 : 200).end(),
    );
    const transport = createNodeHttpTransport();
    onTestFinished(() => transport.close());
    const ask = async (body: Uint8Array | undefined): Promise<void> => {
      const request = { origin: upstream.url, method: 'POST', target: '/x', headers: [], firstByteMillis: 600_000 };
      const answer = await transport.send({ ...request, answerByMillis: Date.now() + 3_600_000, body });
      await buffer(answer.body);
    };
    await ask(undefined);
    await ask(Buffer.alloc(10));
    await ask(Buffer.alloc(100_000));
    await ask(undefined);
    expect(new Set(upstream.seen.map(({ port }) => port)).size).toBe(2);
  });
});
