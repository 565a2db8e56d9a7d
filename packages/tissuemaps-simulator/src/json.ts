/** JSON values, and the readers that tell what a member is. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isTexts = (value: Json | undefined): value is readonly string[] =>
  isList(value) && value.every((item) => typeof item === 'string');

export const isNumbers = (value: Json | undefined): value is readonly number[] =>
  isList(value) && value.every((item) => typeof item === 'number');

export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** The same value with the members of each object in the order of their names. */
const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
};

/** As the server writes it: members sorted by name, and indented by two spaces or compact. */
export const writeJson = (value: Json, isCompact: boolean): string =>
  JSON.stringify(sorted(value), null, isCompact ? 0 : 2);
