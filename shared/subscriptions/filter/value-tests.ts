/** What may stand in a list of a pattern: values, and objects with one operator. Their rules are those of EventBridge (user guide, comparison operators). */
import { BlockList, isIP } from 'node:net';
import type { Scalar, Test } from './match.ts';

/** A test of values, or why it is none. `exists-not` matches what is absent. */
export type Reading = Test | 'exists-not' | { readonly fault: string; readonly at?: readonly PropertyKey[] };

const fault = (text: string, at: readonly PropertyKey[] = []): Reading => ({ fault: text, at });

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isScalar = (value: unknown): value is Scalar => value === null || typeof value !== 'object';

/** A test of texts; other values never match. */
const onText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    isText(value) && test(value);

/** Letters are compared without case, as Unicode folds single characters. */
const fold = (text: string): string => text.toLowerCase();

/** The parts between the stars. A backslash takes a star, or a backslash, as it is. Undefined for a text that is no wildcard. */
const partsOf = (text: string): readonly string[] | undefined => {
  const parts = [''];
  for (let index = 0; index < text.length; index += 1) {
    const [character, next] = [text[index] as string, text[index + 1]];
    const last = parts.length - 1;
    if (character === '*') {
      if (next === '*') return undefined;
      parts.push('');
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') return undefined;
      parts[last] += next;
      index += 1;
    } else parts[last] += character;
  }
  return parts;
};

/** Whether the parts stand in the text in their order: the first place of each is as good as any, so there is no way back. */
const holdsInOrder = (text: string, [first = '', ...rest]: readonly string[]): boolean => {
  if (rest.length === 0) return text === first;
  const last = rest.at(-1) as string;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};

const readWildcard = (value: unknown): Reading => {
  if (!isText(value)) return fault('must be a text with *');
  const parts = partsOf(value);
  if (!parts) return fault('must have no two * in a row, and \\ before * or \\ only');
  return onText((text) => holdsInOrder(text, parts));
};

const ignoringCase = (value: unknown, test: (text: string, wanted: string) => boolean): Reading => {
  if (!isText(value)) return fault('must be a text');
  const wanted = fold(value);
  return onText((text) => test(fold(text), wanted));
};

/** `prefix` and `suffix`: a text, or `{"equals-ignore-case": text}`. */
const readEdge =
  (test: (text: string, wanted: string) => boolean) =>
  (value: unknown): Reading => {
    if (isText(value)) return onText((text) => test(text, value));
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'equals-ignore-case')
      return fault('must be a text, or {"equals-ignore-case": a text}');
    return ignoringCase((value as Record<string, unknown>)['equals-ignore-case'], test);
  };

const startsWith = readEdge((text, wanted) => text.startsWith(wanted));
const endsWith = readEdge((text, wanted) => text.endsWith(wanted));
const equalsIgnoringCase = (value: unknown): Reading => ignoringCase(value, (text, wanted) => text === wanted);

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const numericForm = 'must be such as ["=", 5], ["<", 10] or [">", 0, "<=", 5]';

/** One comparison, or a lower and an upper bound. */
const readNumeric = (value: unknown): Reading => {
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 4)) return fault(numericForm);
  const [sign, bound, otherSign, otherBound] = value as unknown[];
  const lower = isText(sign) && Object.hasOwn(comparisons, sign) ? comparisons[sign] : undefined;
  if (!lower || !isNumber(bound)) return fault(numericForm);
  if (value.length === 2) return (one) => isNumber(one) && lower(one, bound);
  const upper = isText(otherSign) && otherSign.startsWith('<') ? comparisons[otherSign] : undefined;
  if (!upper || !isNumber(otherBound) || !(sign as string).startsWith('>') || bound > otherBound)
    return fault(numericForm);
  return (one) => isNumber(one) && lower(one, bound) && upper(one, otherBound);
};

const readCidr = (value: unknown): Reading => {
  const [address = '', prefix = ''] = isText(value) ? value.split('/') : [];
  const version = isIP(address);
  const bits = Number(prefix);
  if (version === 0 || !/^\d{1,3}$/.test(prefix) || bits > (version === 4 ? 32 : 128))
    return fault('must be a range of addresses such as 10.0.0.0/24');
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return onText((text) => isIP(text) === version && range.check(text, family));
};

const readExists = (value: unknown): Reading => {
  if (typeof value !== 'boolean') return fault('must be true or false');
  return value ? () => true : 'exists-not';
};

type ReadOperator = (value: unknown) => Reading;

/** None of the values may match. What is absent does not match either; null does. */
const readNoneOf = (value: unknown, read: ReadOperator): Reading => {
  const tests: Test[] = [];
  for (const [index, one] of (Array.isArray(value) ? value : [value]).entries()) {
    const reading = read(one);
    if (typeof reading !== 'function') return Array.isArray(value) ? withPlace(reading, [index]) : reading;
    tests.push(reading);
  }
  if (tests.length === 0) return fault('must have at least one value');
  return (one) => !tests.some((test) => test(one));
};

const withPlace = (reading: Reading, place: readonly PropertyKey[]): Reading =>
  typeof reading === 'object' ? { ...reading, at: [...place, ...(reading.at ?? [])] } : reading;

const refusable: Readonly<Record<string, ReadOperator>> = {
  prefix: startsWith,
  suffix: endsWith,
  wildcard: readWildcard,
  'equals-ignore-case': equalsIgnoringCase,
};

const readAnythingBut: ReadOperator = (value) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [[name = '', wanted] = [], ...more] = Object.entries(value);
    const read = Object.hasOwn(refusable, name) ? refusable[name] : undefined;
    if (!read || more.length > 0) return fault(`must have one of ${Object.keys(refusable).join(', ')}`);
    return withPlace(readNoneOf(wanted, read), [name]);
  }
  const values = Array.isArray(value) ? value : [value];
  if (!values.every(isText) && !values.every(isNumber)) return fault('must be texts only, or numbers only');
  return readNoneOf(value, (one) => (other) => other === one);
};

const operators: Readonly<Record<string, ReadOperator>> = {
  ...refusable,
  'anything-but': readAnythingBut,
  numeric: readNumeric,
  exists: readExists,
  cidr: readCidr,
};

export const isOperator = (name: string): boolean => Object.hasOwn(operators, name);

/** Reads one member of a pattern's list. */
export const readValue = (value: unknown): Reading => {
  if (Array.isArray(value)) return fault('must be a value or an operator, not a list in a list');
  if (isScalar(value)) return (other) => other === value;
  const [[name = '', operand] = [], ...more] = Object.entries(value as object);
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!read || more.length > 0) return fault(`must have exactly one of ${Object.keys(operators).join(', ')}`);
  return withPlace(read(operand), [name]);
};
