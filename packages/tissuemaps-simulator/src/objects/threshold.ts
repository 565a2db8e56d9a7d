/** Objects of a picture whose objects nobody knows: bright pixels that touch each other. */
import type { Labels, Picture } from '../images/picture.ts';

const bins = 256;

/** Otsu's threshold: the brightness that parts the pixels into two groups that differ most. */
const otsu = (pixels: Uint16Array, most: number): number => {
  const counts = new Float64Array(bins);
  for (const pixel of pixels) {
    const bin = Math.floor((pixel / (most + 1)) * bins);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let best = { bin: 0, variance: -1 };
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    below += counts[bin] ?? 0;
    sumBelow += bin * (counts[bin] ?? 0);
    const above = pixels.length - below;
    if (below === 0 || above === 0) continue;
    const variance = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (variance > best.variance) best = { bin, variance };
  }
  return ((best.bin + 1) / bins) * (most + 1);
};

/** Smaller groups of pixels are noise. */
const fewestPixels = 20;

/** The pixels of the group that holds `start`, which it takes out of `isBright`. */
const takeGroup = (isBright: Uint8Array, width: number, start: number): number[] => {
  const group = [start];
  isBright[start] = 0;
  for (let at = 0; at < group.length; at += 1) {
    const index = group[at] ?? 0;
    const x = index % width;
    const beside = [index - width, index + width, x > 0 ? index - 1 : -1, x < width - 1 ? index + 1 : -1];
    for (const next of beside) {
      if (next < 0 || isBright[next] !== 1) continue;
      isBright[next] = 0;
      group.push(next);
    }
  }
  return group;
};

export const labelPixels = (picture: Picture): Labels => {
  const pixels = picture.pixels();
  const threshold = otsu(pixels, picture.brightest());
  const isBright = Uint8Array.from(pixels, (pixel) => (pixel >= threshold ? 1 : 0));
  const raster = new Int32Array(pixels.length);
  let last = 0;
  for (let index = 0; index < pixels.length; index += 1) {
    if (isBright[index] !== 1) continue;
    const group = takeGroup(isBright, picture.width, index);
    if (group.length < fewestPixels) continue;
    last += 1;
    for (const place of group) raster[place] = last;
  }
  return { numbers: Array.from({ length: last }, (_, index) => index + 1), raster: () => raster };
};
