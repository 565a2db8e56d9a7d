/** SCIM filters (RFC 7644 section 3.4.2.2) without brackets: comparisons joined by `and` and `or`. */
import { badRequest } from '../errors.ts';
import { isObject, type Json, ownOf } from '../json.ts';

/** A value by dotted path, looking into each item of a list. Names are compared without regard to case. */
export const valuesAt = (resource: Json | undefined, path: string): Json[] => {
  const colon = path.lastIndexOf(':');
  const names = colon < 0 ? path.split('.') : [path.slice(0, colon), ...path.slice(colon + 1).split('.')];
  return names.reduce<Json[]>(
    (found, name) =>
      found.flatMap((value) => {
        const items = Array.isArray(value) ? (value as Json[]) : [value];
        return items.flatMap((item) => {
          const key = isObject(item)
            ? Object.keys(item).find((known) => known.toLowerCase() === name.toLowerCase())
            : undefined;
          const next = isObject(item) && key !== undefined ? item[key] : undefined;
          return next === undefined ? [] : [next];
        });
      }),
    resource === undefined ? [] : [resource],
  );
};

const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  co: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
  gt: (value, wanted) => value > wanted,
  ge: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  le: (value, wanted) => value <= wanted,
};

type Test = (resource: Json) => boolean;

const plainText = (value: Json): string => (isObject(value) ? String(value.value ?? '') : String(value)).toLowerCase();

const comparison = (text: string): Test => {
  const present = /^([\w.:-]+)\s+pr$/i.exec(text);
  if (present?.[1] !== undefined) {
    const [, path] = present;
    return (resource) => valuesAt(resource, path).length > 0;
  }
  const parts = /^([\w.:-]+)\s+(\w\w)\s+("(?:[^"\\]|\\.)*"|true|false|\d+(?:\.\d+)?)$/i.exec(text);
  const test = ownOf(comparisons, parts?.[2]?.toLowerCase() ?? '');
  if (parts?.[1] === undefined || parts[3] === undefined || test === undefined)
    throw badRequest(`The filter "${text}" cannot be read.`);
  const [, path, , raw] = parts;
  const wanted = String(JSON.parse(raw)).toLowerCase();
  return (resource) =>
    valuesAt(resource, path)
      .flat()
      .some((value) => test(plainText(value as Json), wanted));
};

/** @throws 400 for an unreadable filter. */
export const compileFilter = (filter: string): Test => {
  const alternatives = filter
    .trim()
    .split(/\s+or\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/i)
    .map((part) => part.split(/\s+and\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/i).map((text) => comparison(text.trim())));
  return (resource) => alternatives.some((tests) => tests.every((test) => test(resource)));
};
