/** Where sites lie in the layers. Wells and plates keep a distance, rows and columns without wells take no room. */

/** Pixels between wells, and between plates. The distance of wells is the demo's; that of plates is the simulator's own. */
const wellGap = 500;
const plateGap = 2000;

interface Placed {
  /** Plates are in their order, from left to right. */
  readonly plate: number;
  readonly well: string;
  readonly y: number;
  readonly x: number;
}

interface Spot {
  readonly top: number;
  readonly left: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  spotOf(site: Placed): Spot;
}

const ranked = <T>(values: readonly T[], compare: (a: T, b: T) => number): Map<T, number> =>
  new Map([...new Set(values)].toSorted(compare).map((value, rank) => [value, rank]));

const rowOf = (well: string) => well[0] ?? 'A';
const columnOf = (well: string) => Number(well.slice(1));
const inOrder = (a: number, b: number) => a - b;

/** @param size of a site; all sites have one size. */
export const layoutOf = (
  sites: readonly Placed[],
  size: { readonly width: number; readonly height: number },
): Layout => {
  const rows = ranked(
    sites.map(({ well }) => rowOf(well)),
    (a, b) => (a < b ? -1 : 1),
  );
  const columns = ranked(
    sites.map(({ well }) => columnOf(well)),
    inOrder,
  );
  const plates = ranked(
    sites.map(({ plate }) => plate),
    inOrder,
  );
  const most = (numbers: readonly number[]) => numbers.reduce((best, number) => Math.max(best, number), 0);
  const wellHeight = (most(sites.map(({ y }) => y)) + 1) * size.height;
  const wellWidth = (most(sites.map(({ x }) => x)) + 1) * size.width;
  const plateHeight = rows.size * wellHeight + (rows.size - 1) * wellGap;
  const plateWidth = columns.size * wellWidth + (columns.size - 1) * wellGap;
  return {
    height: plateHeight,
    width: plates.size * plateWidth + (plates.size - 1) * plateGap,
    spotOf: ({ plate, well, y, x }) => ({
      top: (rows.get(rowOf(well)) ?? 0) * (wellHeight + wellGap) + y * size.height,
      left:
        (plates.get(plate) ?? 0) * (plateWidth + plateGap) +
        (columns.get(columnOf(well)) ?? 0) * (wellWidth + wellGap) +
        x * size.width,
    }),
  };
};

/** Row and column of the n-th site of a well, from 0: row by row, in the narrowest square that holds all. No source says how a microscope goes. */
export const placeInWell = (index: number, count: number): { readonly y: number; readonly x: number } => {
  const columns = Math.ceil(Math.sqrt(count));
  return { y: Math.floor(index / columns), x: index % columns };
};

/** The zoom at which a layer has its full size: at 0 it fits into one tile. */
export const maxZoomOf = (width: number, height: number): number =>
  Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / 256)));
