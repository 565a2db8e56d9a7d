/** Uploaded images: the size from the header, the pixels when they are wanted. */
import { decode as decodePng, hasPngSignature } from 'fast-png';
import { decode as decodeTiff } from 'tiff';
import type { Picture } from './picture.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 16;
}

type Pixels = PictureSize & { readonly data: ArrayLike<number> };

/** Bytes of the header of a PNG: width and height from 16, bits and colours at 24 and 25. */
const pngSize = (bytes: Uint8Array): PictureSize | undefined => {
  if (bytes.length < 33) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [depth, colours] = [view.getUint8(24), view.getUint8(25)];
  if (colours !== 0 || (depth !== 8 && depth !== 16)) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20), bitDepth: depth };
};

const tiffOf = (bytes: Uint8Array, ignoreImageData: boolean): Pixels | undefined => {
  const [page] = decodeTiff(bytes, { ignoreImageData });
  const depth = page?.bitsPerSample;
  if (page === undefined || page.components !== 1 || (depth !== 8 && depth !== 16)) return undefined;
  return { width: page.width, height: page.height, bitDepth: depth, data: ignoreImageData ? [] : page.data };
};

const isPng = (bytes: Uint8Array) => bytes.length > 8 && hasPngSignature(bytes);

const attempt = <T>(read: () => T | undefined): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** Nothing for bytes that are no PNG or TIFF in shades of grey. */
export const sizeOf = (bytes: Uint8Array): PictureSize | undefined =>
  attempt(() => (isPng(bytes) ? pngSize(bytes) : tiffOf(bytes, true)));

const pixelsOf = (bytes: Uint8Array): Uint16Array | undefined =>
  attempt(() => {
    const data = isPng(bytes) ? decodePng(bytes).data : tiffOf(bytes, false)?.data;
    return data === undefined ? undefined : Uint16Array.from(data);
  });

const brightest = (pixels: Uint16Array) => pixels.reduce((most, pixel) => Math.max(most, pixel), 0);

/** Reads the pixels once, to see that they are there. Later reads decode the bytes again, so that large uploads fit into memory. */
export const openPicture = (bytes: Uint8Array): Picture | undefined => {
  const size = sizeOf(bytes);
  const pixels = pixelsOf(bytes);
  if (size === undefined || pixels?.length !== size.width * size.height) return undefined;
  const most = brightest(pixels);
  const { width, height, bitDepth } = size;
  return { width, height, bitDepth, brightest: () => most, pixels: () => pixelsOf(bytes) ?? new Uint16Array(0) };
};
