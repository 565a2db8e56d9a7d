/** A baseline JPEG encoder for 8 bit grey (ITU-T T.81). The kept encoders in JavaScript write three colours only. */
import {
  acCodes,
  acLengths,
  acValues,
  type Code,
  dcCodes,
  dcLengths,
  dcValues,
  quantAt50,
  zigzag,
} from './jpeg-tables.ts';

/** The usual scale of quality: 1 to 100. */
const quantTable = (quality: number): number[] => {
  const scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
  return quantAt50.map((value) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
};

/** cos((2x+1)uπ/16), scaled so that two passes give the transform of T.81. */
const cosines = Float64Array.from({ length: 64 }, (_, index) => {
  const [u, x] = [index >> 3, index & 7];
  return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

const half = new Float64Array(64);

/** Rows, then columns. */
const transform = (block: Float64Array): void => {
  for (let y = 0; y < 8; y += 1)
    for (let u = 0; u < 8; u += 1) {
      let sum = 0;
      for (let x = 0; x < 8; x += 1) sum += (block[y * 8 + x] ?? 0) * (cosines[u * 8 + x] ?? 0);
      half[y * 8 + u] = sum;
    }
  for (let u = 0; u < 8; u += 1)
    for (let v = 0; v < 8; v += 1) {
      let sum = 0;
      for (let y = 0; y < 8; y += 1) sum += (half[y * 8 + u] ?? 0) * (cosines[v * 8 + y] ?? 0);
      block[v * 8 + u] = sum;
    }
};

/** Bits in order, with a zero after each byte of ones. */
const createBits = () => {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const put = ({ bits, length }: Code): void => {
    held = (held << length) | bits;
    count += length;
    while (count >= 8) {
      const byte = (held >> (count - 8)) & 0xff;
      bytes.push(byte);
      if (byte === 0xff) bytes.push(0);
      count -= 8;
    }
    held &= (1 << count) - 1;
  };
  const finish = (): number[] => {
    if (count > 0) put({ bits: (1 << (8 - count)) - 1, length: 8 - count });
    return bytes;
  };
  return { put, finish };
};
type Bits = ReturnType<typeof createBits>;

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

/** Negative numbers are written as the complement. */
const putValue = (bits: Bits, value: number, length: number): void => {
  if (length > 0) bits.put({ bits: value < 0 ? value + (1 << length) - 1 : value, length });
};

const putBlock = (bits: Bits, values: Int32Array, lastDc: number): void => {
  const difference = (values[0] ?? 0) - lastDc;
  const dcSize = sizeOf(difference);
  bits.put(dcCodes[dcSize] as Code);
  putValue(bits, difference, dcSize);
  let zeros = 0;
  for (let index = 1; index < 64; index += 1) {
    const value = values[index] ?? 0;
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) bits.put(acCodes[0xf0] as Code);
    const size = sizeOf(value);
    bits.put(acCodes[(zeros << 4) | size] as Code);
    putValue(bits, value, size);
    zeros = 0;
  }
  if (zeros > 0) bits.put(acCodes[0] as Code);
};

const word = (number: number) => [number >> 8, number & 0xff];
const segment = (marker: number, body: readonly number[]) => [0xff, marker, ...word(body.length + 2), ...body];

const head = (width: number, height: number, quant: readonly number[]): number[] => [
  ...[0xff, 0xd8],
  ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
  ...segment(0xdb, [0, ...zigzag.map((place) => quant[place] ?? 1)]),
  ...segment(0xc0, [8, ...word(height), ...word(width), 1, 1, 0x11, 0]),
  ...segment(0xc4, [0x00, ...dcLengths, ...dcValues]),
  ...segment(0xc4, [0x10, ...acLengths, ...acValues]),
  ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
];

const block = new Float64Array(64);
const values = new Int32Array(64);

/** Width and height are multiples of 8. */
export const encodeGreyJpeg = (pixels: Uint8Array, width: number, height: number, quality = 95): Uint8Array => {
  const quant = quantTable(quality);
  const bits = createBits();
  let lastDc = 0;
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      for (let index = 0; index < 64; index += 1)
        block[index] = (pixels[(top + (index >> 3)) * width + left + (index & 7)] ?? 0) - 128;
      transform(block);
      for (let index = 0; index < 64; index += 1) {
        const place = zigzag[index] ?? 0;
        values[index] = Math.round((block[place] ?? 0) / (quant[place] ?? 1));
      }
      putBlock(bits, values, lastDc);
      lastDc = values[0] ?? 0;
    }
  return Uint8Array.from([...head(width, height, quant), ...bits.finish(), 0xff, 0xd9]);
};
