/**
 * A list in one variable: `a, b` has two members; blank members are left out. A value that is not text is passed on for
 * the schema to refuse.
 */
export const commaList = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value;
