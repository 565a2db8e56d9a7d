/** The items of a list, as Signals takes them: flat objects, at most 20,000, each with a key of its own. */
import { type Field, faultOf } from './field.ts';
import { isRecord } from './record.ts';

/** Signals takes no more items of a list (developer guide, 06). */
export const mostItems = 20_000;

export type ListItem = Readonly<Record<string, unknown>>;
/** One fault: the item (from 0), its field where there is one, and what is wrong. */
export type ItemFault = { readonly index?: number; readonly field?: string; readonly detail: string };

export type ItemRules = { readonly fields: readonly Field[]; readonly key: string };

/** As many as an error names. */
const mostFaults = 20;

const tooMany = (count: number): ItemFault => ({ detail: `has ${count} items; a list has at most ${mostItems}` });

const keyOf = (item: ListItem, key: string): string | undefined => {
  const value = item[key];
  return value === undefined || value === null || value === '' ? undefined : String(value);
};

const own = (item: ListItem, name: string): unknown => (Object.hasOwn(item, name) ? item[name] : undefined);

type Checked = {
  /** Without members that no field names, and without nulls. */
  readonly items: readonly ListItem[];
  /** At most 20. */
  readonly faults: readonly ItemFault[];
};

const checkItem = (item: unknown, index: number, { fields }: ItemRules): { item: ListItem; faults: ItemFault[] } => {
  if (!isRecord(item)) return { item: {}, faults: [{ index, detail: 'must be an object' }] };
  const faults: ItemFault[] = [];
  const kept: [string, unknown][] = [];
  for (const field of fields) {
    const value = own(item, field.name);
    const detail = faultOf(field, value);
    if (detail !== undefined) faults.push({ index, field: field.name, detail });
    else if (value !== undefined && value !== null) kept.push([field.name, value]);
  }
  return { item: Object.fromEntries(kept), faults };
};

/** @param given what came as the list of items. */
export const checkItems = (given: unknown, rules: ItemRules): Checked => {
  if (!Array.isArray(given)) return { items: [], faults: [{ detail: 'must be a list of items' }] };
  if (given.length > mostItems) return { items: [], faults: [tooMany(given.length)] };
  const faults: ItemFault[] = [];
  const items: ListItem[] = [];
  const seen = new Map<string, number>();
  for (const [index, candidate] of given.entries()) {
    if (faults.length >= mostFaults) break;
    const checked = checkItem(candidate, index, rules);
    faults.push(...checked.faults);
    items.push(checked.item);
    if (checked.faults.length > 0) continue;
    const key = keyOf(checked.item, rules.key);
    const first = key === undefined ? undefined : seen.get(key);
    if (key === undefined) faults.push({ index, field: rules.key, detail: 'is the key, and is missing' });
    else if (first !== undefined) faults.push({ index, field: rules.key, detail: `is the key of item ${first}, too` });
    else seen.set(key, index);
  }
  return { items, faults: faults.slice(0, mostFaults) };
};

/** The names that no field has, of the first item that has some. */
export const unknownNames = (given: unknown, { fields }: ItemRules): { index: number; names: string[] } | undefined => {
  const known = new Set(fields.map(({ name }) => name));
  if (!Array.isArray(given)) return undefined;
  const index = given.findIndex((item) => isRecord(item) && Object.keys(item).some((name) => !known.has(name)));
  return index < 0 ? undefined : { index, names: Object.keys(given[index]).filter((name) => !known.has(name)) };
};

/** More than any list of Signals needs. A small CSV file with long names can make a far longer text. */
export const mostTextCharacters = 16 * 1_048_576;

/** A list as Signals reads it; undefined = it is longer. It is given up where that shows. */
export const toListText = (items: readonly ListItem[]): string | undefined => {
  const texts: string[] = [];
  let characters = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    characters += text.length + 1;
    if (characters > mostTextCharacters) return undefined;
    texts.push(text);
  }
  return `{"data":[${texts.join(',')}]}`;
};
