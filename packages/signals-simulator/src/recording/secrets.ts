/** The tenant's key and other secrets, which must not reach a recording. */
import { isObject, type Json } from '../json.ts';

/** Stands for a secret. */
export const secretMark = 'SECRET';

/** @throws Error for a key that no header can carry, or that is so short that it stands in other words. */
export const checkKey = (key: string): void => {
  if (!/^[\x21-\x7e]{8,}$/.test(key))
    throw new Error('SIGNALS_API_KEY must be at least 8 printable ASCII characters, without blanks and line breaks.');
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Any of the texts, capitals or not. */
export const anyOf = (texts: readonly string[]): RegExp => new RegExp(texts.map(escaped).join('|') || '(?!)', 'giu');

/** The key as it is, as it stands in a URL, and in base64. */
export const formsOf = (key: string): readonly string[] => {
  const bytes = Buffer.from(key);
  return [key, encodeURIComponent(key), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
};

const memberNames: ReadonlySet<string> = new Set(
  'token accesstoken refreshtoken idtoken bearertoken secret clientsecret apikey xapikey password passphrase authorization cookie setcookie'.split(
    ' ',
  ),
);
/** Addresses of files at a cloud carry their right in such parameters. */
const signatureNames: ReadonlySet<string> = new Set(
  'signature sig xamzsignature xamzcredential xamzsecuritytoken'.split(' '),
);
const folded = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/** True for the name of a member that holds a secret. */
export const isSecretName = (name: string): boolean => memberNames.has(folded(name));
const isSecretParameter = (name: string) => isSecretName(name) || signatureNames.has(folded(name));

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
