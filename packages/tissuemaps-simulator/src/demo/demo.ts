/** What a start and a reset make: users, a finished experiment of one plate, and an empty one. The same seed makes the same. */
import { drawnPicture } from '../images/drawn.ts';
import { drawNuclei } from '../images/nuclei.ts';
import type { Picture } from '../images/picture.ts';
import { encodeGreyPng } from '../images/png.ts';
import { advance } from '../workflow/advance.ts';
import { defaultDescription } from '../workflow/description.ts';
import { makeRun } from '../workflow/run.ts';
import type { Experiment, MicroscopeFile } from '../world/model.ts';
import { addExperiment, addUser, type World } from '../world/world.ts';

export const demoUser = 'demo';
export const demoPassword = 'demo-tm-password';

/** Names that tests may rely on. */
export const demoNames = {
  experiment: 'demo-nuclei',
  emptyExperiment: 'demo-empty',
  plate: 'plate01',
  acquisition: 'acquisition01',
  wells: ['A01', 'A02', 'A03', 'B01', 'B02', 'B03'],
  channels: ['DAPI', 'GFP', 'RFP'],
  objectType: 'Nuclei',
} as const;

/** Sites in a well: 2 rows and 2 columns. */
const sitesInWell = 4;
const demoSize = { width: 640, height: 512 } as const;

const fileOf = (experiment: Experiment, name: string, picture: Picture): MicroscopeFile => ({
  id: experiment.counters.next('files'),
  name,
  isImage: true,
  status: 'COMPLETE',
  read: () => encodeGreyPng(picture.pixels(), picture.width, picture.height, picture.bitDepth),
  picture,
});

const metadataFile = (experiment: Experiment, name: string): MicroscopeFile => ({
  id: experiment.counters.next('files'),
  name,
  isImage: false,
  status: 'COMPLETE',
  read: () => Buffer.from('<?xml version="1.0"?>\n'),
});

const two = (number: number) => String(number).padStart(2, '0');

const demoFiles = (experiment: Experiment, seed: number): MicroscopeFile[] =>
  demoNames.wells.flatMap((well, wellIndex) =>
    Array.from({ length: sitesInWell }, (_, index) => {
      const site = wellIndex * sitesInWell + index;
      const { width, height } = demoSize;
      const nuclei = drawNuclei(seed, site, width, height);
      return demoNames.channels.map((_name, channel) => {
        const picture = drawnPicture({ seed, site, channel, width, height, nuclei });
        const name = `demo_${well}_T0001F${three(index + 1)}L01A01Z01C${two(channel + 1)}.png`;
        return fileOf(experiment, name, picture);
      });
    }).flat(),
  );

const three = (number: number) => String(number).padStart(3, '0');

const addPlate = (experiment: Experiment, seed: number): void => {
  const files = [
    ...demoFiles(experiment, seed),
    metadataFile(experiment, 'demo_MeasurementData.mlf'),
    metadataFile(experiment, 'demo_MeasurementDetail.mrf'),
  ];
  const { counters } = experiment;
  experiment.plates.push({
    id: counters.next('plates'),
    name: demoNames.plate,
    description: 'Six wells of drawn nuclei',
    acquisitions: [{ id: counters.next('acquisitions'), name: demoNames.acquisition, description: '', files }],
  });
};

/** A run that began so long ago that it has ended. */
const finishRun = (world: World, experiment: Experiment): void => {
  const longAgo = world.clock.workMillis() - 3_600_000;
  const make = { nowMillis: world.clock.nowMillis() - 3_600_000, id: () => world.counters.next('tasks') };
  const { stages } = defaultDescription(experiment.workflowType);
  const run = makeRun(experiment.name, world.counters.next('submissions'), stages, longAgo, make);
  experiment.runs.push(run);
  advance(world, experiment, run);
};

export const loadDemo = (world: World, seed: number): void => {
  const { id: ownerId } = addUser(world, demoUser, demoPassword);
  const shared = {
    ownerId,
    workflowType: 'canonical',
    plateFormat: 96,
    acquisitionMode: 'basic',
    microscopeType: 'cellvoyager',
  };
  const experiment = addExperiment(world, {
    ...shared,
    name: demoNames.experiment,
    description: 'Drawn nuclei in three channels',
  });
  addExperiment(world, { ...shared, name: demoNames.emptyExperiment, description: 'For uploads' });
  addPlate(experiment, seed);
  finishRun(world, experiment);
  // Channels that were found in names are C01, C02 and C03.
  for (const [index, name] of demoNames.channels.entries()) {
    const channel = experiment.channels[index];
    if (channel === undefined) continue;
    for (const feature of experiment.types.flatMap(({ features }) => features))
      feature.name = feature.name.replace(`_${channel.name}`, `_${name}`);
    channel.name = name;
  }
};
