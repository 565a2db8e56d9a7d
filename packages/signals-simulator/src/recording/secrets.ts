/** The tenant's key and other secrets, which must not reach a recording. */
import { isObject, type Json } from '../json.ts';
import { escaped, foldedName } from './spelling.ts';

/** Stands for a secret. */
export const secretMark = 'SECRET';

/** @throws Error for a key that no header can carry, or that is so short that it stands in other words. */
export const checkKey = (key: string): void => {
  if (!/^[\x21-\x7e]{8,}$/.test(key))
    throw new Error('SIGNALS_API_KEY must be at least 8 printable ASCII characters, without blanks and line breaks.');
};

/** Any of the texts, capitals or not. */
export const anyOf = (texts: readonly string[]): RegExp => new RegExp(texts.map(escaped).join('|') || '(?!)', 'giu');

/** A sign as it is, percent-coded, as an escape of JSON or as a reference of HTML; in codings of codings too. */
const signSource = (sign: string): string => {
  const code = sign.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  return `(?:\\\\{0,8}${escaped(sign)}|%(?:25)*${hex}|\\\\{1,8}u00${hex}|&(?:amp;)*#(?:x0*${hex}|0*${code});)`;
};
const signsSource = (text: string) => [...text].map(signSource).join('');

/** Where the key stands in the coded bytes moves its base64. The signs at the ends hold bits of their neighbours. */
const base64Source = (key: string, offset: number): string => {
  const coded = Buffer.from(`${' '.repeat(offset)}${key}`).toString('base64');
  const own = coded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));
  const inside = [...own].map((sign) => {
    if (sign === '+') return `(?:${signSource('+')}|-)`;
    return sign === '/' ? `(?:${signSource('/')}|_)` : sign;
  });
  return `[\\w+/-]?${inside.join('')}[\\w+/-]?`;
};

/** Finds the key as it is, and in codings. */
export const formsOf = (key: string): RegExp =>
  new RegExp([signsSource(key), ...[0, 1, 2].map((offset) => base64Source(key, offset))].join('|'), 'giu');

const memberNames: ReadonlySet<string> = new Set(
  'token accesstoken refreshtoken idtoken bearertoken secret clientsecret apikey xapikey password passphrase authorization cookie setcookie'.split(
    ' ',
  ),
);
/** Addresses of files at a cloud carry their right in such parameters. */
const signatureNames: ReadonlySet<string> = new Set(
  'signature sig xamzsignature xamzcredential xamzsecuritytoken'.split(' '),
);

/** True for the name of a member that holds a secret. */
export const isSecretName = (name: string): boolean => memberNames.has(foldedName(name));
const isSecretParameter = (name: string) => isSecretName(name) || signatureNames.has(foldedName(name));

/** Secrets in queries, and behind the words of an authorization. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/([?&#;])([\w.-]+)=([^&#\s"'<>;]+)/g, (all, sign: string, name: string) =>
      isSecretParameter(name) ? `${sign}${name}=${secretMark}` : all,
    )
    .replace(/\b(Bearer|Basic) +[\w.~+/-]{8,}=*/gi, `$1 ${secretMark}`);

/** The same shape without any text or number. */
export const masked = (value: Json): Json => {
  if (typeof value === 'string') return value === '' ? '' : secretMark;
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member ?? null)]));
};
