/** The known scopes: those of the tenant's operations and those of the facade's own routes. */
import { createScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { facadeGroups } from '../../shared/surface/facade-routes.ts';

export const createKnownScopes = () => createScopeCatalogue([{ operations: readSignalsOperations() }], facadeGroups);
