/**
 * Output bytes in one buffer that grows as needed, so that a document with 10,000 links does not need 10,000 pieces.
 */
export const createGrowingBuffer = (sizeBytes: number) => {
  let buffer = Buffer.allocUnsafe(sizeBytes);
  let length = 0;
  const reserve = (moreBytes: number): void => {
    if (length + moreBytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(length + moreBytes, buffer.length * 2));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    copy: (source: Buffer, start: number, end: number): void => {
      reserve(end - start);
      length += source.copy(buffer, length, start, end);
    },
    /** @param text Latin-1: one byte each character. */
    write: (text: string): void => {
      reserve(text.length);
      length += buffer.write(text, length, 'latin1');
    },
    bytes: (): Buffer => buffer.subarray(0, length),
  };
};
