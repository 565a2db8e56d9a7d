/** All routes: one for each operation, or this does not compile. */
import { signInRoutes } from '../auth/sign-in.ts';
import type { Route } from '../http/route.ts';
import type { OperationKey } from '../operations.ts';
import { acquisitionRoutes } from './acquisitions.ts';
import { channelRoutes } from './channels.ts';
import { experimentRoutes } from './experiments.ts';
import { featureValueRoutes } from './feature-values.ts';
import { imageRoutes } from './images.ts';
import { objectTypeRoutes } from './object-types.ts';
import { plateRoutes } from './plates.ts';
import { segmentationTileRoutes } from './segmentation-tiles.ts';
import { segmentationRoutes } from './segmentations.ts';
import { tableRoutes } from './tables.ts';
import { toolRoutes } from './tools.ts';
import { uploadRoutes } from './uploads.ts';
import { wellRoutes } from './wells.ts';
import { workflowRoutes } from './workflow.ts';

export const routes: Readonly<Record<OperationKey, Route>> = {
  ...signInRoutes,
  ...experimentRoutes,
  ...plateRoutes,
  ...acquisitionRoutes,
  ...uploadRoutes,
  ...channelRoutes,
  ...wellRoutes,
  ...imageRoutes,
  ...objectTypeRoutes,
  ...featureValueRoutes,
  ...segmentationRoutes,
  ...segmentationTileRoutes,
  ...tableRoutes,
  ...toolRoutes,
  ...workflowRoutes,
};
