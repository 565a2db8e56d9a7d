import { AppError, type ErrorFault } from '../errors/app-error.ts';
import { mostFaults, toPointer } from '../routes/faults.ts';

/** A fault of a member of the attributes that only the tenant's own definitions show. */
export const faultAt = (path: readonly string[], message: string): ErrorFault => ({
  detail: `${path.join('.')}: ${message}.`,
  source: { pointer: toPointer(['data', 'attributes', ...path]) },
});

/** @throws AppError REQUEST_INVALID with every fault, if there are any. */
export const refuseFaults = (faults: readonly ErrorFault[]): void => {
  const [first] = faults;
  if (first) throw new AppError('REQUEST_INVALID', { ...first, faults: faults.slice(0, mostFaults) });
};
