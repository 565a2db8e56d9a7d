/** `npm run simulator:tissuemaps`: the package's command, which ends with npm. */
import { runCommandLine } from '../packages/tissuemaps-simulator/src/command-line.ts';
import { whenRunnerEnds } from './parent.ts';

const stop = await runCommandLine();
if (stop) whenRunnerEnds(stop);
