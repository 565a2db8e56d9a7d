/**
 * What no test may rely on: that a machine does something within a time. A busy machine breaks every such budget. Tests wait for what
 * they assert instead (CONTRIBUTING.md, "Wait in a test").
 */
import { parseAst } from 'vitest/node';

/** A limit of ten minutes or more, like those of vitest.config.ts, ends what hangs and nothing that is slow. */
const patientMillis = 600_000;

export type Finding = { readonly line: number; readonly message: string };

type Node = { readonly type: string; readonly start: number; readonly [member: string]: unknown };
/** What a rule knows of its file. */
type Source = {
  /** Names of functions that return a promise of a timer. */
  readonly sleeps: ReadonlySet<string>;
  /** Names of values that are differences of the present and another instant. */
  readonly durations: ReadonlySet<string>;
};
type Rule = (node: Node, source: Source) => string | false;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);
const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

function* within(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* within(child);
}
const some = (node: Node, test: (one: Node) => boolean): boolean => within(node).some(test);

const isFunction = ({ type }: Node): boolean => type === 'ArrowFunctionExpression' || type === 'FunctionExpression';

/** `it` for `it.each(rows)('...', ...)`, `Date.now` for `Date.now()`; empty for what is no name. */
const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'MemberExpression') return `${nameOf(node.object)}.${nameOf(node.property)}`;
  if (node.type === 'CallExpression') return nameOf(node.callee);
  return node.type === 'TaggedTemplateExpression' ? nameOf(node.tag) : '';
};
const isCallOf = (node: Node, test: (name: string) => boolean): boolean =>
  node.type === 'CallExpression' && test(nameOf(node.callee));

/** A number that stands in the source, the smaller one of `sized(full, small)`; anything else has no value. */
const amountOf = (node: unknown): number => {
  if (!isNode(node)) return Number.NaN;
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : Number.NaN;
  if (node.type === 'BinaryExpression' && node.operator === '*') return amountOf(node.left) * amountOf(node.right);
  if (isCallOf(node, (name) => name === 'sized')) return Math.min(...listOf(node.arguments).map(amountOf));
  return Number.NaN;
};
const isBudget = (node: unknown): boolean => amountOf(node) < patientMillis;

const isPresent = (node: Node): boolean => isCallOf(node, (name) => /^(Date|performance)\.now$/.test(name));
const isDifference = (node: Node): boolean =>
  node.type === 'BinaryExpression' && node.operator === '-' && some(node, isPresent);

const runners = /^(it|test|describe|beforeAll|beforeEach|afterAll|afterEach|onTestFinished)\b/;

const ownLimit: Rule = (node) => {
  if (!isCallOf(node, (name) => runners.test(name))) return false;
  const given = listOf(node.arguments);
  const after = given.slice(given.findIndex(isFunction) + 1);
  return (
    given.some(isFunction) &&
    after.some(isBudget) &&
    'a test has no time limit of its own: vitest.config.ts has the one'
  );
};

const limitOption: Rule = (node) =>
  node.type === 'Property' &&
  /^(timeout|interruptAfterTimeLimit|skipAllAfterTimeLimit|timeLimit)$/.test(nameOf(node.key)) &&
  isBudget(node.value) &&
  'a fixed time limit: leave it out, vitest.config.ts has the one that ends what hangs';

const impatientWait: Rule = (node) =>
  isCallOf(node, (name) => /^(vi\.waitFor|vi\.waitUntil|AbortSignal\.timeout)$/.test(name)) &&
  'it gives up after a fixed time: wait with expect.poll';

const nearDeadline: Rule = (node) => {
  const [name, value] = node.type === 'VariableDeclarator' ? [node.id, node.init] : [node.key, node.value];
  return (
    /^(deadline|answerBy)Millis$/.test(nameOf(name)) &&
    isNode(value) &&
    value.type === 'BinaryExpression' &&
    value.operator === '+' &&
    some(value, isPresent) &&
    isBudget(value.right) &&
    'a deadline by the real clock: a busy machine reaches it. Set it an hour ahead, or in the past'
  );
};

const assertedDuration: Rule = (node, { durations }) =>
  isCallOf(node, (name) => /^expect\b/.test(name)) &&
  listOf(node.arguments).some((given) =>
    some(given, (one) => isDifference(one) || (one.type === 'Identifier' && durations.has(String(one.name)))),
  ) &&
  'a duration is asserted: assert what was counted or in which order it happened, or measure it in bench';

const isTimer = (node: Node): boolean => isCallOf(node, (name) => name === 'setTimeout');
const isSleep = (node: unknown, sleeps: ReadonlySet<string>): boolean =>
  isNode(node) &&
  (isCallOf(node, (name) => sleeps.has(name)) ||
    (node.type === 'NewExpression' && nameOf(node.callee) === 'Promise' && some(node, isTimer)));
const isAssertion = (node: Node): boolean => isCallOf(node, (name) => /^expect\b/.test(name));

const waitedTime: Rule = (node, { sleeps }) => {
  const statements = listOf(node.type === 'SwitchCase' ? node.consequent : node.body);
  const wait = statements.findIndex(
    ({ expression }) =>
      isNode(expression) && expression.type === 'AwaitExpression' && isSleep(expression.argument, sleeps),
  );
  return (
    wait >= 0 &&
    statements.slice(wait + 1).some((later) => some(later, isAssertion)) &&
    'time passes, then something is asserted: wait for what is asserted (expect.poll), or let pending work finish (turns)'
  );
};

const rules = [ownLimit, limitOption, impatientWait, nearDeadline, assertedDuration, waitedTime];

const sleepsOf = (nodes: readonly Node[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodes) {
    if (node.type === 'ImportDeclaration' && valueText(node.source) === 'node:timers/promises')
      for (const one of listOf(node.specifiers))
        if (nameOf(one.imported) === 'setTimeout') names.add(nameOf(one.local));
    const { id, init } = node;
    if (node.type === 'VariableDeclarator' && isNode(init) && isFunction(init) && isSleep(init.body, names))
      names.add(nameOf(id));
  }
  return names;
};
const valueText = (node: unknown): string => (isNode(node) ? String(node.value) : '');

const durationsOf = (nodes: readonly Node[]): ReadonlySet<string> =>
  new Set(
    nodes
      .filter(({ type, init }) => type === 'VariableDeclarator' && isNode(init) && isDifference(init))
      .map(({ id }) => nameOf(id)),
  );

/** Where the text of a test relies on time, in the order of its lines. */
export const findTimeBudgets = (text: string): Finding[] => {
  const nodes = [...within(parseAst(text, { lang: 'ts' }) as unknown as Node)];
  const source = { sleeps: sleepsOf(nodes), durations: durationsOf(nodes) };
  const lineOf = ({ start }: Node): number => text.slice(0, start).split('\n').length;
  const findings = nodes.flatMap((node) =>
    rules.map((rule) => rule(node, source)).flatMap((message) => (message ? [{ line: lineOf(node), message }] : [])),
  );
  return findings.toSorted((one, other) => one.line - other.line);
};
