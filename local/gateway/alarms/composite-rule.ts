/** Rules of composite alarms (user guide, Create a composite alarm): states of others, with AND, OR, NOT and brackets. */
import type { AlarmState } from './metric-state.ts';
import { parseWhole, type Tokens } from './tokens.ts';

/** The state of an alarm, by its name or ARN. */
type StateOf = (alarm: string) => AlarmState;
export type Rule = (stateOf: StateOf) => boolean;

const states: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

const parseOne = (tokens: Tokens): Rule => {
  if (tokens.take('NOT')) {
    const inner = parseOne(tokens);
    return (stateOf) => !inner(stateOf);
  }
  if (tokens.take('(')) {
    const inner = parseAny(tokens);
    tokens.expect(')');
    return inner;
  }
  const token = tokens.takeAny();
  if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
  if (!states.includes(token)) throw new SyntaxError(`has ${token}, which the twin does not know`);
  tokens.expect('(');
  const alarm = tokens.takeAny().replace(/^"(.*)"$/, '$1');
  tokens.expect(')');
  return (stateOf) => stateOf(alarm) === token;
};

const parseChain = (tokens: Tokens, parse: (tokens: Tokens) => Rule, word: 'AND' | 'OR'): Rule => {
  const parts = [parse(tokens)];
  while (tokens.take(word)) parts.push(parse(tokens));
  return (stateOf) => (word === 'AND' ? parts.every((part) => part(stateOf)) : parts.some((part) => part(stateOf)));
};

const parseAll = (tokens: Tokens): Rule => parseChain(tokens, parseOne, 'AND');
const parseAny = (tokens: Tokens): Rule => parseChain(tokens, parseAll, 'OR');

/** @throws SyntaxError for a rule that cannot be read. */
export const parseRule = (text: string): Rule => parseWhole(text, parseAny);
