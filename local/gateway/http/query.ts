/** Query parameters as API Gateway hands them to a function. */

type Multi = Record<string, string[]>;

/** Percent-decoding that never fails. An invalid escape stays as it is. Bytes that are not UTF-8 become U+FFFD. */
const decode = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
};

const add = (to: Multi, name: string, value: string): void => {
  if (Object.hasOwn(to, name)) to[name]?.push(value);
  else Object.defineProperty(to, name, { value: [value], enumerable: true, configurable: true, writable: true });
};

/** A raw semicolon is a separator too. Text after it without an equals sign is lost (developer guide, "Important notes"). */
const pairsIn = (rawQuery: string): string[] =>
  rawQuery.split('&').flatMap((part) => {
    const [first = '', ...others] = part.split(';');
    return [first, ...others.filter((other) => other.includes('='))];
  });

/**
 * Names and values, decoded once; null where there are none. Raw braces are lost: `filter{a}=1` arrives as `filtera`. Two things
 * are not proved on an account and left as they are: a raw `|`, which the developer guide does not support, and whether a `%`
 * is encoded again.
 */
export const queryParameters = (rawQuery: string): Multi | null => {
  const parameters: Multi = {};
  for (const pair of pairsIn(rawQuery)) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    add(parameters, decode(name.replace(/[{}]/g, '')), decode(value.replace(/[{}]/g, '')));
  }
  return Object.keys(parameters).length > 0 ? parameters : null;
};
