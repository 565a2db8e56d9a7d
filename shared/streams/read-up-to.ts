/**
 * All bytes of a stream of at most `mostBytes`; undefined for a longer one, which is given up where that shows.
 * @throws what the stream fails with.
 */
export const readUpTo = async (
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mostBytes: number,
): Promise<Buffer | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};
