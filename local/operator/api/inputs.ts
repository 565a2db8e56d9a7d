/** The words and options of a command, out of the definition of its route. */
import { parameterNamesOf } from '../../../shared/routes/route.ts';
import type { Command } from './command.ts';
import { alternativesOf, type JsonSchema, jsonSchemaOf } from './json-schema.ts';

/** How the text of an option becomes a value: as it is, a number, `true`, a list at commas, or JSON. */
type InputKind = 'text' | 'number' | 'flag' | 'list' | 'json';

export type Input = {
  /** Of an option without its dashes: `expires-at`. Of a word: `KEY_ID`. */
  readonly name: string;
  readonly place: 'path' | 'query' | 'header' | 'id' | 'attribute';
  /** As the route spells it: `filter[from]`, `expiresAt`. */
  readonly member: string;
  readonly kind: InputKind;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly choices: readonly string[];
  readonly about: string;
};

export type Inputs = { readonly words: readonly Input[]; readonly options: readonly Input[] };

const separated = (member: string, separator: string): string =>
  member.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => separator + letter);
const toWord = (member: string): string => separated(member, '_').toUpperCase();
/** `filter[closedBy]` is `closed-by`. */
const toOption = (member: string): string =>
  separated(/^filter\[(.+)\]$/.exec(member)?.[1] ?? member, '-').toLowerCase();

const kindOfOne = (schema: JsonSchema): InputKind => {
  if (schema.type === 'string') return 'text';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'array' && schema.items?.type === 'string') return 'list';
  return 'json';
};
/** JSON where the alternatives of a member are written differently. */
const kindOf = (schemas: readonly JsonSchema[]): InputKind => {
  const kinds = new Set(schemas.map(kindOfOne));
  return kinds.size === 1 ? ([...kinds][0] as InputKind) : 'json';
};

const textsIn = ({ enum: several = [], const: one }: JsonSchema): readonly string[] =>
  [...several, one].filter((value) => typeof value === 'string');
const choicesOf = (schemas: readonly JsonSchema[]): readonly string[] => {
  const each = schemas.map((schema) => textsIn(schema.items ?? schema));
  return each.some((texts) => texts.length === 0) ? [] : each.flat();
};

const attributeInput = (member: string, schema: JsonSchema, isRequired: boolean): Input => {
  const { schemas, isNullable } = alternativesOf(schema);
  const kind = kindOf(schemas);
  return {
    ...{ name: toOption(member), place: 'attribute', member, kind, isRequired, isNullable },
    ...{ choices: choicesOf(schemas), about: schema.description ?? '' },
  };
};

const textInput = (place: Input['place'], name: string, member: string, schema: JsonSchema = {}): Input => ({
  ...{ name, place, member, kind: 'text', isRequired: place === 'path' || place === 'id', isNullable: false },
  ...{ choices: choicesOf([schema]), about: schema.description ?? '' },
});

/** The `data` of the body; undefined = the route reads none. */
export const dataOf = ({ route }: Pick<Command, 'route'>): JsonSchema | undefined =>
  route.body && jsonSchemaOf(route.body).properties?.data;

const propertiesOf = (schema: JsonSchema | undefined): Readonly<Record<string, JsonSchema>> => schema?.properties ?? {};

const attributesOf = (command: Command): readonly Input[] => {
  const attributes = dataOf(command)?.properties?.attributes;
  if (command.sets) return [];
  return Object.entries(propertiesOf(attributes))
    .filter(([member]) => member !== command.secretIn)
    .map(([member, schema]) => attributeInput(member, schema, attributes?.required?.includes(member) ?? false));
};

/** Pages are followed, so their parameters are no options. */
const queryOf = ({ route, picks }: Command): readonly Input[] =>
  Object.entries(propertiesOf(picks || !route.query ? undefined : jsonSchemaOf(route.query)))
    .filter(([member]) => !member.startsWith('page['))
    .map(([member, schema]) => textInput('query', toOption(member), member, schema));

/** Other headers of routes are not for a person at a keyboard. */
const headersOf = ({ route }: Command): readonly Input[] =>
  Object.entries(propertiesOf(route.headers && jsonSchemaOf(route.headers)))
    .filter(([member]) => member === 'If-Match')
    .map(([member, schema]) => textInput('header', toOption(member), member, schema));

/** Words that the path has no room for: the id of what is made, or of the entry that is picked. */
const idWords = (command: Command): readonly Input[] => {
  const isInPath = parameterNamesOf(command.route.path).length > 0;
  const isInBody = dataOf(command)?.required?.includes('id') ?? false;
  if (isInPath || !(isInBody || command.picks)) return [];
  return [textInput('id', 'ID', 'id', { description: 'Its id.' })];
};

const pathWords = ({ route }: Command): readonly Input[] => {
  const described = propertiesOf(route.parameters && jsonSchemaOf(route.parameters));
  return parameterNamesOf(route.path).map((member) => textInput('path', toWord(member), member, described[member]));
};

export const inputsOf = (command: Command): Inputs => {
  const isWord = ({ member }: Input): boolean => command.words?.includes(member) ?? false;
  const attributes = attributesOf(command);
  const named = attributes.filter(isWord).map((input) => ({ ...input, name: toWord(input.member), isRequired: true }));
  return {
    words: [...pathWords(command), ...idWords(command), ...named],
    options: [...queryOf(command), ...headersOf(command), ...attributes.filter((input) => !isWord(input))],
  };
};
