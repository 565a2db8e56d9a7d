/** Types of objects, and their objects: those that were segmented in sites, and the rectangles of plates, wells and sites. */
import type { Labels } from '../images/picture.ts';

export interface Feature {
  readonly id: number;
  name: string;
}

interface SegmentedObject {
  readonly id: number;
  readonly label: number;
}

/** Values by feature and label. */
export type Values = Map<number, Map<number, number>>;

/** The objects of one site, at one time point and plane. */
export interface SiteObjects {
  readonly siteId: number;
  readonly tpoint: number;
  readonly zplane: number;
  readonly objects: readonly SegmentedObject[];
  readonly labels: Labels;
  /** Computed when they are read first. */
  values(): Values;
}

/** An object of a static type: a plate, a well or a site. */
export interface Area {
  readonly id: number;
  /** Number of the plate, well or site. */
  readonly rowId: number;
}

export interface SegmentationLayer {
  readonly id: number;
  readonly tpoint: number | null;
  readonly zplane: number | null;
}

/** `posted` types were made by a request, not by the pipeline. */
type TypeKind = 'Plates' | 'Wells' | 'Sites' | 'pipeline' | 'posted';

export interface ObjectType {
  readonly id: number;
  name: string;
  readonly kind: TypeKind;
  /** The pipeline may show its objects as points only. */
  readonly isPoints: boolean;
  features: Feature[];
  readonly layers: SegmentationLayer[];
  groups: SiteObjects[];
  readonly areas: Area[];
  /** A post of values stored them under names: the table breaks off. */
  hasBrokenValues: boolean;
}

export const isStatic = ({ kind }: ObjectType): boolean => kind !== 'pipeline' && kind !== 'posted';

/** @param id of a new layer */
export const addLayer = (type: ObjectType, tpoint: number | null, zplane: number | null, id: () => number): void => {
  if (type.layers.some((layer) => layer.tpoint === tpoint && layer.zplane === zplane)) return;
  type.layers.push({ id: id(), tpoint, zplane });
};
