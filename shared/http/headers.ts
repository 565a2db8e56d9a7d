/** Header fields as they stand on the wire. */

/** Names and values as they stand on the wire; a name may occur several times. Names are in lower case. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** One value of a header; undefined when it is absent. The first wins where it occurs several times. */
export const headerValue = (headers: Headers, name: string): string | undefined =>
  headers.find(([candidate]) => candidate === name)?.[1];

/** All values of a field, one for each of its lines. */
export const fieldLines = (headers: Headers, name: string): string[] =>
  headers.filter(([candidate]) => candidate === name).map(([, value]) => value);

/** All lines of a field joined as one list (RFC 9110, 5.3); undefined when the field is absent. */
export const combinedField = (headers: Headers, name: string): string | undefined => {
  const lines = fieldLines(headers, name);
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

/** All codings that an answer names (RFC 9110, 8.4); undefined if it names none. */
export const contentEncodingOf = (headers: Headers): string | undefined => combinedField(headers, 'content-encoding');
