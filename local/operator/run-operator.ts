/** Finds the family of a command line, and runs it. */
import { nearestOf } from '../../shared/consumers/nearest.ts';
import type { Host } from './api/host.ts';
import { nouns } from './api/nouns.ts';
import { nounsHelp } from './api/nouns-help.ts';
import { readWords } from './api/words.ts';
import { runStageCommand, stageCommands, stageUsage } from './stage-commands.ts';

const nounNames = Object.keys(nouns);

/** A mistyped command belongs to the family of the nearest one. */
const callsRoutes = (args: readonly string[], first: string): boolean => {
  if (stageCommands.includes(first)) return false;
  if (nounNames.includes(first)) return true;
  if (args[0] !== first || args.some((one) => stageCommands.includes(one))) return false;
  return nounNames.includes(nearestOf(first, ['help', ...stageCommands, ...nounNames]));
};

/** Loaded only when it is needed: it reads the definitions of all routes. */
const runApi = async (args: readonly string[], host: Host): Promise<number> =>
  (await import('./api/run.ts')).runApiCommand(args, host);

/** @returns the status of the process. */
export const runOperator = async (args: readonly string[], host: Host): Promise<number> => {
  const { words, isHelp } = readWords(args);
  const [first = '', ...others] = words;
  const isOfStage = stageCommands.includes(others[0] ?? '');
  if (first === 'help' && others.length > 0 && !isOfStage) return runApi([...others, '--help'], host);
  if (callsRoutes(args, first)) return runApi(args, host);
  if (first === 'help' || isHelp) {
    await host.stdout.write(`${stageUsage}\n\n${nounsHelp()}\n`).catch(() => {});
    return 0;
  }
  return runStageCommand(args);
};
