import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from '../../../../local/emulators/s3/chunked-body.ts';
import { parseXml, toXml } from '../../../../local/emulators/s3/xml.ts';

async function* cut(bytes: Buffer, sizes: readonly number[]) {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

describe('decodeAwsChunked', () => {
  it('gives back data and trailers however the network cuts the body', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 });
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 10 });
    const law = async (data: Uint8Array[], cuts: number[], trailer: string) => {
      const frames = data.map((chunk) => [
        Buffer.from(`${chunk.length.toString(16)};x=y\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]);
      const end = Buffer.from(`0\r\nX-Amz-Checksum-CRC32: ${trailer}\r\n\r\n`);
      const trailers: string[][] = [];
      const seen: Buffer[] = [];
      const body = cut(Buffer.concat([...frames.flat(), end]), cuts);
      for await (const piece of decodeAwsChunked(body, (...pair) => trailers.push(pair))) seen.push(piece);
      expect(Buffer.concat(seen)).toEqual(Buffer.concat(data));
      expect(trailers).toEqual([['x-amz-checksum-crc32', trailer]]);
    };
    await fc.assert(fc.asyncProperty(chunks, sizes, fc.base64String({ minLength: 4 }), law));
  });
});

describe('XML', () => {
  it('reads back any text that it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (first, second) => {
        const root = parseXml(toXml('Root', { Entry: [{ Key: first }, { Key: second }] }));
        expect(root.children.map((entry) => entry.children[0]?.text)).toEqual([first, second]);
      }),
    );
  });

  it.each(['', '<a>', '<a></b>', 'text', '<a/><b/>', '<a><b></a></b>', '<!DOCTYPE a><a/>', '<a', '<a>&#x110000;</a>'])(
    'refuses %j',
    (source) => {
      expect(() => parseXml(source)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
    },
  );
});
