/** From the arguments of a command line to a command and what was given to it. */
import { parseArgs } from 'node:util';
import { nearestOf } from '../../../shared/consumers/nearest.ts';
import { UsageError } from '../usage-error.ts';
import { type Command, nameOf } from './command.ts';
import { commands } from './commands.ts';
import { addedOptions, type CommonValues, commonOptions } from './common-options.ts';
import { type Inputs, inputsOf } from './inputs.ts';
import { nouns } from './nouns.ts';
import { checkGiven, type Given } from './request.ts';
import { isFile, isList } from './route-answer.ts';

/** A mistake in a command that is known; the help that lists what it takes is named. */
export class CommandUsageError extends UsageError {
  /** `consumers create`, or `consumers`. */
  readonly command: string;
  constructor(command: string, message: string) {
    super(message);
    this.command = command;
  }
}

const verbsOf = (noun: string): readonly Command[] => commands.filter((one) => one.noun === noun);

/** A noun alone lists, or shows the one thing that there is. */
const withoutVerb = (noun: string): Command | undefined =>
  verbsOf(noun).find(({ verb }) => verb === 'list') ??
  verbsOf(noun).find((command) => command.verb === 'show' && inputsOf(command).words.length === 0);

/** @throws UsageError for a verb that the noun does not have. */
export const findCommand = (noun: string, verb: string | undefined): Command | undefined => {
  if (verb === undefined) return withoutVerb(noun);
  const [first, ...others] = Object.keys(nouns[noun]?.verbs ?? {});
  const found = verbsOf(noun).find((one) => one.verb === verb);
  if (found || first === undefined) return found;
  throw new CommandUsageError(
    noun,
    `${noun} has no ${verb}: do you mean ${noun} ${nearestOf(verb, [first, ...others])}?`,
  );
};

type OptionConfig = { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: boolean };

const optionsOf = (command: Command, { options }: Inputs): Readonly<Record<string, OptionConfig>> => {
  const { most, yes, output, 'new-key-file': newKeyFile } = addedOptions;
  const own = options.map(({ name, kind }): [string, OptionConfig] => [
    name,
    { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'list' },
  ]);
  return {
    ...Object.fromEntries(own),
    ...commonOptions,
    ...(isList(command.route) && !command.picks ? { most } : {}),
    ...(command.asks ? { yes } : {}),
    ...(isFile(command.route) ? { output } : {}),
    ...(command.secretOut ? { 'new-key-file': newKeyFile } : {}),
  };
};

const faultOf = (command: Command, options: readonly string[], error: Error & { code?: string }): UsageError => {
  const [, unknown] = /^Unknown option '--?([^']+)'/.exec(error.message) ?? [];
  const [first, ...others] = options;
  const text =
    unknown === undefined || first === undefined
      ? (error.message.split(/\. |\n/)[0] ?? '')
      : `${nameOf(command)} has no --${unknown}: do you mean --${nearestOf(unknown, [first, ...others])}?`;
  return new CommandUsageError(nameOf(command), text);
};

const parseOptions = (command: Command, args: readonly string[], options: Readonly<Record<string, OptionConfig>>) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw faultOf(command, Object.keys(options), error as Error);
  }
};

/** @throws UsageError for a word that is no noun of the table. */
export const checkNoun = (noun: string): void => {
  const [first = '', ...others] = Object.keys(nouns);
  if (!nouns[noun]) throw new UsageError(`There is no ${noun}: do you mean ${nearestOf(noun, [first, ...others])}?`);
};

export type Arguments = { readonly inputs: Inputs; readonly given: Given; readonly common: CommonValues };

/** @throws UsageError for an option that the command does not have, and for what is missing. */
export const readArguments = (command: Command, args: readonly string[], isVerbGiven: boolean): Arguments => {
  const inputs = inputsOf(command);
  const { positionals, values } = parseOptions(command, args, optionsOf(command, inputs));
  const given = { words: positionals.slice(isVerbGiven ? 2 : 1), options: values };
  checkGiven(inputs, given);
  return { inputs, given, common: values };
};
