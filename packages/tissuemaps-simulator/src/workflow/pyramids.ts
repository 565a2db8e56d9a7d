/** The stage pyramid_creation: layers with their tiles, and the types of plates, wells and sites. */

import type { Area, ObjectType } from '../objects/object-type.ts';
import { groupBy } from '../world/group-by.ts';
import type { Experiment, SiteImage } from '../world/model.ts';
import { maxZoomOf } from './layout.ts';

const sizeOf = ({ sites }: Experiment) => ({
  width: sites.reduce((most, { left, width }) => Math.max(most, left + width), 0),
  height: sites.reduce((most, { top, height }) => Math.max(most, top + height), 0),
});

const brightestOf = (images: readonly SiteImage[]): number =>
  images.reduce((most, { picture }) => Math.max(most, picture?.brightest() ?? 0), 0);

/** Images of a layer, which has one channel, time point and plane. */
const layerImages = ({ images }: Experiment): SiteImage[][] => [
  ...groupBy(images, ({ channelId, tpoint, zplane }) => [channelId, tpoint, zplane].join()).values(),
];

/** Deletes layers and all types of objects, and makes layers whose tiles are black. */
export const renewLayers = (experiment: Experiment): string | undefined => {
  if (experiment.images.some(({ picture }) => picture === undefined) || experiment.images.length === 0)
    return 'There are no extracted images.';
  experiment.types = [];
  const { width, height } = sizeOf(experiment);
  experiment.layers = layerImages(experiment).flatMap((images) => {
    const [first] = images;
    if (first === undefined) return [];
    return [
      {
        id: experiment.counters.next('channel_layers'),
        channelId: first.channelId,
        tpoint: first.tpoint,
        zplane: first.zplane,
        maxZoom: maxZoomOf(width, height),
        minIntensity: 0,
        maxIntensity: brightestOf(images),
        width,
        height,
        isBuilt: false,
      },
    ];
  });
  return undefined;
};

export const finishLayers = ({ layers }: Experiment): string | undefined => {
  for (const layer of layers) layer.isBuilt = true;
  return undefined;
};

const staticType = (
  { counters }: Experiment,
  kind: 'Plates' | 'Wells' | 'Sites',
  rows: readonly { id: number }[],
): ObjectType => ({
  id: counters.next('mapobject_types'),
  name: kind,
  kind,
  isPoints: false,
  features: [],
  layers: [{ id: counters.next('segmentation_layers'), tpoint: null, zplane: null }],
  groups: [],
  areas: rows.map(({ id: rowId }): Area => ({ id: counters.next('mapobjects'), rowId })),
  hasBrokenValues: false,
});

export const addStaticTypes = (experiment: Experiment): string | undefined => {
  const { plates, wells, sites } = experiment;
  experiment.types.push(
    staticType(experiment, 'Plates', plates),
    staticType(experiment, 'Wells', wells),
    staticType(experiment, 'Sites', sites),
  );
  return undefined;
};
