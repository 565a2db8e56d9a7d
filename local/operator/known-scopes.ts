import { createScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { facadeGroups } from '../../shared/surface/facade-routes.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError that names every unknown scope, with the nearest known one. */
export const ensureKnownScopes = (scopes: readonly string[]): void => {
  const catalogue = createScopeCatalogue([{ operations: readSignalsOperations() }], facadeGroups);
  const faults = scopes.flatMap((scope) => catalogue.faultOfScope(scope) ?? []);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
};
