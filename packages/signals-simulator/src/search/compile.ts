/** Turns a query tree into one predicate. Wrong values are refused; wrong fields silently find nothing, as the tenant does. */
import { badRequest } from '../errors.ts';
import { arrayOf, isObject, type Json, type JsonObject, ownOf, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { entryOf, numberOfWord, testOfWords, wordsOf } from './entry.ts';
import { type Plain, type TagType, tagTypes } from './index-entry.ts';
import { dateFields, isSystemField, systemReader, systemValue, tagReader } from './tags.ts';

export type Predicate = (entity: Entity) => boolean;
type ValuesOf = (entity: Entity) => readonly Plain[];

interface FieldSpec {
  readonly valuesOf: ValuesOf;
  readonly isDate: boolean;
  readonly as: TagType | undefined;
}

const readAs = (operand: JsonObject): TagType | undefined => {
  const as = operand.as;
  if (as === undefined) return undefined;
  const known = tagTypes.find((type) => type === as);
  if (known === undefined) throw badRequest(`as "${String(as)}" is unknown; use ${tagTypes.join(', ')}.`);
  return known;
};

/** A whole-number tag may be read as a double; any other mismatch of `as` finds nothing. */
const agrees = (wanted: TagType | undefined, actual: TagType) =>
  wanted === undefined ? actual === 'text' : wanted === actual || (wanted === 'double' && actual === 'integer');

const nothing: readonly Plain[] = [];

const fieldSpec = (tenant: Tenant, operand: JsonObject): FieldSpec => {
  const field = textOf(operand.field);
  if (field === undefined) throw badRequest('An operator needs a field.');
  const as = readAs(operand);
  if (operand.in === 'tags') {
    const read = tagReader(tenant, field);
    const valuesOf = (entity: Entity) => {
      const tag = read(entity);
      return tag !== undefined && agrees(as, tag.type) ? tag.values : nothing;
    };
    return { as, isDate: as === 'date', valuesOf };
  }
  if (!isSystemField(field)) return { as, isDate: false, valuesOf: () => [] };
  const isDate = dateFields.has(field);
  const read = systemReader(field);
  return { as, isDate, valuesOf: (entity) => (as === 'date' && !isDate ? [] : read(entity, tenant)) };
};

const plainOf = (value: Json | undefined): Plain => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw badRequest('An operator needs a value.');
};

const comparable = (spec: FieldSpec, value: Json | undefined): Plain => {
  const given = plainOf(value);
  if (!spec.isDate) return spec.as === 'integer' || spec.as === 'double' ? Number(given) : given;
  const millis = typeof given === 'number' ? given : Date.parse(String(given));
  if (Number.isNaN(millis)) throw badRequest(`"${String(given)}" is not a date.`);
  return millis;
};

type WordsOf = (entity: Entity) => readonly number[];

/** Names and descriptions are cut into words once; other fields on the way. */
const indexedWords = (operand: JsonObject): WordsOf | undefined => {
  if (operand.in === 'tags' || operand.as !== undefined) return undefined;
  if (operand.field === 'name') return (entity) => entryOf(entity).nameWords;
  return operand.field === 'description' ? (entity) => entryOf(entity).descriptionWords : undefined;
};

/** One number is compared without a set, the commonest case. */
const hasAny = (wordsOfEntity: WordsOf, wanted: readonly number[]): Predicate => {
  const [only] = wanted;
  if (only === undefined) return () => false;
  if (wanted.length === 1) return (entity) => wordsOfEntity(entity).includes(only);
  const numbers = new Set(wanted);
  return (entity) => wordsOfEntity(entity).some((word) => numbers.has(word));
};

const sharesToken = (words: ReadonlySet<string>, value: Plain) =>
  typeof value === 'string' && wordsOf(value).some((word) => words.has(word));

const match = (tenant: Tenant, operand: JsonObject): Predicate => {
  const spec = fieldSpec(tenant, operand);
  const wanted = comparable(spec, operand.value);
  const { valuesOf } = spec;
  if (operand.mode === 'keyword' || typeof wanted !== 'string' || spec.isDate) {
    const text = String(wanted);
    const field = textOf(operand.field) ?? '';
    if (operand.in !== 'tags' && spec.as === undefined && isSystemField(field) && field !== '_starringUserIDs') {
      const read = systemValue(field);
      return (entity) => {
        const value = read(entity, tenant);
        return value === wanted || String(value) === text;
      };
    }
    return (entity) => valuesOf(entity).some((value) => value === wanted || String(value) === text);
  }
  const words = new Set(wordsOf(wanted));
  const indexed = indexedWords(operand);
  if (indexed !== undefined) return hasAny(indexed, [...words].map(numberOfWord));
  return (entity) => valuesOf(entity).some((value) => sharesToken(words, value));
};

const among = (tenant: Tenant, operand: JsonObject): Predicate => {
  const { valuesOf } = fieldSpec(tenant, operand);
  if (!Array.isArray(operand.values)) throw badRequest('$in needs values.');
  const wanted = new Set(arrayOf(operand.values).map(String));
  return (entity) => valuesOf(entity).some((value) => wanted.has(String(value)));
};

const intersect = (tenant: Tenant, operand: JsonObject): Predicate => {
  const { valuesOf } = fieldSpec(tenant, operand);
  if (!Array.isArray(operand.values)) throw badRequest('$intersect needs values.');
  const wanted = new Set(arrayOf(operand.values).map(String));
  const minimum = typeof operand.minimum === 'number' ? operand.minimum : 1;
  return (entity) => valuesOf(entity).filter((value) => wanted.has(String(value))).length >= minimum;
};

const exists = (tenant: Tenant, operand: JsonObject): Predicate => {
  const field = textOf(operand.field);
  if (field === undefined) throw badRequest('$exists needs a field.');
  if (operand.in === 'tags') {
    const read = tagReader(tenant, field);
    return (entity) => read(entity) !== undefined;
  }
  const { valuesOf } = fieldSpec(tenant, operand);
  return (entity) => valuesOf(entity).some((value) => value !== '');
};

const prefix = (tenant: Tenant, operand: JsonObject): Predicate => {
  const { valuesOf } = fieldSpec(tenant, operand);
  const wanted = String(plainOf(operand.value));
  if (operand.mode === 'keyword')
    return (entity) => valuesOf(entity).some((value) => String(value).toLowerCase().startsWith(wanted));
  const indexed = indexedWords(operand);
  if (indexed !== undefined) {
    const begins = testOfWords((word) => word.startsWith(wanted));
    return (entity) => indexed(entity).some(begins);
  }
  return (entity) => valuesOf(entity).some((value) => wordsOf(String(value)).some((word) => word.startsWith(wanted)));
};

type Comparison = (value: Plain, bound: Plain) => boolean;

const compare =
  (holds: Comparison) =>
  (tenant: Tenant, operand: JsonObject): Predicate => {
    const spec = fieldSpec(tenant, operand);
    const bound = comparable(spec, operand.value);
    const { valuesOf } = spec;
    return (entity) => valuesOf(entity).some((value) => typeof value === typeof bound && holds(value, bound));
  };

const range = (tenant: Tenant, operand: JsonObject): Predicate => {
  const spec = fieldSpec(tenant, operand);
  const from = comparable(spec, operand.from);
  const to = comparable(spec, operand.to);
  const { valuesOf } = spec;
  return (entity) => valuesOf(entity).some((value) => typeof value === typeof from && value >= from && value <= to);
};

const simple = (_tenant: Tenant, operand: JsonObject): Predicate => {
  const words = (textOf(operand.query) ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const isAll = operand.operator === 'AND' || operand.operator === 'and';
  const tests = words.map((wanted): ((word: string) => boolean) => {
    if (!wanted.endsWith('*')) return (word) => word === wanted;
    const beginning = wanted.slice(0, -1);
    return (word) => word.startsWith(beginning);
  });
  if (isAll) {
    const byNumber = tests.map(testOfWords);
    return (entity) => byNumber.every((test) => entryOf(entity).words.some(test));
  }
  const isWanted = testOfWords((word) => tests.some((test) => test(word)));
  return (entity) => {
    for (const number of entryOf(entity).words) if (isWanted(number)) return true;
    return false;
  };
};

/** Substructure without options, exact with `full=true`; on text, since the simulator knows no chemistry (invented). */
const chemsearch = (tenant: Tenant, operand: JsonObject): Predicate => {
  const molecule = textOf(operand.molecule);
  if (molecule === undefined) throw badRequest('$chemsearch needs a molecule.');
  const options = operand.options;
  if (options !== undefined && options !== '' && options !== 'full=true')
    throw badRequest(`$chemsearch does not know the options "${String(options)}".`);
  const isFull = options === 'full=true';
  return (entity) => {
    const smiles = tenant.searchExtras.smilesOf(entity);
    return smiles !== undefined && (isFull ? smiles === molecule : smiles.includes(molecule));
  };
};

const list = (tenant: Tenant, operand: Json | undefined, name: string): Predicate[] => {
  if (!Array.isArray(operand)) throw badRequest(`${name} needs a list.`);
  return arrayOf(operand).map((query) => compileQuery(tenant, query));
};

const one = (tenant: Tenant, operand: Json | undefined): Predicate =>
  compileQuery(tenant, Array.isArray(operand) ? (arrayOf(operand)[0] ?? null) : (operand ?? null));

const child = (tenant: Tenant, operand: Json | undefined): Predicate => {
  const test = one(tenant, operand);
  return (entity) => tenant.entities.childrenOf(entity.id).some(test);
};

const parent = (tenant: Tenant, operand: Json | undefined): Predicate => {
  const test = one(tenant, operand);
  return (entity) => {
    const found = entity.parentId === undefined ? undefined : tenant.entities.get(entity.parentId);
    return found !== undefined && test(found);
  };
};

const fieldOperators: Readonly<Record<string, (tenant: Tenant, operand: JsonObject) => Predicate>> = {
  $match: match,
  $in: among,
  $intersect: intersect,
  $exists: exists,
  $prefix: prefix,
  $gt: compare((value, bound) => value > bound),
  $lt: compare((value, bound) => value < bound),
  $gte: compare((value, bound) => value >= bound),
  $lte: compare((value, bound) => value <= bound),
  $range: range,
  $simple: simple,
  $semantic: simple,
  $chemsearch: chemsearch,
};

const compileOperator = (tenant: Tenant, name: string, operand: Json | undefined): Predicate => {
  if (name === '$and') {
    const tests = list(tenant, operand, name);
    return (entity) => tests.every((test) => test(entity));
  }
  if (name === '$or') {
    const tests = list(tenant, operand, name);
    return (entity) => tests.some((test) => test(entity));
  }
  if (name === '$not') {
    const tests = list(tenant, operand, name);
    return (entity) => !tests.some((test) => test(entity));
  }
  if (name === '$child') return child(tenant, operand);
  if (name === '$parent') return parent(tenant, operand);
  const operator = ownOf(fieldOperators, name);
  if (operator === undefined) throw badRequest(`Operator ${name} is unknown.`);
  if (!isObject(operand)) throw badRequest(`${name} needs an object.`);
  return operator(tenant, operand);
};

/** @throws 400 for anything that is not a query. */
export const compileQuery = (tenant: Tenant, query: Json): Predicate => {
  if (!isObject(query)) throw badRequest('query must be an object.');
  const names = Object.keys(query);
  if (names.length === 0) throw badRequest('query must hold an operator.');
  const tests = names.map((name) => compileOperator(tenant, name, query[name]));
  const [first] = tests;
  return tests.length === 1 && first !== undefined ? first : (entity) => tests.every((test) => test(entity));
};

const typesOfOperator = (name: string, operand: Json | undefined): readonly string[] | undefined => {
  if (name === '$and') {
    for (const query of arrayOf(operand)) {
      const types = typesOfQuery(query);
      if (types !== undefined) return types;
    }
    return undefined;
  }
  if (!isObject(operand) || operand.field !== 'type' || operand.in !== undefined) return undefined;
  if (name === '$match' && operand.mode === 'keyword') return [String(operand.value)];
  return name === '$in' ? arrayOf(operand.values).map(String) : undefined;
};

/** The only types that can match, when the query says so plainly; spares a walk over everything. */
export const typesOfQuery = (query: Json): readonly string[] | undefined => {
  if (!isObject(query)) return undefined;
  for (const [name, operand] of Object.entries(query)) {
    const types = typesOfOperator(name, operand);
    if (types !== undefined) return types;
  }
  return undefined;
};
