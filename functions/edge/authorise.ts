/** The first step of every route of the facade's own: who calls, and whether a scope covers it. */
import type { ScopeKind } from '../../shared/catalogue/operation.ts';
import { type Caller, holdsScope } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import type { HttpRequest } from './http-request.ts';

type Authorisation = {
  /**
   * Decides on the consumer's record as it is now. For every act that administers: an administrator that was suspended or
   * deprived must not undo that by what an instance still remembers of it.
   */
  readonly fresh?: boolean;
};

/** @throws AppError CONSUMER_UNKNOWN, SCOPE_MISSING. */
export const authorise = async (
  identifier: Identifier,
  request: HttpRequest,
  group: string,
  kind: ScopeKind,
  { fresh = false }: Authorisation = {},
): Promise<Caller> => {
  const caller = await identifier.identify(request.headers, { fresh });
  if (holdsScope(caller.consumer, group, kind)) return caller;
  throw scopeMissing(caller.consumer, [`${group}:${kind}`]);
};
