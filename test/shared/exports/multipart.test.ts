/** Multipart answers: where the parts are, whatever the pieces in which they come. */

import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, readMultipart } from '../../../shared/exports/multipart.ts';
import { sized } from '../../support/test-size.ts';

const pieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  );

describe('a multipart answer', () => {
  it('is read part by part, also when a part contains the boundary and says how long it is', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            content: fc.oneof(fc.string(), fc.constant('\r\n--b--\r\n'), fc.constant('\r\n--b--')),
            hasLength: fc.boolean(),
          }),
          { maxLength: 5 },
        ),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (wanted, size, hasPreamble) => {
          const boundary = 'b--';
          const parts = wanted.map(({ content, hasLength }) => ({
            hasLength: hasLength || content.includes('--b'),
            content: Buffer.from(content),
          }));
          const bytes = Buffer.concat([
            Buffer.from(hasPreamble ? 'hello\r\n' : ''),
            ...parts.flatMap(({ content, hasLength }, at) => [
              Buffer.from(`--${boundary} \r\nContent-Disposition: form-data; name="p\\"${at}"; filename="f${at}"\r\n`),
              Buffer.from(hasLength ? `content-length: ${content.byteLength}\r\n\r\n` : '\r\n'),
              content,
              Buffer.from('\r\n'),
            ]),
            Buffer.from(`--${boundary}--`),
          ]);
          const read = await readMultipart(pieces(bytes, size), boundary);
          expect(read.map(({ offset, sizeBytes }) => bytes.subarray(offset, offset + sizeBytes))).toEqual(
            parts.map(({ content }) => content),
          );
          expect(read.map(({ name, fileName }) => [name, fileName])).toEqual(
            parts.map((_, at) => [`p"${at}`, `f${at}`]),
          );
        },
      ),
      { numRuns: sized(1_000) },
    ));

  it.each([
    ['multipart/mixed; boundary="--a b--"', '--a b--'],
    ['multipart/mixed;charset=x; boundary=abc', 'abc'],
  ])('has the boundary that its type names: %s', (mediaType, boundary) => {
    expect(boundaryOf(mediaType)).toBe(boundary);
  });

  it('has the names that its parts say, and no others that stand within them or that no answer can carry', async () => {
    const head = 'Content-Disposition: form-data; filename="a; name=b; x=\\"; name=\\"c"; name=part-1';
    const bytes = Buffer.from(`--b\r\n${head}\r\nContent-Type: text/\u00fc\r\n\r\nabc\r\n--b--`);
    expect(await readMultipart(pieces(bytes, 7), 'b')).toMatchObject([
      { name: 'part-1', fileName: 'a; name=b; x="; name="c', mediaType: 'application/octet-stream' },
    ]);
  });

  it('that is cut at any byte is refused', async () => {
    const bytes = Buffer.from('--b\r\nA: 1\r\ncontent-length: 3\r\n\r\nabc\r\n--b\r\n\r\nxyz\r\n--b--');
    for (let length = 0; length < bytes.byteLength; length += 1)
      await expect(readMultipart(pieces(bytes.subarray(0, length), 7), 'b')).rejects.toThrow(
        'end before their end mark',
      );
  });
});
