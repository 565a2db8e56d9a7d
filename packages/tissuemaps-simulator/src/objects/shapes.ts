/** Objects as they lie in a layer: in full-size pixels, with y growing upwards and so negative. */

import { isStatic, type ObjectType, type SegmentationLayer } from './object-type.ts';
import { outlinesOf, type Point } from './outlines.ts';
import { simplify } from './simplify.ts';

interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

export interface Shape {
  readonly id: number;
  readonly label: number;
  readonly ring: readonly Point[];
  readonly centre: Point;
}

/** Where the rows of the experiment lie: the rectangle of a plate, a well or a site. */
export type RectangleOf = (kind: ObjectType['kind'], rowId: number) => Rectangle | undefined;

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

const corners = ({ top, left, height, width }: Rectangle): Point[] => [
  [left, -top],
  [left + width, -top],
  [left + width, -top - height],
  [left, -top - height],
  [left, -top],
];

const middle = ({ top, left, height, width }: Rectangle): Point => [left + width / 2, -top - height / 2];

const areaShapes = ({ kind, areas }: ObjectType, window: Rectangle, rectangleOf: RectangleOf): Shape[] =>
  areas.flatMap(({ id, rowId }, index) => {
    const rectangle = rectangleOf(kind, rowId);
    if (rectangle === undefined || !meet(rectangle, window)) return [];
    return [{ id, label: index + 1, ring: corners(rectangle), centre: middle(rectangle) }];
  });

const segmentedShapes = (
  type: ObjectType,
  layer: SegmentationLayer,
  window: Rectangle,
  rectangleOf: RectangleOf,
  tolerance: number,
): Shape[] =>
  type.groups
    .filter(({ tpoint, zplane }) => tpoint === layer.tpoint && zplane === layer.zplane)
    .flatMap((group) => {
      const site = rectangleOf('Sites', group.siteId);
      if (site === undefined || !meet(site, window)) return [];
      const ids = new Map(group.objects.map(({ id, label }) => [label, id]));
      const moved = ([x, y]: Point): Point => [site.left + x, -site.top - y];
      return outlinesOf(group.labels, site.width).flatMap(({ label, ring, centre, box }): Shape[] => {
        const own = { top: site.top + box.top, left: site.left + box.left };
        const size = { height: box.bottom - box.top + 1, width: box.right - box.left + 1 };
        const id = ids.get(label);
        if (id === undefined || !meet({ ...own, ...size }, window)) return [];
        return [{ id, label, ring: simplify(ring, tolerance).map(moved), centre: moved(centre) }];
      });
    });

/** The shapes that lie in a window, even partly. @param tolerance of outlines, in pixels */
export const shapesIn = (
  type: ObjectType,
  layer: SegmentationLayer,
  window: Rectangle,
  rectangleOf: RectangleOf,
  tolerance: number,
): Shape[] =>
  isStatic(type) ? areaShapes(type, window, rectangleOf) : segmentedShapes(type, layer, window, rectangleOf, tolerance);
