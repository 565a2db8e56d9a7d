/** Whole numbers, texts and bytes one after the other, in as few bytes as there are. */

export const createByteWriter = () => {
  const bytes: number[] = [];
  const writer = {
    byte: (value: number): void => void bytes.push(value),
    /** 0 or more, up to the largest safe integer: seven bits a byte, the last one below 128. */
    whole(value: number): void {
      let rest = value;
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
      bytes.push(rest);
    },
    raw: (value: Uint8Array): void => void bytes.push(...value),
    text(value: string): void {
      const encoded = Buffer.from(value);
      writer.whole(encoded.byteLength);
      for (const byte of encoded) bytes.push(byte);
    },
    taken: (): Buffer => Buffer.from(bytes),
  };
  return writer;
};

/** @throws RangeError where the bytes end too soon. */
export const createByteReader = (bytes: Uint8Array) => {
  let at = 0;
  const reader = {
    isAtEnd: (): boolean => at >= bytes.byteLength,
    byte(): number {
      const value = bytes[at];
      if (value === undefined) throw new RangeError('stored bytes end too soon');
      at += 1;
      return value;
    },
    whole(): number {
      let value = 0;
      for (let unit = 1; ; unit *= 128) {
        const byte = reader.byte();
        value += (byte % 128) * unit;
        if (byte < 128) return value;
      }
    },
    raw(count: number): Buffer {
      if (at + count > bytes.byteLength) throw new RangeError('stored bytes end too soon');
      at += count;
      return Buffer.from(bytes.subarray(at - count, at));
    },
    text: (): string => reader.raw(reader.whole()).toString(),
    rest: (): Buffer => reader.raw(bytes.byteLength - at),
  };
  return reader;
};
