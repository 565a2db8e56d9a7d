/**
 * Records of a source: JSON objects, flat or nested. A value has a path, as Signals spells it: `a.b[0].c`, and `["x.y"]` for a name with a dot
 * (developer guide, 06).
 */
import { type Field, faultOf, mostFieldName } from './field.ts';

type Value = string | number | boolean | null;
export type SourceRecord = { readonly [name: string]: unknown };
type Step = string | number;
type Leaf = { readonly path: string; readonly steps: readonly Step[]; readonly value: unknown };

/** One fault of a record: the path of a value, and what is wrong with it. */
export type RecordFault = { readonly path: string; readonly detail: string };

export const isRecord = (value: unknown): value is SourceRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const spell = (path: string, step: Step): string => {
  if (typeof step === 'number') return `${path}[${step}]`;
  if (step === '' || /[.[\]"]/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === '' ? step : `${path}.${step}`;
};

const entriesOf = (value: object): (readonly [Step, unknown])[] =>
  Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);

/**
 * Values, and the objects and lists that a field names or that have nothing in them: Signals maps neither. A path that is too long for a field
 * ends there: every leaf has its whole path, so that one long name above many leaves would take a lot of memory.
 */
const leavesOf = (record: SourceRecord, isField: (path: string) => boolean): Leaf[] => {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, path: string, steps: readonly Step[]): void => {
    const entries = typeof value === 'object' && value !== null ? entriesOf(value) : [];
    const isTooLong = path.length > mostFieldName;
    if (path !== '' && (entries.length === 0 || isTooLong || isField(path))) {
      leaves.push({ path: isTooLong ? `${path.slice(0, mostFieldName)}…` : path, steps, value });
      return;
    }
    for (const [step, inner] of entries) walk(inner, spell(path, step), [...steps, step]);
  };
  walk(record, '', []);
  return leaves;
};

const define = (target: object, step: Step, value: unknown): void =>
  // A name may be `__proto__`.
  void Object.defineProperty(target, step, { value, enumerable: true, configurable: true, writable: true });

const put = (target: object, [step, ...rest]: readonly Step[], value: unknown): void => {
  if (step === undefined) return;
  const [next] = rest;
  if (next === undefined) {
    define(target, step, value);
    return;
  }
  const own = Object.getOwnPropertyDescriptor(target, step)?.value as object | undefined;
  const inner = own ?? (typeof next === 'number' ? [] : {});
  if (own === undefined) define(target, step, inner);
  put(inner, rest, value);
};

/** What the fields name of a record, in its shape. An element of a list that no field names is null. */
const pick = (leaves: readonly Leaf[]): SourceRecord => {
  const picked = {};
  for (const { steps, value } of leaves) put(picked, steps, value);
  return picked;
};

/** Holes of lists read as null. */
const filled = (value: unknown): unknown => {
  if (Array.isArray(value)) return Array.from(value, (item) => (item === undefined ? null : filled(item)));
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item)]))
    : value;
};

export type Checked = {
  /** The record without what no field names. */
  readonly record: SourceRecord;
  /** By path. */
  readonly values: ReadonlyMap<string, Value>;
  readonly faults: readonly RecordFault[];
  /** Paths that no field names. */
  readonly unknown: readonly string[];
};

export const checkRecord = (record: SourceRecord, fields: readonly Field[]): Checked => {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const leaves = leavesOf(record, (path) => byName.has(path));
  const named = leaves.filter(({ path }) => byName.has(path));
  const values = new Map(named.map(({ path, value }) => [path, value]));
  const faults = fields.flatMap((field): RecordFault[] => {
    const detail = faultOf(field, values.get(field.name));
    return detail === undefined ? [] : [{ path: field.name, detail }];
  });
  const unknown = leaves.filter(({ path }) => !byName.has(path)).map(({ path }) => path);
  return { record: filled(pick(named)) as SourceRecord, values: values as Map<string, Value>, faults, unknown };
};

/** The steps of a path as it is spelled. */
export const stepsOf = (path: string): readonly Step[] =>
  [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|[^.[\]]+/g)].map(([whole, quoted, index]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? whole : String(JSON.parse(quoted));
  });
