/** The parser's errors hold the bytes that it could not read; the logger writes every member of an error. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { startRawUpstream } from '../../support/upstream.ts';

const secret = 'the-secret-itself';

const send = async (bytes: string): Promise<unknown> => {
  const transport = createNodeHttpTransport();
  onTestFinished(() => transport.close());
  try {
    const { body } = await transport.send({
      origin: await startRawUpstream(bytes),
      method: 'GET',
      target: '/',
      headers: [['x-api-key', secret]],
      body: undefined,
      firstByteMillis: 600_000,
      answerByMillis: Date.now() + 3_600_000,
    });
    for await (const _chunk of body);
  } catch (error) {
    return error;
  }
  throw new Error('Expected a failure.');
};

/** What the logger writes of an error: its text and its members, and those of its cause. */
const logged = (error: unknown): string => {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return `${error.stack} ${JSON.stringify({ ...error })} ${logged(error.cause)}`;
};

describe('an answer in a transfer coding', () => {
  const coded = (coding: string): string =>
    `HTTP/1.1 200 OK\r\ntransfer-encoding: ${coding}\r\n\r\n2\r\nok\r\n0\r\n\r\n`;

  it('is refused where it is more than chunked: the caller would take the coded bytes for the body', async () => {
    expect(await send(coded('gzip, chunked'))).toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
  });

  it.each(['chunked', 'Chunked'])('is taken where it is %s', async (coding) => {
    await expect(send(coded(coding))).rejects.toThrow('Expected a failure.');
  });
});

describe('an answer that is no HTTP', () => {
  it.each([
    ['in its head', `HTTP/1.1 200 OK\r\nx-api-key: ${secret}\r\nbad header\r\n\r\n`],
    ['in its first line', `HTTP/9 ${secret}\r\n\r\n`],
    ['in its chunks', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n${secret}\r\n`],
  ])('%s leaves nothing of itself in the error or the log', async (_where, bytes) => {
    const error = await send(bytes);
    const encodings = (['utf8', 'hex'] as const).map((encoding) => Buffer.from(secret).toString(encoding));
    const numbers = [...Buffer.from(secret)].join(',');
    const text = logged(error);
    expect(text).toContain('HPE_');
    expect(text).not.toContain('rawPacket');
    for (const form of [...encodings, numbers]) expect(text).not.toContain(form);
  });
});
