import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readUpTo } from '../../../shared/streams/read-up-to.ts';

const streamOf = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

describe('a stream that is read up to a bound', () => {
  it('is whole when it has at most so many bytes, in however many parts', async () => {
    expect((await readUpTo(streamOf('ab', '', 'cd'), 4))?.toString()).toBe('abcd');
    expect((await readUpTo([], 0))?.toString()).toBe('');
  });

  it('is given up when it has more, and closed', async () => {
    const stream = streamOf('ab', 'cde', 'f');
    expect(await readUpTo(stream, 4)).toBeUndefined();
    expect(stream.destroyed).toBe(true);
  });

  it('fails as the stream fails', async () => {
    const failure = new Error('cut');
    const stream = new Readable({ read: () => undefined });
    const reading = readUpTo(stream, 4);
    stream.destroy(failure);
    await expect(reading).rejects.toBe(failure);
  });
});
