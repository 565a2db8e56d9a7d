/**
 * How a lamp lights a site: less towards the corners. The drawn pictures have this fall-off, and the correction of illumination removes it. The server
 * learns it from all images of a channel; the simulator takes the same one for all.
 */
import type { Picture } from './picture.ts';

/** Share of the light that arrives: 1 in the middle, 0.8 in the corners. */
export const fallOff = (y: number, x: number, height: number, width: number): number => {
  const dy = (2 * y) / height - 1;
  const dx = (2 * x) / width - 1;
  return 1 - 0.1 * (dy * dy + dx * dx);
};

export const corrected = ({ width, height, bitDepth, pixels }: Picture): Uint16Array => {
  const most = 2 ** bitDepth - 1;
  return pixels().map((pixel, index) => {
    const y = Math.floor(index / width);
    return Math.min(most, Math.round(pixel / fallOff(y, index - y * width, height, width)));
  });
};
