import { PassThrough, Readable, Writable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proxyEvent } from '../../support/lambda.ts';

const { httpHandler } = await import('../../../functions/edge/http-handler.ts');
const { logger } = await import('../../../functions/edge/logger.ts');

const mebibyte = 1_048_576;
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 900_000 } as Context;

/** A caller that reads so many bytes a second, once its buffers hold `bufferBytes`. */
const createCaller = (bytesPerSecond: number, bufferBytes = 4 * mebibyte) => {
  let takenBytes = 0;
  const sizes: number[] = [];
  const waiting: (() => void)[] = [];
  const mayTake = (): boolean =>
    takenBytes < bufferBytes + ((performance.now() - startMillis) / 1_000) * bytesPerSecond;
  const startMillis = performance.now();
  const timer = setInterval(() => {
    while (waiting.length > 0 && mayTake()) waiting.shift()?.();
  }, 100);
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      sizes.push(chunk.byteLength);
      const take = (): void => {
        takenBytes += chunk.byteLength;
        done();
      };
      if (mayTake()) take();
      else waiting.push(take);
    },
    destroy(error, done) {
      clearInterval(timer);
      done(error);
    },
  });
  return { stream, sizes, taken: () => takenBytes };
};

/** Bytes as long as they are asked for. */
const endless = (): Readable =>
  new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });

const background: Promise<void>[] = [];

/** Runs a handler that answers with `body`, until it is done. */
const deliver = (body: Uint8Array | Readable, stream: Writable): Promise<'done' | Error> => {
  const handler = httpHandler('https://facade.example.com', async (request) => {
    for (const work of background) request.background?.(work);
    return { status: 200, headers: [], body };
  }) as unknown as (event: unknown, stream: Writable, context: Context) => Promise<unknown>;
  return handler(proxyEvent({ resource: '/x' }), stream, context).then(
    () => 'done' as const,
    (error: Error) => error,
  );
};

const metrics = () => vi.mocked(process.stdout.write).mock.calls.map(([line]) => String(line));

describe('an answer whose caller', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    background.splice(0);
  });
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(1_000);
    }
  };

  it('reads nothing is cut after 30 s, and its source ends', async () => {
    const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
    const source = endless();
    const { stream } = createCaller(0);
    const ending = deliver(source, stream);
    await pass(29);
    expect(source.destroyed).toBe(false);
    await pass(5);
    expect(await ending).toMatchObject({ message: expect.stringContaining('reads too slowly') });
    expect([stream.destroyed, source.destroyed]).toEqual([true, true]);
    expect(metrics().filter((line) => line.includes('AnswersCut'))).toHaveLength(1);
    expect(warn.mock.calls).toEqual([['answer cut', { requestId: expect.any(String), takenBytes: 4 * mebibyte }]]);
  });

  it('reads nothing of an answer at hand is cut too', async () => {
    const { stream } = createCaller(0, 0);
    const ending = deliver(Buffer.alloc(1_000), stream);
    await pass(34);
    expect(await ending).toMatchObject({ message: expect.stringContaining('reads too slowly') });
  });

  it('reads 8 KiB/s is cut', async () => {
    const { stream } = createCaller(8_192, 0);
    const ending = deliver(endless(), stream);
    await pass(125);
    expect(await ending).toMatchObject({ message: expect.stringContaining('reads too slowly') });
  });

  it('reads 64 KiB/s gets all of it', async () => {
    const { stream, taken } = createCaller(65_536, 0);
    const ending = deliver(new Uint8Array(10 * mebibyte), stream);
    await pass(200);
    expect(await ending).toBe('done');
    expect(taken()).toBe(10 * mebibyte);
    expect(metrics().join()).not.toContain('AnswersCut');
  });

  it('waits for a slow upstream is not cut', async () => {
    const source = new PassThrough();
    const { stream, taken } = createCaller(65_536);
    const ending = deliver(source, stream);
    source.write('first');
    await pass(300);
    source.end(' and last');
    expect(await ending).toBe('done');
    expect(taken()).toBe(14);
  });

  it('takes an answer at hand in chunks, so that it can be seen how far it has come', async () => {
    const { stream, sizes } = createCaller(0);
    expect(await deliver(new Uint8Array(3 * mebibyte + 1), stream)).toBe('done');
    expect(Math.max(...sizes)).toBe(65_536);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3 * mebibyte + 1);
  });

  it('leaves ends its source, and what goes on behind it is still waited for', async () => {
    const source = endless();
    const { stream } = createCaller(0);
    const gate = Promise.withResolvers<void>();
    background.push(gate.promise);
    const ending = deliver(source, stream);
    await pass(1);
    stream.destroy();
    let isDone = false;
    void ending.then(() => {
      isDone = true;
    });
    await pass(1);
    expect([source.destroyed, isDone]).toEqual([true, false]);
    gate.resolve();
    expect(await ending).toBeInstanceOf(Error);
  });
});
