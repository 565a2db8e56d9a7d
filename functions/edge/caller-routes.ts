/** GET /v1/me: who the facade takes the caller for. */
import { toCallerDocument } from '../../shared/consumers/admin-document.ts';
import { callerRoutes } from '../../shared/consumers/routes.ts';
import type { ScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type CallerParts = CapabilityParts & {
  /** Scopes that consumers can be given. */
  readonly scopes: ScopeCatalogue;
};

export const createCallerRoutes = ({ scopes, ...parts }: CallerParts): Handle =>
  capability(callerRoutes)(parts, {
    readMe: async ({ caller, request }) => ({
      status: 200,
      document: toCallerDocument(caller, request.publicUrl, scopes),
    }),
  });
