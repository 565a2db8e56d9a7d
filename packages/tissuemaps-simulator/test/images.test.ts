/** The parts that make pixels: the JPEG encoder, images of other programs, and lines. */
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { encodeGreyJpeg } from '../src/images/jpeg.ts';
import { openPicture, sizeOf } from '../src/images/open-picture.ts';
import { simplify } from '../src/objects/simplify.ts';
import { fraction } from '../src/random.ts';
import { side, squares } from './images.ts';

describe('the JPEG encoder', () => {
  it.each([
    ['a ramp', (index: number) => (index % 64) * 4, 3],
    ['noise', (index: number) => Math.floor(fraction(index) * 256), 24],
    ['black and white', (index: number) => (index % 64 < 32 ? 0 : 255), 3],
  ])('writes %s that another decoder reads', (_name, greyAt, farthest) => {
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, index) => greyAt(index));
    const { data, width, height } = jpeg.decode(encodeGreyJpeg(pixels, 64, 64), { useTArray: true });
    const far = pixels.map((grey, index) => Math.abs(grey - (data[index * 4] ?? 0)));
    expect([width, height]).toEqual([64, 64]);
    expect(far.reduce((most, distance) => Math.max(most, distance), 0)).toBeLessThanOrEqual(farthest);
  });
});

/** A TIFF of one strip: eight entries behind the header, then the pixels. */
const tiffOf = (pixels: Uint16Array, width: number, height: number): Uint8Array => {
  const entries = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 16],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8 + 2 + 9 * 12 + 4],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, pixels.length * 2],
  ] as const;
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(1, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([head, Buffer.from(pixels.buffer)]);
};

describe('an uploaded image', () => {
  it('is read from PNG and TIFF', () => {
    const png = openPicture(squares([[4, 4]]));
    expect([png?.width, png?.height, png?.bitDepth, png?.brightest()]).toEqual([side, side, 16, 3000]);
    const pixels = Uint16Array.from({ length: 12 }, (_, index) => index * 1000);
    const tiff = openPicture(tiffOf(pixels, 4, 3));
    expect([tiff?.width, tiff?.height, tiff?.bitDepth]).toEqual([4, 3, 16]);
    expect(tiff?.pixels()).toEqual(pixels);
  });

  it('is nothing when it is cut, or no image', () => {
    expect(openPicture(squares([]).subarray(0, 60))).toBeUndefined();
    for (const text of ['', 'text', 'II*\0']) expect(sizeOf(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

describe('simplify', () => {
  it('leaves out points that lie near a line, and keeps the ring closed', () => {
    const ring = [
      [0, 0],
      [5, 0.2],
      [10, 0],
      [10, 10],
      [5, 10.1],
      [0, 10],
      [0, 0],
    ] as const;
    expect(simplify(ring, 1)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ]);
    expect(simplify(ring, 0)).toBe(ring);
  });
});
