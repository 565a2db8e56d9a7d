/** Removes rows with all below them. An id that does not exist is no error: the server answers 200 too. */
import type { Experiment } from './model.ts';

/** Sites with their images and objects. Layers stay: their tiles are black there. */
const removeWells = (experiment: Experiment, isRemoved: (plateId: number) => boolean): void => {
  const wells = new Set(experiment.wells.filter(({ plateId }) => isRemoved(plateId)).map(({ id }) => id));
  const sites = new Set(experiment.sites.filter(({ wellId }) => wells.has(wellId)).map(({ id }) => id));
  experiment.wells = experiment.wells.filter(({ id }) => !wells.has(id));
  experiment.sites = experiment.sites.filter(({ id }) => !sites.has(id));
  experiment.images = experiment.images.filter(({ siteId }) => !sites.has(siteId));
  for (const type of experiment.types) type.groups = type.groups.filter(({ siteId }) => !sites.has(siteId));
};

export const removePlate = (experiment: Experiment, plateId: number): void => {
  experiment.plates = experiment.plates.filter(({ id }) => id !== plateId);
  removeWells(experiment, (id) => id === plateId);
};

export const removeAcquisition = (experiment: Experiment, acquisitionId: number): void => {
  for (const { acquisitions } of experiment.plates) {
    const index = acquisitions.findIndex(({ id }) => id === acquisitionId);
    if (index === -1) continue;
    const files = new Set(acquisitions[index]?.files);
    acquisitions.splice(index, 1);
    experiment.images = experiment.images.filter(({ file }) => !files.has(file));
  }
};
