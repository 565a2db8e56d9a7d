/** What the cache may do with a logged request: its class, and whether the sweep verifies its answer. */
import type { CacheClass, Operation } from '../catalogue/operation.ts';
import type { ChangeRules } from '../exchange/cache-rules.ts';
import { type LoggedRequest, verdictOf } from './logged-request.ts';

/** What a replay knows of the upstream. */
export type UpstreamRules = {
  readonly operations: readonly Operation[];
  readonly changes?: Pick<ChangeRules, 'typeOf' | 'types'> | undefined;
  /** Whether a 429 of the operation is about the quota. */
  readonly spendsQuota?: ((operation: Pick<Operation, 'method' | 'path'>) => boolean) | undefined;
};

export type Classified = {
  /** `unknown`: the log does not name the operation of a hit. `never`: the cache keeps no answer, or passed the request on. */
  readonly cacheClass: CacheClass | 'unknown';
  /** The sweep verifies the entry, so it may live longer. */
  readonly isSwept: boolean;
  /** The log names an operation that the catalogue does not have. */
  readonly isUnknownOperation: boolean;
  readonly isQuotaRefusal: (status: number) => boolean;
};

const cachedOnes: ReadonlySet<string | undefined> = new Set(['uri-miss', 'vary-miss', 'miss', 'stale']);

/** `fwd=bypass`, `method` and `request`: the cache did not decide, and would not under another plan. */
const wasPassedOn = ({ outcome, cacheStatus }: LoggedRequest): boolean => {
  if (outcome !== 'sent') return false;
  if (cacheStatus === undefined) return true;
  return !cachedOnes.has(verdictOf(cacheStatus).fwd);
};

/** An id of a type that is swept, so that the rules of the upstream take it for a record. */
const isSweptOperation = (operation: Operation, { changes }: UpstreamRules): boolean => {
  if (!changes || operation.entity === undefined) return false;
  const parameters = { [operation.entity]: `${changes.types[0] ?? ''}:1` };
  return changes.typeOf({ operation, parameters }, 200) !== undefined;
};

export const createClassifier = (rules: UpstreamRules) => {
  const rows = new Map(rules.operations.map((row) => [`${row.method} ${row.path}`, row]));
  const swept = new Set(
    rules.operations.filter((row) => isSweptOperation(row, rules)).map((row) => `${row.method} ${row.path}`),
  );
  return (request: LoggedRequest): Classified => {
    const { operation = '', outcome, credentialKind = 'service' } = request;
    const row = rows.get(operation);
    const named = request.cacheClass ?? row?.cache ?? (operation === '' && outcome === 'hit' ? 'unknown' : 'never');
    return {
      cacheClass: wasPassedOn(request) ? 'never' : named,
      isSwept: swept.has(operation) && credentialKind === 'service',
      isUnknownOperation: operation !== '' && row === undefined,
      isQuotaRefusal: (status) => status === 429 && (row === undefined || rules.spendsQuota?.(row) !== false),
    };
  };
};
