/** Real PNG files, made without a library: signature, header, one compressed block of pixels, end. */
import { crc32, deflateSync } from 'node:zlib';
import { bytesContent } from '../tenant/content.ts';
import type { Content } from '../tenant/model.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A gradient in true colour whose tint depends on `seed`. */
export const pngBytes = (width: number, height: number, seed: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = Buffer.alloc(height * (1 + width * 3));
  let place = 0;
  for (let y = 0; y < height; y += 1) {
    place += 1; // Each line begins with its filter, which is 0.
    for (let x = 0; x < width; x += 1) {
      pixels[place] = x + seed * 37;
      pixels[place + 1] = y + seed * 11;
      pixels[place + 2] = x + y;
      place += 3;
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** The smaller picture that replaces an image above 5 MB (that it is a gradient is invented). */
export const shrunkenImage = (): Content => bytesContent('image/png', pngBytes(640, 480, 5));
