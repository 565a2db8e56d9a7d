/** Feature values of the objects of a site, from their pixels. */
import type { Labels, Picture } from '../images/picture.ts';

/** Values by label: area, eccentricity, then mean and maximum of each picture. */
export interface Measured {
  readonly columns: readonly Map<number, number>[];
}

/** The places of the pixels of each label. */
type Places = ReadonlyMap<number, readonly number[]>;

const placesOf = (raster: Int32Array): Places => {
  const places = new Map<number, number[]>();
  for (let index = 0; index < raster.length; index += 1) {
    const label = raster[index] ?? 0;
    if (label === 0) continue;
    const own = places.get(label);
    if (own === undefined) places.set(label, [index]);
    else own.push(index);
  }
  return places;
};

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** 0 for a circle, near 1 for a line: from the second moments. */
const eccentricity = (own: readonly number[], width: number): number => {
  const ys = own.map((index) => Math.floor(index / width));
  const xs = own.map((index) => index % width);
  const [cy, cx] = [mean(ys), mean(xs)];
  const [a, c] = [mean(xs.map((x) => (x - cx) ** 2)), mean(ys.map((y) => (y - cy) ** 2))];
  const b = mean(xs.map((x, index) => (x - cx) * ((ys[index] ?? 0) - cy)));
  const spread = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const [long, short] = [(a + c) / 2 + spread, (a + c) / 2 - spread];
  return long <= 0 ? 0 : Math.sqrt(Math.max(0, 1 - short / long));
};

const byLabel = (places: Places, compute: (own: readonly number[]) => number): Map<number, number> =>
  new Map([...places].map(([label, own]) => [label, compute(own)]));

const brightness = (places: Places, picture: Picture | undefined): Map<number, number>[] => {
  if (picture === undefined) return [new Map(), new Map()];
  const pixels = picture.pixels();
  const light = (index: number) => pixels[index] ?? 0;
  return [
    byLabel(places, (own) => mean(own.map(light))),
    byLabel(places, (own) => own.reduce((most, index) => Math.max(most, light(index)), 0)),
  ];
};

/** @param pictures one for each channel; one that is missing gives no values. */
export const measure = (labels: Labels, { width }: Picture, pictures: readonly (Picture | undefined)[]): Measured => {
  const places = placesOf(labels.raster());
  return {
    columns: [
      byLabel(places, (own) => own.length),
      byLabel(places, (own) => eccentricity(own, width)),
      ...pictures.flatMap((picture) => brightness(places, picture)),
    ],
  };
};
