import type { Query } from './query.ts';

/** The address of the page behind this one. @param self URL of this one without its query. @param name of the parameter that takes the cursor. */
export const nextPageOf = (self: string, query: Query, cursor: string, name = 'page[cursor]'): string => {
  const kept = query
    .filter(([one]) => one !== 'page[cursor]' && one !== name)
    .map(([one, value]): [string, string] => [one, value]);
  return `${self}?${new URLSearchParams([...kept, [name, cursor]])}`;
};
