/** Fewer points for an outline (Douglas and Peucker): none that is left out is farther from the line than the tolerance. */
import type { Point } from './outlines.ts';

const distance = ([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number => {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length === 0) return Math.hypot(x - x1, y - y1);
  return Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
};

const between = (points: readonly Point[], from: number, to: number, tolerance: number): Point[] => {
  const [start, end] = [points[from], points[to]];
  if (start === undefined || end === undefined) return [];
  let farthest = { index: -1, distance: tolerance };
  for (let index = from + 1; index < to; index += 1) {
    const far = distance(points[index] ?? start, start, end);
    if (far > farthest.distance) farthest = { index, distance: far };
  }
  if (farthest.index === -1) return [start];
  return [...between(points, from, farthest.index, tolerance), ...between(points, farthest.index, to, tolerance)];
};

/** A ring stays a ring: it keeps its ends and the point half-way. */
export const simplify = (ring: readonly Point[], tolerance: number): readonly Point[] => {
  const last = ring.length - 1;
  const [end] = ring;
  if (tolerance <= 0 || last < 4 || end === undefined) return ring;
  const middle = Math.floor(last / 2);
  return [...between(ring, 0, middle, tolerance), ...between(ring, middle, last, tolerance), end];
};
