/** One value a line (NDJSON). */

/** Some readers take these for the end of a line, and JSON.stringify leaves them as they are. */
const lineEnds = /[\u0085\u2028\u2029]/g;

/** Without the end of the line. */
export const toLine = (value: unknown): string =>
  JSON.stringify(value).replace(lineEnds, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The lines of a stream, without their ends. A last line without an end counts, too. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let left = '';
  for await (const chunk of body) {
    const lines = (left + decoder.decode(chunk, { stream: true })).split('\n');
    left = lines.pop() ?? '';
    yield* lines;
  }
  left += decoder.decode();
  if (left !== '') yield left;
}
