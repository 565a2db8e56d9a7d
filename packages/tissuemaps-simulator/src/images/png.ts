/** Grey PNG of 8 or 16 bits. */
import { encode } from 'fast-png';

export const encodeGreyPng = (pixels: Uint16Array, width: number, height: number, bitDepth: 8 | 16): Uint8Array => {
  const data = bitDepth === 8 ? Uint8Array.from(pixels) : pixels;
  // Noise does not get smaller with more effort.
  return encode({ width, height, data, depth: bitDepth, channels: 1 }, { zlib: { level: 1 } });
};
