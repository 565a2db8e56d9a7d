/** What the end of each phase of a step does. An effect answers why it failed, if it did. */

import type { Experiment } from '../world/model.ts';
import { segmentSites } from './analyse.ts';
import { convertNames, extractMetadata, extractPixels } from './convert.ts';
import { addStaticTypes, finishLayers, renewLayers } from './pyramids.ts';
import type { PhaseName } from './run.ts';

type Effect = (experiment: Experiment) => string | undefined;

const nothing: Effect = () => undefined;

/** Rows and columns that aligned images lose on each side. The shifts of cycles are simulated by this number. */
const alignMargin = 4;

const effects: Readonly<Record<string, Effect>> = {
  'metaextract run': extractMetadata,
  'metaconfig collect': convertNames,
  'imextract run': extractPixels,
  'corilla collect': (experiment) => {
    experiment.hasIllumination = true;
    return undefined;
  },
  'align collect': (experiment) => {
    experiment.alignMargin = alignMargin;
    return undefined;
  },
  // Layers exist before their tiles: a tile is black meanwhile.
  'illuminati init': renewLayers,
  'illuminati run': finishLayers,
  'illuminati collect': addStaticTypes,
  'jterator run': segmentSites,
};

export const effectOf = (step: string, phase: PhaseName): Effect => effects[`${step} ${phase}`] ?? nothing;

const batchSize = 100;

/** Jobs of the phase run. Steps that read files have one for each hundred. */
export const jobCount = (step: string, { images, plates, channels, layers, sites }: Experiment): number => {
  const files = plates.flatMap(({ acquisitions }) => acquisitions.flatMap((acquisition) => acquisition.files));
  if (step === 'metaextract') return Math.ceil(files.length / batchSize);
  if (step === 'imextract') return Math.ceil(images.length / batchSize);
  if (step === 'corilla') return channels.length;
  if (step === 'illuminati') return layers.length;
  return step === 'jterator' ? Math.ceil(sites.length / batchSize) : 1;
};
