/** What a command sends, out of the words and options that were given. */
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';
import { dataOf, type Input, type Inputs } from './inputs.ts';

export type Given = { readonly words: readonly string[]; readonly options: Readonly<Record<string, unknown>> };

export type CommandRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | undefined;
};

export type Value = { readonly input: Input; readonly value: unknown };

const parseJson = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--${name} takes JSON, such as '{"name":"value"}' in single quotes.`);
  }
};

const toNumber = (name: string, text: string): number => {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a number.`);
};

/** The text `null` takes a value away, where the route allows that. The facade checks everything else. */
const toValue = ({ name, kind, isNullable }: Input, given: unknown): unknown => {
  if (kind === 'flag') return given;
  const texts = [given].flat().map(String);
  const text = texts.at(-1) ?? '';
  if (isNullable && text === 'null') return null;
  if (kind === 'number') return toNumber(name, text);
  if (kind === 'json') return parseJson(name, text);
  if (kind !== 'list') return text;
  return texts
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
};

/** Numbers, lists and JSON out of what was given. @throws UsageError for a mistake. Values are left to the facade, which knows their rules. */
export const readValues = ({ words, options }: Inputs, given: Given): readonly Value[] => [
  ...words.map((input, index) => ({ input, value: given.words[index] ?? '' })),
  ...options
    .filter(({ name }) => given.options[name] !== undefined)
    .map((input) => ({ input, value: toValue(input, given.options[input.name]) })),
];

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** @throws UsageError for words or options that are missing or too many. */
export const checkGiven = ({ words, options }: Inputs, given: Given): void => {
  const wanted = words.map(({ name }) => name).join(' ');
  if (given.words.length < words.length)
    throw new UsageError(
      `${words
        .slice(given.words.length)
        .map(({ name }) => name)
        .join(' ')} is missing: the command takes ${wanted}.`,
    );
  if (given.words.length > words.length)
    throw new UsageError(
      `The command takes ${words.length === 0 ? 'no words' : wanted}, and got ${plural(given.words.length, 'word')}.`,
    );
  const missing = options.filter(({ name, isRequired }) => isRequired && given.options[name] === undefined);
  if (missing.length > 0) throw new UsageError(`Say ${missing.map(({ name }) => `--${name}`).join(', ')}.`);
};

/** A step such as `..` would make another path of it. */
const toSegment = (name: string, text: string): string => {
  if (/^\.{0,2}$/.test(text)) throw new UsageError(`${name} is ${JSON.stringify(text)}, which is no id.`);
  return encodeURIComponent(text);
};

const pathOf = (template: string, values: readonly Value[]): string =>
  values.reduce(
    (path, { input, value }) => path.replace(`{${input.member}}`, () => toSegment(input.name, String(value))),
    template,
  );

/** An ETag, also without its quotes, which shells remove. */
const headerOf = ({ input, value }: Value): [string, string] => [
  input.member.toLowerCase(),
  /^\d+$/.test(String(value)) ? `"${value}"` : String(value),
];

const bodyOf = (command: Command, values: readonly Value[], secret: string | undefined): object | undefined => {
  const data = dataOf(command);
  if (data === undefined) return undefined;
  const named = values
    .filter(({ input }) => input.place === 'attribute')
    .map(({ input, value }) => [input.member, value]);
  const owned = command.secretIn === undefined ? {} : { [command.secretIn]: secret };
  const ofPath = values.filter(({ input }) => input.place === 'path').at(-1);
  const id = (values.find(({ input }) => input.place === 'id') ?? ofPath)?.value;
  const attributes = { ...command.sets, ...Object.fromEntries(named), ...owned };
  return {
    data: { type: data.properties?.type?.const, ...(data.required?.includes('id') ? { id } : {}), attributes },
  };
};

/** @param secret of a command that takes one. @throws UsageError for a word that no path can hold. */
export const toRequest = (command: Command, values: readonly Value[], secret: string | undefined): CommandRequest => {
  const inPlace = (place: Input['place']): readonly Value[] => values.filter(({ input }) => input.place === place);
  const { method, path } = command.route;
  return {
    method,
    path: pathOf(path, inPlace('path')),
    query: inPlace('query').map(({ input, value }) => [input.member, String(value)] as const),
    headers: Object.fromEntries(inPlace('header').map(headerOf)),
    body: bodyOf(command, values, secret),
  };
};
