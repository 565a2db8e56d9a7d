/** Files that are larger than what Lambda streams in one answer. */
import { describe, expect, it } from 'vitest';
import { mostStreamedBytes, streamFile } from '../../../functions/edge/file-reply.ts';
import type { ByteRange } from '../../../shared/exports/result-files.ts';
import { headerValue } from '../../../shared/http/headers.ts';

const large = 3 * mostStreamedBytes;
const fileOf = (sizeBytes: number) => ({ mediaType: 'application/zip', fileName: 'a.zip', sha256: 'f0', sizeBytes });

const ask = async (sizeBytes: number, header: string | undefined, hasUrl = true, method = 'GET') => {
  const opened: (ByteRange | undefined)[] = [];
  const open = async (range: ByteRange | undefined) => {
    opened.push(range);
    return new Uint8Array();
  };
  const presign = hasUrl ? async (seconds: number) => `https://s3.example.com/a?for=${seconds}` : undefined;
  const { status, headers } = await streamFile({ method }, fileOf(sizeBytes), header, { open, presign });
  const headerOf = (name: string) => headerValue(headers, name);
  return {
    status,
    opened,
    location: headerOf('location'),
    range: headerOf('content-range'),
    length: headerOf('content-length'),
  };
};

describe('a file', () => {
  it('that fits into an answer is streamed whole', async () => {
    expect(await ask(mostStreamedBytes, undefined)).toMatchObject({ status: 200, opened: [undefined] });
  });

  it('that does not fit is given by a URL, or refused where it has none', async () => {
    const url = 'https://s3.example.com/a?for=300';
    expect(await ask(mostStreamedBytes + 1, undefined)).toMatchObject({ status: 303, location: url, opened: [] });
    await expect(ask(mostStreamedBytes + 1, undefined, false)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    const head = await ask(large, undefined, false, 'HEAD');
    expect(head).toMatchObject({ status: 200, length: String(large), opened: [] });
  });

  it('can be fetched to its end in ranges, of which each fits', async () => {
    let next = 0;
    let answers = 0;
    while (next < large) {
      const { status, range = '', length } = await ask(large, `bytes=${next}-`, false);
      const [, first, last] = /^bytes (\d+)-(\d+)\/\d+$/.exec(range) ?? [];
      expect([status, Number(first)]).toEqual([206, next]);
      expect(Number(length)).toBeLessThanOrEqual(mostStreamedBytes);
      next = Number(last) + 1;
      answers += 1;
    }
    expect([next, answers]).toEqual([large, 3]);
  });
});
