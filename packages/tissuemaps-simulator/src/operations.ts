/** The operations that the server has: the facade's own table, which the build bundles. A handler for a key that is not in it does not compile. */
import { tissuemapsOperations } from '../../../shared/tissuemaps/operations.ts';

/** One operation, such as `GET /api/experiments`. */
export type OperationKey = keyof typeof tissuemapsOperations;

export interface Operation {
  readonly key: OperationKey;
  readonly method: string;
  readonly path: string;
  /** The server's own spelling of the path, if it differs. */
  readonly realPath: string | undefined;
  readonly kind: string;
}

export const operations: readonly Operation[] = Object.entries(tissuemapsOperations).map(([key, facts]) => {
  const [method = '', path = ''] = key.split(' ');
  const realPath = 'realPath' in facts ? facts.realPath : undefined;
  return { key: key as OperationKey, method, path, realPath, kind: facts.kind };
});
