/** Metric math, as far as the template uses it: `+ - * /`, brackets, `SUM(METRICS())`, and `IF(a > b, c, d)`. */
import { parseWhole, type Tokens } from './tokens.ts';

/** Values of one period by the ids of metrics; undefined = no data. */
type Values = Readonly<Record<string, number | undefined>>;
export type Expression = (values: Values) => number | undefined;

/** Without data on one side there is no data point. */
const combine =
  (left: Expression, right: Expression, operate: (a: number, b: number) => number): Expression =>
  (values) => {
    const [a, b] = [left(values), right(values)];
    return a === undefined || b === undefined ? undefined : operate(a, b);
  };

const operations: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** The metrics that have data count (user guide, Using math expressions, SUM). */
const sumOfAll: Expression = (values) => {
  const present = Object.values(values).filter((value) => value !== undefined);
  return present.length === 0 ? undefined : present.reduce((total, value) => total + value, 0);
};

const parseChoice = (tokens: Tokens): Expression => {
  tokens.expect('(');
  const left = parseSum(tokens);
  const rest = ['>', ',', ','].map((sign) => {
    tokens.expect(sign);
    return parseSum(tokens);
  });
  tokens.expect(')');
  const [right, then, otherwise] = rest as [Expression, Expression, Expression];
  return (values) => {
    const difference = combine(left, right, (a, b) => a - b)(values);
    return difference === undefined ? undefined : (difference > 0 ? then : otherwise)(values);
  };
};

const parseValue = (tokens: Tokens): Expression => {
  if (tokens.take('(')) {
    const inner = parseSum(tokens);
    tokens.expect(')');
    return inner;
  }
  const token = tokens.takeAny();
  if (/^\d/.test(token)) return () => Number(token);
  if (token === 'SUM') {
    for (const wanted of ['(', 'METRICS', '(', ')', ')']) tokens.expect(wanted);
    return sumOfAll;
  }
  if (token === 'IF') return parseChoice(tokens);
  if (!/^[a-z]\w*$/.test(token)) throw new SyntaxError(`has ${token}, which the twin does not know`);
  return (values) => values[token];
};

const parseChain = (tokens: Tokens, parse: (tokens: Tokens) => Expression, ...signs: readonly string[]): Expression => {
  let left = parse(tokens);
  for (let sign = tokens.take(...signs); sign !== undefined; sign = tokens.take(...signs))
    left = combine(left, parse(tokens), operations[sign] as (a: number, b: number) => number);
  return left;
};

const parseProduct = (tokens: Tokens): Expression => parseChain(tokens, parseValue, '*', '/');
const parseSum = (tokens: Tokens): Expression => parseChain(tokens, parseProduct, '+', '-');

/** @throws SyntaxError for what the twin cannot compute. */
export const parseExpression = (text: string): Expression => parseWhole(text, parseSum);
