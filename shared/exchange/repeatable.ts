import type { Operation } from '../catalogue/operation.ts';

/** Reads may be repeated. Results that can be fetched only once, and operations that change records, may not. */
export const isRepeatable = (operation: Pick<Operation, 'kind'>): boolean =>
  operation.kind === 'read' || operation.kind === 'read-body' || operation.kind === 'async-status';
