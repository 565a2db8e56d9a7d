import type { Query } from './query.ts';

/** The address of the page behind this one. @param self URL of this one without its query. */
export const nextPageOf = (self: string, query: Query, cursor: string): string => {
  const kept = query
    .filter(([name]) => name !== 'page[cursor]')
    .map(([name, value]): [string, string] => [name, value]);
  return `${self}?${new URLSearchParams([...kept, ['page[cursor]', cursor]])}`;
};
