/** Addresses of systems of record, with the placeholders that Signals fills in for data sources (developer guide, 06). */
import * as z from 'zod';
import { isLoopback } from '../http/loopback.ts';

/** `key` is what Signals calls `{id}`. */
export type Placeholders = { readonly id?: string; readonly username?: string; readonly user_alias?: string };

const names = ['id', 'username', 'user_alias'] as const;
const placeholder = /\{(\w*)\}/g;

/** Of a URL text, whether parsing has changed nothing: no other spelling of a host, no dot segments, no spaces. */
const isAsWritten = (url: URL, text: string): boolean => url.href === text || url.href === `${text}/`;

const probe = 'x';

/** The URL with `x` for each placeholder; undefined = a placeholder stands where none may, or is unknown. */
const filledWith = (text: string): URL | undefined => {
  const known = [...text.matchAll(placeholder)].every(([, name]) => names.some((one) => one === name));
  const filled = text.replaceAll(placeholder, probe);
  const url = URL.parse(filled);
  if (!known || !url || !isAsWritten(url, filled)) return undefined;
  const path = text.indexOf('/', text.indexOf('//') + 2);
  const first = text.search(/[{}]/);
  return first < 0 || (path > 0 && first > path) ? url : undefined;
};

/** Without user, password and fragment. IPv6 has too many spellings of inner addresses, and Lambda reaches IPv4 only by default. */
const isPlain = ({ username, password, hash, hostname }: URL): boolean =>
  `${username}${password}${hash}` === '' && !hostname.startsWith('[') && !hostname.endsWith('.');

/** Https, or in the twin http to this machine. */
export const isSafeScheme = ({ protocol, hostname }: URL, isLocal: boolean): boolean =>
  protocol === 'https:' || (isLocal && protocol === 'http:' && isLoopback(hostname));

/** What an administrator may write as an address. Whether it is in a network that the stage allows shows when it is called. */
export const isUrlTemplate = (text: string, isLocal: boolean): boolean => {
  const url = filledWith(text);
  return url !== undefined && isPlain(url) && isSafeScheme(url, isLocal);
};

/** The placeholders that a template has. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** The origin of a template: it has no placeholders there. */
export const originOf = (template: string): string => new URL(template.replaceAll(placeholder, probe)).origin;

export const UrlTemplate = z
  .string()
  .max(1_000)
  .refine(
    (text) => isUrlTemplate(text, true),
    'must be an https address, with {id}, {username} or {user_alias} in its path or query only, without a user, a fragment and an IPv6 address',
  );

/** A quote in a query would be encoded by parsing. */
const encode = (value: string): string => encodeURIComponent(value).replaceAll("'", '%27');

/**
 * The address with its placeholders filled in. Undefined if a value would lead to another place, as `..` does, or cannot stand in
 * an address. A placeholder without a value is empty.
 */
export const fillUrl = (template: string, values: Placeholders): string | undefined => {
  const given = Object.values(values);
  if (!given.every((value) => value.isWellFormed())) return undefined;
  const text = template.replaceAll(placeholder, (_whole, name: keyof Placeholders) => encode(values[name] ?? ''));
  const url = URL.parse(text);
  return url && isAsWritten(url, text) ? url.href : undefined;
};
