/** Which of several stored answers fits a request (RFC 9111, 4.1). */
import { combinedField, type Headers, listMembers } from '../../http/headers.ts';

/** Names of the request fields that selected an answer, lower case, sorted, each once. */
export const varyNames = (headers: Headers): readonly string[] =>
  [...new Set(listMembers(combinedField(headers, 'vary')).map((name) => name.toLowerCase()))].sort();

/** Lists of preferences: case and order say nothing where every member has the same weight. */
const preferenceLists: ReadonlySet<string> = new Set(['accept-language', 'accept-encoding', 'accept-charset']);

/** A field without what cannot matter: blanks around list members, and for preferences also case and order. */
const normalisedField = (headers: Headers, name: string): string | undefined => {
  const value = combinedField(headers, name);
  if (value === undefined) return undefined;
  const members = listMembers(value);
  if (!preferenceLists.has(name)) return members.join(',');
  return members
    .map((member) =>
      member
        .toLowerCase()
        .split(';')
        .map((part) => part.trim())
        .join(';'),
    )
    .sort()
    .join(',');
};

/** Text that is equal for two requests exactly when an answer with these names suits both. */
export const variantOf = (request: Headers, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => [name, normalisedField(request, name) ?? null]));
