/** Before each request: what was to end by now has ended. */
import { endToolRun } from '../tools/end-run.ts';
import type { World } from '../world/world.ts';
import { advance } from './advance.ts';
import { isTerminated } from './run.ts';

export const settle = (world: World): void => {
  for (const experiment of world.experiments) {
    for (const run of experiment.runs) if (!isTerminated(run)) advance(world, experiment, run);
    for (const run of experiment.toolRuns) if (run.exitcode === null) endToolRun(world, experiment, run);
  }
};
