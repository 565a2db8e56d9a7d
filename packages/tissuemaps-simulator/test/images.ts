/** Images for uploads: squares of light on a dark ground, as PNG. */
import { encodeGreyPng } from '../src/images/png.ts';

export const side = 64;

/** Squares of 10 pixels whose upper left corners are given. */
export const squares = (corners: readonly (readonly [y: number, x: number])[], light = 3000): Uint8Array => {
  const pixels = new Uint16Array(side * side).fill(100);
  for (const [top, left] of corners)
    for (let y = top; y < top + 10; y += 1) pixels.fill(light, y * side + left, y * side + left + 10);
  return encodeGreyPng(pixels, side, side, 16);
};
