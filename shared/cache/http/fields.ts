/** Reading header fields: several lines of one name count as one list (RFC 9110, 5.3). */
import type { Headers } from '../../http/headers.ts';

/** All lines of a field joined as one list; undefined when the field is absent. */
export const combinedField = (headers: Headers, name: string): string | undefined => {
  const lines = headers.filter(([candidate]) => candidate === name).map(([, value]) => value);
  return lines.length === 0 ? undefined : lines.join(', ');
};

/** The members of a comma list, trimmed, empty ones left out. Commas inside quoted strings do not separate. */
export const listMembers = (value: string | undefined): string[] =>
  (value?.match(/(?:"(?:[^"\\]|\\.)*"?|[^,"])+/g) ?? []).map((member) => member.trim()).filter(Boolean);

/** Takes the quotes and escapes off a quoted string; any other text stays as it is. */
export const unquote = (text: string): string =>
  /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;

export const withoutFields = (headers: Headers, names: ReadonlySet<string>): Headers =>
  headers.filter(([name]) => !names.has(name));

/** Replaces every line of a field by one. */
export const withField = (headers: Headers, name: string, value: string): Headers => [
  ...headers.filter(([candidate]) => candidate !== name),
  [name, value],
];
