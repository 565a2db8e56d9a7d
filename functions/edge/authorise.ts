/** The first step of each of the facade's own routes: identifies the caller and checks its scopes. */
import type { ScopeKind } from '../../shared/catalogue/operation.ts';
import { holdsScope } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import type { Caller, Consumer } from '../../shared/exchange/consumer.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import type { HttpRequest } from './http-request.ts';

export type Authorised = { readonly caller: Caller; readonly isAdmin: boolean };

const holds = (consumer: Consumer, scope: string): boolean => {
  const [group = '', kind] = scope.split(':');
  return holdsScope(consumer, group, kind as ScopeKind);
};

/**
 * @param rights `scope` or `adminScope` opens the route; `any-consumer` lets each known consumer in. `fresh` decides on the consumer's record as it is now. For every act
 * that administers: an administrator that was suspended or deprived must not undo that by what an instance still remembers.
 * @throws AppError CONSUMER_UNKNOWN, SCOPE_MISSING.
 */
export const authorise = async (
  identifier: Identifier,
  request: HttpRequest,
  { scope, adminScope, fresh = false }: Pick<RouteDefinition, 'scope' | 'adminScope' | 'fresh'>,
): Promise<Authorised> => {
  const caller = await identifier.identify(request.headers, { fresh });
  const isAdmin = adminScope !== undefined && holds(caller.consumer, adminScope);
  if (isAdmin || scope === 'any-consumer' || holds(caller.consumer, scope)) return { caller, isAdmin };
  throw scopeMissing(caller.consumer, [scope]);
};
