/** Reads expressions of CloudWatch: arithmetic over metrics, and rules over alarms. Both have brackets, names and operators. */

const pattern = /\s*("(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|[A-Za-z_]\w*|[()+\-*/,>])/y;

/** @throws SyntaxError at the first character that belongs to neither. */
const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new SyntaxError(`cannot be read at ${JSON.stringify(text.slice(at, at + 20))}`);
    tokens.push(found[1] as string);
    at = pattern.lastIndex;
  }
  return tokens;
};

export type Tokens = {
  /** The next token, which stays. */
  readonly next: () => string | undefined;
  /** Takes the next token if it is one of these. */
  take(...wanted: readonly string[]): string | undefined;
  takeAny(): string;
  /** @throws SyntaxError if it is not the next token. */
  expect(wanted: string): void;
};

const createTokens = (text: string): Tokens => {
  const tokens = tokensOf(text);
  const takeAny = (): string => {
    const token = tokens.shift();
    if (token === undefined) throw new SyntaxError('ends too early');
    return token;
  };
  return {
    next: () => tokens[0],
    take: (...wanted) => (tokens[0] !== undefined && wanted.includes(tokens[0]) ? tokens.shift() : undefined),
    takeAny,
    expect: (wanted) => {
      const token = takeAny();
      if (token !== wanted) throw new SyntaxError(`has ${token} where ${wanted} must stand`);
    },
  };
};

/** Reads all of `text`. @throws SyntaxError that shows the text. */
export const parseWhole = <T>(text: string, parse: (tokens: Tokens) => T): T => {
  try {
    const tokens = createTokens(text);
    const parsed = parse(tokens);
    const rest = tokens.next();
    if (rest !== undefined) throw new SyntaxError(`has ${rest} after its end`);
    return parsed;
  } catch (error) {
    throw new SyntaxError(`The expression ${JSON.stringify(text)} ${(error as Error).message}.`);
  }
};
