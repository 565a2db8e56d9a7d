/**
 * The native operations of the Signals Notebook REST API: `method path` as the vendor's documents write them, with the group and a summary.
 * The router, the coverage report and the 501 answers are all built from this list; a handler for a key that is not here does not compile.
 * The table is the facade's own; the build bundles it.
 */
import { signalsOperations } from '../../../shared/signals/operations.ts';

/** One native operation, such as `GET /entities/{eid}`. */
export type OperationKey = keyof typeof signalsOperations;

export interface Operation {
  readonly key: OperationKey;
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly summary: string;
}

export const operations: readonly Operation[] = Object.entries(signalsOperations).map(([key, { group, summary }]) => {
  const [method = '', path = ''] = key.split(' ');
  return { key: key as OperationKey, method, path, group, summary };
});
