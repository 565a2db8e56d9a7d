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

const namesOfMarkup: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** A sign as it is, percent-coded, as an escape of JSON or as a reference of HTML; in codings of codings too. */
const signSource = (sign: string): string => {
  const code = sign.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  return `(?:\\\\{0,8}${escaped(sign)}|%(?:25)*${hex}|\\\\{1,8}u00${hex}|&(?:amp;)*(?:#(?:x0*${hex}|0*${code})|${namesOfMarkup[sign] ?? '(?!)'});)`;
};
/** Signs that nobody sees, and line breaks, may stand between the signs. */
const gap = String.raw`[\s\p{Cf}]*`;
const signsSource = (text: string) => [...text].map(signSource).join(gap);

/** Where the key stands in the coded bytes moves its base64. The signs at the ends hold bits of their neighbours. */
const base64Source = (key: string, offset: number): string => {
  const coded = Buffer.from(`${' '.repeat(offset)}${key}`).toString('base64');
  const own = coded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));
  const inside = [...own].map((sign) => {
    if (sign === '+') return `(?:${signSource('+')}|-)`;
    return sign === '/' ? `(?:${signSource('/')}|_)` : sign;
  });
  return `[\\w+/-]?${inside.join(gap)}[\\w+/-]?`;
};

/** Finds the key as it is, and in codings. */
export const formsOf = (key: string): RegExp =>
  new RegExp([signsSource(key), ...[0, 1, 2].map((offset) => base64Source(key, offset))].join('|'), 'giu');

/** By the end of the folded name, so that `X-Goog-Signature`, `sessionToken` and `filter[token]` are found too. */
const secretName =
  /(token|secret|password|passphrase|passwd|pwd|apikey|privatekey|secretkey|accesskey|accesskeyid|signature|credential|jwt|jsessionid|authorization|cookie)s?$|^sig$/;

/** True for the name of a member or a parameter that holds a secret. */
export const isSecretName = (name: string): boolean => secretName.test(foldedName(name.replace(/%(25)*5[bd]/gi, '')));

/** In an address; in JSON inside a text, an escape stands for `&`. A query or a name ends a parameter. */
const parameter =
  /([?&#;]|\\u0026)((?:[\w.[\]-]|%(?:25)*5[bd])+)=((?:\\+(?!\\|u0026)|;(?=[^\s"'<>&#;])(?![\w.[\]%-]+=)|(?!\?[\w.[\]%-]+=)[^\\&#\s"'<>;])+)/gi;

/** The first part of a token with three parts. */
const beforePayload = /(?<![\w-])[\w-]{11,}(?=\.[\w-]{8,}\.)/g;
const payload = new RegExp(String.raw`${secretMark}\.[\w-]{8,}\.[\w-]*`, 'g');

/** Secrets in addresses, behind the words of an authorization, and tokens that say themselves what they are. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(parameter, (all, sign: string, name: string) =>
      isSecretName(name) ? `${sign}${name}=${secretMark}` : all,
    )
    .replace(/(\/\\*\/)[^\s/?#"'<>]+@/g, `$1${secretMark}@`)
    .replace(/\b(Bearer|Basic) +[\w.~+/-]{8,}=*/gi, `$1 ${secretMark}`)
    .replace(beforePayload, (part) => part.replace(/(?<![A-Za-z\d])eyJ[\w-]{8,}/, secretMark))
    .replace(payload, secretMark);

/** The name of a member may be a secret itself: `{"tokens": {"9f-4c": "…"}}`. */
const maskedName = (name: string, index: number) =>
  /^[a-z]+(_[a-z]+)*$/i.test(name) ? name : `${secretMark}${index + 1}`;

/** The same shape without any text or number. */
export const masked = (value: Json): Json => {
  if (typeof value === 'string') return value === '' ? '' : secretMark;
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member], index) => [
    maskedName(name, index),
    masked(member ?? null),
  ]);
  return Object.fromEntries(members);
};
