/** Outlines of the objects of a site, traced from their labels, in pixels of the site. */
import { contours } from 'd3-contour';
import type { Labels } from '../images/picture.ts';
import { createRecent } from '../images/recent.ts';

export type Point = readonly [x: number, y: number];

export interface Outline {
  readonly label: number;
  /** The outer ring; its last point is its first. */
  readonly ring: readonly Point[];
  readonly centre: Point;
  readonly isBorder: boolean;
  readonly box: Box;
}

interface Box {
  top: number;
  left: number;
  /** Of the last row and column. */
  bottom: number;
  right: number;
}

interface Extent extends Box {
  pixels: number;
  sumY: number;
  sumX: number;
}

const extentsOf = (raster: Int32Array, width: number): Map<number, Extent> => {
  const extents = new Map<number, Extent>();
  for (let index = 0; index < raster.length; index += 1) {
    const label = raster[index] ?? 0;
    if (label === 0) continue;
    const [y, x] = [Math.floor(index / width), index % width];
    const known = extents.get(label) ?? { top: y, left: x, bottom: y, right: x, pixels: 0, sumY: 0, sumX: 0 };
    known.bottom = y;
    known.left = Math.min(known.left, x);
    known.right = Math.max(known.right, x);
    known.pixels += 1;
    known.sumY += y;
    known.sumX += x;
    extents.set(label, known);
  }
  return extents;
};

/** The longest ring around the pixels of a label. The mask is one pixel wider on each side, so that each ring closes. */
const trace = (raster: Int32Array, width: number, label: number, { top, left, bottom, right }: Box): Point[] => {
  const size = { width: right - left + 3, height: bottom - top + 3 };
  const mask = Array.from({ length: size.width * size.height }, () => 0);
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1)
      if (raster[y * width + x] === label) mask[(y - top + 1) * size.width + (x - left + 1)] = 1;
  const { coordinates } = contours().size([size.width, size.height]).contour(mask, 0.5);
  const rings = coordinates.map(([outer = []]) => outer).toSorted((a, b) => b.length - a.length);
  return (rings[0] ?? []).map(([x = 0, y = 0]) => [x + left - 1, y + top - 1] as const);
};

const outlinesIn = (raster: Int32Array, width: number): Outline[] => {
  const height = raster.length / width;
  return [...extentsOf(raster, width)].map(([label, extent]) => ({
    label,
    ring: trace(raster, width, label, extent),
    centre: [extent.sumX / extent.pixels + 0.5, extent.sumY / extent.pixels + 0.5],
    isBorder: extent.top === 0 || extent.left === 0 || extent.bottom === height - 1 || extent.right === width - 1,
    box: extent,
  }));
};

const rememberedSites = 512;
const bySite = createRecent(rememberedSites, (_labels: Labels) => new Map<number, Outline[]>());

/** @param width of the site */
export const outlinesOf = (labels: Labels, width: number): readonly Outline[] => {
  const known = bySite(labels);
  const outlines = known.get(width) ?? outlinesIn(labels.raster(), width);
  known.set(width, outlines);
  return outlines;
};
