/** `npm run simulator`: the package's command, which ends with npm. */
import { runCommandLine } from '../packages/signals-simulator/src/command-line.ts';
import { whenRunnerEnds } from './parent.ts';

const stop = await runCommandLine();
if (stop) whenRunnerEnds(stop);
