/** Checks of the documents of the archive, member by member. */
import { canonicalJson, type JsonValue } from './canonical-json.ts';

export type Check = (value: unknown) => boolean;
export const isText: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= 1024;
export const isHash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
/** Each content has one spelling: bits that no byte uses are zero, so a changed character never goes unnoticed (RFC 4648, 3.5). */
export const isBase64: Check = (value) =>
  typeof value === 'string' && value.length > 0 && Buffer.from(value, 'base64').toString('base64') === value;
export const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isNumber: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 1;
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isInstant: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((each) => each === value);
export const isLockMode = orNull(oneOf('GOVERNANCE', 'COMPLIANCE'));

/**
 * The members of a document that is canonical JSON and has exactly the members that are checked, and those that are optional or not.
 * @throws Error naming what is wrong: not JSON, a member missing, unknown or invalid, or not canonical
 */
export const parseMembers = (
  bytes: Uint8Array,
  checks: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Record<string, JsonValue> => {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is not a JSON object');
  const members = value as Record<string, JsonValue>;
  const known = { ...optional, ...checks };
  const unknown = Object.keys(members).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new Error(`it has an unknown member ${JSON.stringify(unknown)}`);
  const invalid = Object.entries(known).find(([name, check]) =>
    Object.hasOwn(members, name) ? !check(members[name]) : Object.hasOwn(checks, name),
  );
  if (invalid) throw new Error(`its member "${invalid[0]}" is missing or invalid`);
  if (canonicalJson(members) !== text) throw new Error('it is not canonical JSON');
  return members;
};
