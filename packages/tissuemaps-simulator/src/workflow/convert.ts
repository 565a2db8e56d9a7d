/** The stage image_conversion: wells, sites, cycles, channels and images, from the names and bytes that were uploaded. */
import { openPicture, type PictureSize, sizeOf } from '../images/open-picture.ts';
import { type ImageName, readImageName } from '../world/files.ts';
import type { Experiment, MicroscopeFile, SiteImage } from '../world/model.ts';
import { layoutOf, placeInWell } from './layout.ts';

interface Found extends ImageName {
  readonly file: MicroscopeFile;
  readonly plateId: number;
  readonly cycleIndex: number;
}

/**
 * The complete images. With the mode multiplexing, each acquisition of a plate is a cycle, and channels carry its number; else there is one cycle. No
 * source says how the server names the channels of cycles.
 */
const findImages = ({ plates, microscopeType, acquisitionMode }: Experiment): Found[] =>
  plates.flatMap(({ id: plateId, acquisitions }) =>
    acquisitions.flatMap(({ files }, index) => {
      const isCycle = acquisitionMode === 'multiplexing';
      return files.flatMap((file) => {
        const name = file.status === 'COMPLETE' ? readImageName(microscopeType, file.name) : undefined;
        if (name === undefined) return [];
        const channel = isCycle ? `${index}_${name.channel}` : name.channel;
        return [{ ...name, channel, file, plateId, cycleIndex: isCycle ? index : 0 }];
      });
    }),
  );

const fileSize = (file: MicroscopeFile): PictureSize | undefined =>
  file.picture ?? (file.read === undefined ? undefined : sizeOf(file.read()));

/** The size of each image must be readable, and equal. */
export const extractMetadata = (experiment: Experiment): string | undefined => {
  const found = findImages(experiment);
  if (found.length === 0) return 'No image was uploaded.';
  const first = fileSize(found[0]?.file as MicroscopeFile);
  for (const { file } of found) {
    const size = fileSize(file);
    if (size === undefined) return `"${file.name}" is no PNG or TIFF image in shades of grey.`;
    if (size.width !== first?.width || size.height !== first.height) return `"${file.name}" has another size.`;
  }
  return undefined;
};

const clear = (experiment: Experiment): void => {
  experiment.layers = [];
  experiment.channels = [];
  experiment.cycles = [];
  experiment.wells = [];
  experiment.sites = [];
  experiment.images = [];
  for (const type of experiment.types) type.groups = [];
};

/** Distinct values in their order. */
const distinct = <T extends string | number>(values: readonly T[]): T[] =>
  [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1));

const addWells = (experiment: Experiment, found: readonly Found[]): void => {
  for (const plateId of distinct(found.map((image) => image.plateId)))
    for (const name of distinct(found.filter((image) => image.plateId === plateId).map(({ well }) => well)))
      experiment.wells.push({ id: experiment.counters.next('wells'), plateId, name, description: {} });
};

interface Numbered {
  readonly wellId: number;
  readonly plate: number;
  readonly well: string;
  readonly number: number;
  readonly y: number;
  readonly x: number;
}

const numberSites = ({ wells }: Experiment, found: readonly Found[]): Numbered[] =>
  wells.flatMap(({ id: wellId, plateId, name }) => {
    const numbers = distinct(
      found.filter((image) => image.plateId === plateId && image.well === name).map(({ site }) => site),
    );
    return numbers.map((number, index) => ({
      wellId,
      plate: plateId,
      well: name,
      number,
      ...placeInWell(index, numbers.length),
    }));
  });

/** The number of a site by well and number of the file name. */
type SiteIds = ReadonlyMap<string, number>;
const siteKey = (plateId: number, well: string, number: number) => `${plateId} ${well} ${number}`;

const addSites = (experiment: Experiment, found: readonly Found[], size: PictureSize): SiteIds => {
  const numbered = numberSites(experiment, found);
  const layout = layoutOf(numbered, size);
  return new Map(
    numbered.map((site) => {
      const id = experiment.counters.next('sites');
      const { wellId, y, x, plate, well, number } = site;
      const { height, width } = size;
      experiment.sites.push({ id, wellId, y, x, height, width, ...layout.spotOf(site) });
      return [siteKey(plate, well, number), id];
    }),
  );
};

const addChannels = (experiment: Experiment, found: readonly Found[], bitDepth: 8 | 16): void => {
  for (const name of distinct(found.map(({ channel }) => channel)))
    experiment.channels.push({ id: experiment.counters.next('channels'), name, bitDepth });
};

/** Every cycle has the time point 0: time points are told apart by the images. */
const addCycles = (experiment: Experiment, found: readonly Found[]): void => {
  for (const index of distinct(found.map(({ cycleIndex }) => cycleIndex))) {
    const plates = found.filter(({ cycleIndex }) => cycleIndex === index).map(({ plateId }) => plateId);
    experiment.cycles.push({
      id: experiment.counters.next('cycles'),
      index,
      tpoint: 0,
      plateIds: new Set(plates),
    });
  }
};

/** The step metaconfig: deletes what an earlier run made, and makes it anew with new ids. */
export const convertNames = (experiment: Experiment): string | undefined => {
  const found = findImages(experiment);
  const size = found[0] === undefined ? undefined : fileSize(found[0].file);
  if (size === undefined) return 'No image was uploaded.';
  clear(experiment);
  addWells(experiment, found);
  const siteIds = addSites(experiment, found, size);
  addChannels(experiment, found, size.bitDepth);
  addCycles(experiment, found);
  const channelIds = new Map(experiment.channels.map(({ id, name }) => [name, id]));
  experiment.images = found.map(({ file, plateId, well, site, channel, cycleIndex, tpoint, zplane }): SiteImage => {
    const siteId = siteIds.get(siteKey(plateId, well, site)) ?? 0;
    return { siteId, channelId: channelIds.get(channel) ?? 0, cycleIndex, tpoint, zplane, file, picture: undefined };
  });
  return undefined;
};

/** The step imextract: the pixels of the present files. */
export const extractPixels = ({ images }: Experiment): string | undefined => {
  for (const image of images) {
    const { file } = image;
    image.picture = file.picture ?? (file.read === undefined ? undefined : openPicture(file.read()));
    if (image.picture === undefined) return `"${file.name}" cannot be read.`;
  }
  return undefined;
};
