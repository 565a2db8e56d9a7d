import { parseArgs } from 'node:util';
import { stageOptions } from '../stage-commands.ts';
import { addedOptions, commonOptions } from './common-options.ts';

/** The noun and the verb, or the stage command, whatever options stand before or between them, and whether help is asked for. */
export const readWords = (args: readonly string[]): { readonly words: readonly string[]; readonly isHelp: boolean } => {
  const options = { ...stageOptions, ...commonOptions, ...addedOptions };
  const { positionals, values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  return { words: positionals, isHelp: values.help === true };
};
