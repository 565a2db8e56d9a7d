/** Seeded ellipses: the nuclei of a site. Pixels, labels, outlines and feature values are all computed from them. */
import { fraction } from '../random.ts';
import type { Labels } from './picture.ts';

export interface Nucleus {
  /** From 1. */
  readonly label: number;
  readonly y: number;
  readonly x: number;
  /** Half axes in pixels, and the angle of the first. */
  readonly long: number;
  readonly short: number;
  readonly cos: number;
  readonly sin: number;
  /** From 0 to 1: how bright it is in each channel. */
  readonly glow: readonly number[];
}

const rows = 5;
const columns = 8;
const channels = 3;

/** Nuclei of the outer cells are moved towards the border of the site, so that some reach over it. */
const outwards = (place: number, count: number): number => {
  if (place === 0) return -14;
  return place === count - 1 ? 14 : 0;
};

/** One nucleus in each cell of a grid, so that none overlap. */
export const drawNuclei = (seed: number, site: number, width: number, height: number): readonly Nucleus[] =>
  Array.from({ length: rows * columns }, (_, index) => {
    const at = (what: number) => fraction(seed, site, index, what);
    const between = (low: number, high: number, what: number) => low + (high - low) * at(what);
    const cell = { height: height / rows, width: width / columns };
    const free = { y: cell.height / 2 - 20, x: cell.width / 2 - 20 };
    const angle = between(0, Math.PI, 4);
    const [row, column] = [Math.floor(index / columns), index % columns];
    return {
      label: index + 1,
      y: (row + 0.5) * cell.height + between(-free.y, free.y, 0) + outwards(row, rows),
      x: (column + 0.5) * cell.width + between(-free.x, free.x, 1) + outwards(column, columns),
      long: between(14, 19.5, 2),
      short: between(9, 14, 3),
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      glow: Array.from({ length: channels }, (_glow, channel) => between(0.3, 1, 5 + channel)),
    };
  });

/** Calls back for each pixel near a nucleus with the squared distance in half axes: below 1 is inside. */
export const eachPixelNear = (
  nucleus: Nucleus,
  width: number,
  height: number,
  visit: (index: number, distance: number) => void,
): void => {
  const reach = nucleus.long * 1.5;
  const from = { y: Math.max(0, Math.ceil(nucleus.y - reach)), x: Math.max(0, Math.ceil(nucleus.x - reach)) };
  const to = { y: Math.min(height - 1, nucleus.y + reach), x: Math.min(width - 1, nucleus.x + reach) };
  for (let y = from.y; y <= to.y; y += 1)
    for (let x = from.x; x <= to.x; x += 1) {
      const [dy, dx] = [y - nucleus.y, x - nucleus.x];
      const along = (dx * nucleus.cos + dy * nucleus.sin) / nucleus.long;
      const across = (dy * nucleus.cos - dx * nucleus.sin) / nucleus.short;
      visit(y * width + x, along * along + across * across);
    }
};

export const nucleiLabels = (nuclei: readonly Nucleus[], width: number, height: number): Labels => ({
  numbers: nuclei.map(({ label }) => label),
  raster() {
    const raster = new Int32Array(width * height);
    for (const nucleus of nuclei)
      eachPixelNear(nucleus, width, height, (index, distance) => {
        if (distance < 1) raster[index] = nucleus.label;
      });
    return raster;
  },
});
