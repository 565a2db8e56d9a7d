/** Cache-Control as a caller or an upstream sends it (RFC 9111, 5.2). */
import { combinedField, type Headers, listMembers, unquote } from '../../http/headers.ts';

/** Directives by lower-case name. Of a repeated one the most restrictive number counts, else the last value. */
export type Directives = ReadonlyMap<string, string>;

/** Longer lifetimes are of no use and overflow elsewhere (RFC 9111, 1.2.2 names 2^31). */
const mostSeconds = 2_147_483_648;

/** Seconds of a directive: `undefined` when absent, 0 when unreadable, since an unreadable lifetime is none. */
export const directiveSeconds = (directives: Directives, name: string): number | undefined => {
  const value = directives.get(name);
  if (value === undefined) return undefined;
  return /^\d+$/.test(value) ? Math.min(Number(value), mostSeconds) : 0;
};

const isLess = (value: string, before: string): boolean => !(Number(before) <= Number(value));

/** Reads every Cache-Control line of a message. */
export const parseCacheControl = (headers: Headers): Directives => {
  const directives = new Map<string, string>();
  for (const member of listMembers(combinedField(headers, 'cache-control'))) {
    const [name = '', ...rest] = member.split('=');
    const key = name.toLowerCase();
    const value = unquote(rest.join('='));
    const before = directives.get(key);
    if (before === undefined || !/^\d+$/.test(before) || isLess(value, before)) directives.set(key, value);
  }
  return directives;
};

/** Directives of a request; `Pragma: no-cache` stands in for a missing Cache-Control (RFC 9111, 5.4). */
export const requestDirectives = (headers: Headers): Directives => {
  const directives = parseCacheControl(headers);
  const pragma = combinedField(headers, 'pragma')?.toLowerCase();
  const saysPragma = directives.size === 0 && listMembers(pragma).includes('no-cache');
  return saysPragma ? new Map([['no-cache', '']]) : directives;
};

/** Field names that a qualified `no-cache="a, b"` or `private="a"` keeps out of a stored answer. */
export const fieldsNotToStore = (directives: Directives): ReadonlySet<string> =>
  new Set(
    ['no-cache', 'private'].flatMap((name) => listMembers(directives.get(name)).map((field) => field.toLowerCase())),
  );

/** The directive without a list of fields: it concerns the whole answer. */
export const saysUnqualified = (directives: Directives, name: string): boolean => directives.get(name) === '';
