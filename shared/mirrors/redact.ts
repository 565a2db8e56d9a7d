/**
 * Takes fields out of a document: each field that a rule names becomes null. A rule is a path with dots, such as
 * `data.attributes.comment`. `*` stands for any one member or element, `**` for any number of levels: `**.email`.
 */

/** What is left of a rule. */
type Steps = readonly string[];

/** `**` may stand for no level at all. */
const open = (steps: Steps): readonly Steps[] => (steps[0] === '**' ? [steps, ...open(steps.slice(1))] : [steps]);

/** Each once: otherwise several `**` in one rule would double the work at each level. */
const once = (rules: readonly Steps[]): readonly Steps[] => [
  ...new Map(rules.map((steps) => [steps.join('.'), steps])).values(),
];

const inside = (rules: readonly Steps[], name: string): readonly Steps[] => {
  const further = rules.flatMap((steps) => {
    const [first, ...rest] = steps;
    if (first === '**') return open(steps);
    return first === '*' || first === name ? open(rest) : [];
  });
  return once(further);
};

const apply = (value: unknown, rules: readonly Steps[]): unknown => {
  if (rules.some(({ length }) => length === 0)) return null;
  if (rules.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element, index) => apply(element, inside(rules, String(index))));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, apply(member, inside(rules, name))]));
};

/** @param document parsed JSON, which is left as it is. */
export const redact = (document: unknown, rules: readonly string[]): unknown =>
  apply(
    document,
    rules.flatMap((rule) => open(rule.split('.'))),
  );
