/** The bytes of a file of any size, by ranges: one answer has at most 200 MB, and a connection may break. */

/** Asks for the bytes from `offset` on. */
type Open = (offset: number) => Promise<Response>;

async function* bytesOf(open: Open, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < sizeBytes; ) {
    const start = offset;
    const answer = await open(start);
    // A 200 in place of a 206 begins at the first byte.
    if (start > 0 && answer.status !== 206) throw new Error('The answer is not the range that was asked for.');
    try {
      for await (const chunk of chunksOf(answer)) {
        offset += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      if (offset === start) throw error;
    }
    if (offset === start) throw new Error(`The file ends after ${offset} of ${sizeBytes} bytes.`);
  }
}

/** By a reader: not every browser can iterate over a stream. */
async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** A broken transfer goes on where it was, as long as each one brings something. */
export const fileStream = (open: Open, sizeBytes: number): ReadableStream<Uint8Array> => {
  const bytes = bytesOf(open, sizeBytes);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
};
