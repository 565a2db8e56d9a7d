/**
 * Decoder of `aws-chunked` bodies, which the SDK sends when it streams: `<hex length>[;chunk-signature=..]CRLF data CRLF`
 * per chunk, a chunk of length 0, then trailer lines (S3 API reference, "SigV4 streaming with trailers").
 */
import { S3Error } from './s3-error.ts';

const longestLineBytes = 8192;

/** Yields the data; calls `onTrailer` with each trailer, name in lower case. @throws S3Error IncompleteBody */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  onTrailer: (name: string, value: string) => void,
): AsyncGenerator<Buffer> {
  const bytes = createByteReader(source);
  for (let size = await chunkSize(bytes); size > 0; size = await chunkSize(bytes)) {
    yield* bytes.take(size);
    if ((await bytes.line()) !== '') throw incomplete();
  }
  for (let line = await bytes.line(); line; line = await bytes.line()) {
    const colon = line.indexOf(':');
    if (colon < 1) throw incomplete();
    onTrailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

const chunkSize = async (bytes: ByteReader): Promise<number> => {
  const size = /^([0-9a-fA-F]{1,12})(;.*)?$/.exec((await bytes.line()) ?? '')?.[1];
  if (size === undefined) throw incomplete();
  return Number.parseInt(size, 16);
};

type ByteReader = ReturnType<typeof createByteReader>;

const createByteReader = (source: AsyncIterable<Buffer>) => {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await pieces.next();
    if (next.done) return false;
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  };
  return {
    /** The next line without its CRLF; undefined at the end of the body. */
    async line(): Promise<string | undefined> {
      for (;;) {
        const end = rest.indexOf('\r\n');
        if (end >= 0) {
          const line = rest.toString('latin1', 0, end);
          rest = rest.subarray(end + 2);
          return line;
        }
        if (rest.length > longestLineBytes) throw incomplete();
        if (!(await more())) return rest.length === 0 ? undefined : Promise.reject(incomplete());
      }
    },
    async *take(size: number): AsyncGenerator<Buffer> {
      for (let missing = size; missing > 0; ) {
        if (rest.length === 0 && !(await more())) throw incomplete();
        const piece = rest.subarray(0, missing);
        rest = rest.subarray(piece.length);
        missing -= piece.length;
        if (piece.length > 0) yield piece;
      }
    },
  };
};

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is not valid aws-chunked');
