/** The stage image_analysis: objects, features and values of every site. */

import { isList, isObject, type JsonObject, textOf } from '../json.ts';
import { type Measured, measure } from '../objects/measure.ts';
import { addLayer, type ObjectType, type SiteObjects, type Values } from '../objects/object-type.ts';
import { labelPixels } from '../objects/threshold.ts';
import { groupBy } from '../world/group-by.ts';
import type { Channel, Experiment, SiteImage } from '../world/model.ts';

/** The part of a project that the simulator carries out: the name of the objects, whether they are points, and the channel. */
const readProject = (project: JsonObject | undefined) => {
  const { input, output } = isObject(project?.pipeline) ? project.pipeline : ({} as JsonObject);
  const [channel] = isObject(input) && isList(input.channels) ? input.channels : [];
  const [object] = isObject(output) && isList(output.objects) ? output.objects : [];
  return {
    channel: isObject(channel) ? textOf(channel.name) : undefined,
    name: (isObject(object) ? textOf(object.name) : undefined) ?? 'Nuclei',
    isPoints: isObject(object) && object.as_polygons === false,
  };
};

const addFeatures = ({ counters, channels }: Experiment, type: ObjectType): void => {
  const names = ['Morphology_Area', 'Morphology_Eccentricity'];
  for (const { name } of channels) names.push(`Intensity_mean_${name}`, `Intensity_max_${name}`);
  type.features = names.map((name) => ({ id: counters.next('features'), name }));
};

/** Values by the order of the features: two of the shape, then two of each channel. */
const valuesOf = (type: ObjectType, measured: Measured): Values =>
  new Map(type.features.map(({ id }, index) => [id, measured.columns[index] ?? new Map()]));

/** Images of one site at the same time point and plane: one for each channel. */
const placeOf = ({ siteId, tpoint, zplane }: SiteImage): string => [siteId, tpoint, zplane].join();

/** @param beside the images of all channels */
const segment = (
  experiment: Experiment,
  type: ObjectType,
  image: SiteImage,
  channels: readonly Channel[],
  beside: readonly SiteImage[],
) => {
  const { picture } = image;
  if (picture === undefined) return;
  const labels = picture.labels ?? labelPixels(picture);
  const pictures = channels.map(({ id }) => beside.find(({ channelId }) => channelId === id)?.picture);
  let values: Values | undefined;
  const group: SiteObjects = {
    siteId: image.siteId,
    tpoint: image.tpoint,
    zplane: image.zplane,
    objects: labels.numbers.map((label) => ({ id: experiment.counters.next('mapobjects'), label })),
    labels,
    values() {
      values ??= valuesOf(type, measure(labels, picture, pictures));
      return values;
    },
  };
  type.groups.push(group);
  addLayer(type, image.tpoint, image.zplane, () => experiment.counters.next('segmentation_layers'));
};

/** Deletes the types of earlier pipelines, and makes one. */
export const segmentSites = (experiment: Experiment): string | undefined => {
  const { name, isPoints, channel: wanted } = readProject(experiment.project);
  const channel = experiment.channels.find((known) => known.name === wanted) ?? experiment.channels[0];
  const images = experiment.images.filter(({ channelId }) => channelId === channel?.id);
  if (images.length === 0) return 'There are no extracted images.';
  experiment.types = experiment.types.filter((type) => type.kind !== 'pipeline' && type.name !== name);
  const type: ObjectType = {
    id: experiment.counters.next('mapobject_types'),
    name,
    kind: 'pipeline',
    isPoints,
    features: [],
    layers: [],
    groups: [],
    areas: [],
    hasBrokenValues: false,
  };
  addFeatures(experiment, type);
  const channels = [...experiment.channels];
  const byPlace = groupBy(experiment.images, placeOf);
  for (const image of images) segment(experiment, type, image, channels, byPlace.get(placeOf(image)) ?? []);
  experiment.types.push(type);
  return undefined;
};
