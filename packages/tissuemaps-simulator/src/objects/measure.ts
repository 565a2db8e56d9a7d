/** Feature values of the objects of a site, from their pixels. */
import type { Labels, Picture } from '../images/picture.ts';

interface Sums {
  pixels: number;
  y: number;
  x: number;
  yy: number;
  xx: number;
  xy: number;
}

/** Values by label: area, eccentricity, then mean and maximum of each picture. */
export interface Measured {
  readonly columns: readonly Map<number, number>[];
}

const sumShapes = (raster: Int32Array, width: number): Map<number, Sums> => {
  const sums = new Map<number, Sums>();
  for (let index = 0; index < raster.length; index += 1) {
    const label = raster[index] ?? 0;
    if (label === 0) continue;
    const known = sums.get(label) ?? { pixels: 0, y: 0, x: 0, yy: 0, xx: 0, xy: 0 };
    const [y, x] = [Math.floor(index / width), index % width];
    known.pixels += 1;
    known.y += y;
    known.x += x;
    known.yy += y * y;
    known.xx += x * x;
    known.xy += x * y;
    sums.set(label, known);
  }
  return sums;
};

/** 0 for a circle, near 1 for a line: from the second moments. */
const eccentricity = ({ pixels, y, x, yy, xx, xy }: Sums): number => {
  const [cy, cx] = [y / pixels, x / pixels];
  const [a, b, c] = [xx / pixels - cx * cx, xy / pixels - cx * cy, yy / pixels - cy * cy];
  const spread = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const [long, short] = [(a + c) / 2 + spread, (a + c) / 2 - spread];
  return long <= 0 ? 0 : Math.sqrt(Math.max(0, 1 - short / long));
};

const brightness = (raster: Int32Array, picture: Picture | undefined, shapes: ReadonlyMap<number, Sums>) => {
  const sums = new Map<number, number>();
  const most = new Map<number, number>();
  const pixels = picture?.pixels();
  if (pixels === undefined) return [sums, most];
  for (let index = 0; index < raster.length; index += 1) {
    const label = raster[index] ?? 0;
    if (label === 0) continue;
    const pixel = pixels[index] ?? 0;
    sums.set(label, (sums.get(label) ?? 0) + pixel);
    most.set(label, Math.max(most.get(label) ?? 0, pixel));
  }
  const means = new Map([...sums].map(([label, sum]) => [label, sum / (shapes.get(label)?.pixels ?? 1)]));
  return [means, most];
};

/** @param pictures one for each channel; one that is missing gives no values. */
export const measure = (labels: Labels, { width }: Picture, pictures: readonly (Picture | undefined)[]): Measured => {
  const raster = labels.raster();
  const shapes = sumShapes(raster, width);
  const areas = new Map([...shapes].map(([label, { pixels }]) => [label, pixels]));
  const eccentricities = new Map([...shapes].map(([label, sums]) => [label, eccentricity(sums)]));
  return { columns: [areas, eccentricities, ...pictures.flatMap((picture) => brightness(raster, picture, shapes))] };
};
