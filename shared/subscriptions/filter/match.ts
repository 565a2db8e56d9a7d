/**
 * Whether an event matches a pattern, by the rules of EventBridge (user guide, event patterns; github.com/aws/event-ruler):
 * every field of the pattern must match, an array in the event matches when one of its elements does, and fields below one
 * array must match within the same element. One walk over pattern and event: the work is at most their product.
 */

export type Scalar = string | number | boolean | null;
/** Whether a value that stands in the event matches. */
export type Test = (value: Scalar) => boolean;

export type Leaf = {
  readonly kind: 'leaf';
  /** From the event's root. */
  readonly path: readonly string[];
  /** One must hold. */
  readonly tests: readonly Test[];
  /** `{"exists": false}` is among them. */
  readonly mayBeAbsent: boolean;
};
/** All of `fields` must match, and one of each list in `alternatives` (`$or`). */
export type Branch = {
  readonly kind: 'branch';
  readonly fields: readonly (readonly [name: string, Leaf | Branch])[];
  readonly alternatives: readonly (readonly Branch[])[];
};

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined` for what is absent, and for what an object has by inheritance only. */
const fieldOf = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

/** The elements of arrays, and of arrays within them, one after the other. */
const flatten = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flatMap(flatten) : [value]);

const scalarsOf = (value: unknown): readonly Scalar[] =>
  flatten(value).filter((one) => one !== undefined && !isObject(one)) as readonly Scalar[];

/** Whether a value stands at `path`, in whatever elements of arrays. Objects are no values. */
const hasValue = (value: unknown, path: readonly string[]): boolean => {
  const [name, ...rest] = path;
  if (name === undefined) return scalarsOf(value).length > 0;
  return flatten(value).some((one) => isObject(one) && hasValue(fieldOf(one, name), rest));
};

const nothing: JsonObject = {};

/** Where no object stands, the fields below are absent: a pattern that wants them absent matches. */
const objectsOf = (value: unknown): readonly JsonObject[] => {
  const objects = flatten(value).filter(isObject);
  return objects.length > 0 ? objects : [nothing];
};

export const matches = (pattern: Branch, event: unknown): boolean => {
  /** Absence is asked of the whole event. It is found out once for each leaf, not for each element of an array. */
  const absent = new Map<Leaf, boolean>();
  const isAbsent = (leaf: Leaf): boolean => {
    const known = absent.get(leaf) ?? !hasValue(event, leaf.path);
    absent.set(leaf, known);
    return known;
  };

  const matchesLeaf = (leaf: Leaf, value: unknown): boolean =>
    scalarsOf(value).some((scalar) => leaf.tests.some((test) => test(scalar))) || (leaf.mayBeAbsent && isAbsent(leaf));

  const matchesBranch = ({ fields, alternatives }: Branch, object: JsonObject): boolean =>
    fields.every(([name, node]) =>
      node.kind === 'leaf'
        ? matchesLeaf(node, fieldOf(object, name))
        : objectsOf(fieldOf(object, name)).some((child) => matchesBranch(node, child)),
    ) && alternatives.every((branches) => branches.some((branch) => matchesBranch(branch, object)));

  return objectsOf(event).some((object) => matchesBranch(pattern, object));
};
