/** A list in one variable: `a, b` is two members, blank members are left out. What is no text is left for the schema to judge. */
export const commaList = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value;
