/** Filters of subscriptions: patterns in the syntax of EventBridge, read once and then asked of each event. */
import * as z from 'zod';
import { type Branch, type Leaf, matches, type Test } from './match.ts';
import { isOperator, readValue } from './value-tests.ts';

/** Bounds on a pattern. EventBridge takes 2,048 characters, 4,096 on request (service quotas). */
const mostFilterCharacters = 4_096;
const mostLevels = 16;
const mostValues = 200;

export type FilterFault = { readonly path: readonly PropertyKey[]; readonly message: string };
/** Whether an event, as it is sent, is wanted. */
export type Filter = (event: unknown) => boolean;

type Reader = { readonly faults: FilterFault[]; values: number };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** EventBridge takes `$or` for a field unless it holds two objects or more: who writes it otherwise means something else. */
const readAlternatives = (value: unknown, path: readonly string[], at: readonly PropertyKey[], reader: Reader) => {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    reader.faults.push({ path: at, message: 'must be a list of at least two objects' });
    return [];
  }
  return value.map((one, index) => readBranch(one, path, [...at, index], reader));
};

const readLeaf = (
  values: readonly unknown[],
  path: readonly string[],
  at: readonly PropertyKey[],
  reader: Reader,
): Leaf => {
  const tests: Test[] = [];
  let mayBeAbsent = false;
  if (values.length === 0) reader.faults.push({ path: at, message: 'must have at least one value' });
  for (const [index, value] of values.entries()) {
    reader.values += 1;
    const reading = readValue(value);
    if (reading === 'exists-not') mayBeAbsent = true;
    else if (typeof reading === 'function') tests.push(reading);
    else reader.faults.push({ path: [...at, index, ...(reading.at ?? [])], message: reading.fault });
  }
  return { kind: 'leaf', path, tests, mayBeAbsent };
};

const readBranch = (
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
  at: readonly PropertyKey[],
  reader: Reader,
): Branch => {
  const fields: (readonly [string, Leaf | Branch])[] = [];
  const alternatives: (readonly Branch[])[] = [];
  const entries = Object.entries(object);
  if (entries.length === 0) reader.faults.push({ path: at, message: 'must have at least one field' });
  if (at.length > mostLevels) reader.faults.push({ path: at, message: `nests deeper than ${mostLevels} levels` });
  else
    for (const [name, value] of entries) {
      const [inner, place] = [
        [...path, name],
        [...at, name],
      ];
      if (name === '$or') alternatives.push(readAlternatives(value, path, place, reader));
      else if (Array.isArray(value)) fields.push([name, readLeaf(value, inner, place, reader)]);
      else if (isObject(value)) fields.push([name, readBranch(value, inner, place, reader)]);
      else {
        const list = isOperator(name) ? 'an operator stands in a list, such as' : 'must be a list of values, such as';
        reader.faults.push({ path: place, message: `${list} [${JSON.stringify(isOperator(name) ? object : value)}]` });
      }
    }
  return { kind: 'branch', fields, alternatives };
};

/** Reads a pattern. @returns the filter, or every fault with its place. */
export const readFilter = (pattern: unknown): Filter | readonly FilterFault[] => {
  if (!isObject(pattern)) return [{ path: [], message: 'must be an object' }];
  if (JSON.stringify(pattern).length > mostFilterCharacters)
    return [{ path: [], message: `must have at most ${mostFilterCharacters} characters as JSON` }];
  const reader: Reader = { faults: [], values: 0 };
  const branch = readBranch(pattern, [], [], reader);
  if (reader.values > mostValues) reader.faults.push({ path: [], message: `must have at most ${mostValues} values` });
  return reader.faults.length > 0 ? reader.faults : (event) => matches(branch, event);
};

const everyEvent: Filter = () => true;

/** The filter of a stored subscription: it was checked when it was made. @throws for a pattern that is none. */
export const compileFilter = (pattern: unknown): Filter => {
  if (pattern === undefined) return everyEvent;
  const filter = readFilter(pattern);
  if (typeof filter === 'function') return filter;
  throw new Error(`A stored filter cannot be read: ${filter[0]?.message}`);
};

/** In the body of a request: each fault with a pointer to it. */
export const FilterPattern = z
  .record(z.string(), z.unknown())
  .superRefine((pattern, { addIssue }) => {
    const filter = readFilter(pattern);
    if (typeof filter === 'function') return;
    for (const { path, message } of filter) addIssue({ code: 'custom', path: [...path], message });
  })
  .meta({ id: 'Filter', description: 'Event pattern in the syntax of EventBridge, over the event as it is sent.' });
