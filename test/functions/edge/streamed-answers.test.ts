/** How an answer leaves: status and headers first, then bytes at once or a stream, and the end of the request after it. */
import { PassThrough, Readable, Writable } from 'node:stream';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnswerBody, streamedAnswers } from '../../../functions/edge/delivery.ts';

/** As the runtime: metadata go out with the first bytes, followed by eight NUL bytes. */
beforeEach(() => {
  const from = (stream: Writable, metadata: object): Writable => {
    stream.write(JSON.stringify(metadata));
    stream.write('\0'.repeat(8));
    return stream;
  };
  vi.stubGlobal('awslambda', { streamifyResponse: (handler: unknown) => handler, HttpResponseStream: { from } });
});

type Run = (event: object, stream: Writable, context: Context) => Promise<void>;

const setUp = (body: AnswerBody) => {
  const events: string[] = [];
  const handler = middy({
    executionMode: streamedAnswers,
    requestStart: () => void events.push('start'),
    requestEnd: async () => void events.push('end'),
  }).handler(async () => ({ statusCode: 200, multiValueHeaders: {}, body })) as unknown as Run;
  return { events, run: (stream: Writable) => handler({}, stream, {} as Context) };
};

const collect = () => {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString('latin1'));
      done();
    },
  });
  return { chunks, stream };
};
const head = ['{"statusCode":200,"multiValueHeaders":{}}', '\0'.repeat(8)];

describe('an answer', () => {
  it.each([
    ['of bytes', new Uint8Array([0x61, 0xff]), 'a\xff'],
    ['without a body', '' as const, ''],
    ['of a stream', Readable.from([Buffer.from('a'), Buffer.from('b')]), 'ab'],
  ])('%s leaves behind its status, and the request ends after it', async (_title, body, text) => {
    const { events, run } = setUp(body);
    const { chunks, stream } = collect();
    stream.on('finish', () => events.push('out'));

    await run(stream);

    expect(chunks.slice(0, 2)).toEqual(head);
    expect(chunks.slice(2).join('')).toBe(text);
    expect(events).toEqual(['start', 'out', 'end']);
  });

  it('sends its status before the first bytes of a stream are there', async () => {
    const source = new PassThrough();
    const { run } = setUp(source);
    const { chunks, stream } = collect();
    const running = run(stream);
    await expect.poll(() => chunks.slice(0, 2)).toEqual(head);
    source.end('late');
    await running;
    expect(chunks.at(-1)).toBe('late');
  });

  it.each([
    ['with an error', new Error('The caller left.'), 'The caller left.'],
    ['without one', undefined, 'closed before the answer was out'],
  ])('fails when its caller is cut off %s, and the request still ends', async (_title, error, message) => {
    const { events, run } = setUp(new Uint8Array(10));
    const stream = new Writable({ write: () => {}, highWaterMark: 1 });
    const running = run(stream);
    setImmediate(() => stream.destroy(error));
    await expect(running).rejects.toThrow(message);
    expect(events).toEqual(['start', 'end']);
  });
});
