import type { Operation } from '../../shared/catalogue/operation.ts';

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const wordsOf = (segment: string): string =>
  segment
    .split(/[^A-Za-z0-9]+/)
    .map(capitalise)
    .join('');

/** `{eid}` reads ByEid, a final `*` reads Rest. */
const partOf = (segment: string): string => {
  if (segment === '*') return 'Rest';
  if (segment.startsWith('{')) return `By${wordsOf(segment.slice(1, -1))}`;
  return wordsOf(segment);
};

/**
 * `getEntitiesByEidChildren`: made of method and path alone, so that it stays the same while the operation exists, and
 * names of generated clients with it.
 * @param prefix of an upstream that is not the first.
 */
export const operationIdOf = ({ method, path }: Pick<Operation, 'method' | 'path'>, prefix = ''): string =>
  method.toLowerCase() +
  prefix +
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map(partOf)
    .join('');
