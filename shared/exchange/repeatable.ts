import type { Operation } from '../catalogue/operation.ts';

/** Reads may be repeated. A result that may be fetched only once may not, nor may anything that changes records. */
export const isRepeatable = (operation: Operation): boolean =>
  operation.kind === 'read' || operation.kind === 'read-body' || operation.kind === 'async-status';
