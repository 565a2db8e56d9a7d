/**
 * How large the property and crash tests run, from one variable: `TEST_SIZE=small` (the default, `npm test`) or
 * `TEST_SIZE=full` (`.ci/run`).
 */
const sizes = ['small', 'full'] as const;

const readSize = (text: string): (typeof sizes)[number] => {
  const size = sizes.find((known) => known === text);
  if (!size)
    throw new Error(`TEST_SIZE is ${JSON.stringify(text)}. Fix: set it to ${sizes.join(' or ')}, or unset it.`);
  return size;
};

/** For tests that take too long on a workstation. They run in `.ci/run` only. */
export const isFull = readSize(process.env.TEST_SIZE || 'small') === 'full';

/** `full`, or for the small size a tenth of it, at least 5; a test whose counts matter names its own small one. */
export const sized = (full: number, small: number = Math.min(full, Math.max(5, Math.ceil(full / 10)))): number =>
  isFull ? full : small;

/** Options of a simulator whose test does not count materials: at full size the tenant is the one that ships. */
export const tenantSize = { compounds: sized(4_000, 40) };
