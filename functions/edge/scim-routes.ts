/** The routes of /v1/scim: the native operation below /scim/v2 of the same path. */
import { scimRoutes } from '../../shared/scim/routes.ts';
import { type CapabilityParts, capability, type Handlers } from './capability.ts';
import type { Handle } from './http-handler.ts';
import { callNative } from './native-call.ts';
import type { CallingPipeline } from './tenant-of.ts';

type ScimRouteParts = Pick<CapabilityParts, 'identifier'> & { readonly pipeline: CallingPipeline };

type ScimCall = Parameters<Handlers<typeof scimRoutes>['readScim']>[0];

export const createScimRoutes = (parts: ScimRouteParts): Handle => {
  /** The raw path, because a parameter that was decoded and encoded anew may be another one. */
  const pass = (call: ScimCall) => {
    const { request } = call;
    return callNative(parts.pipeline, call, request.method, request.path.replace(/^\/v1\/scim/, '/scim/v2'), true);
  };
  return capability(scimRoutes)(parts, {
    readScim: pass,
    createScim: pass,
    replaceScim: pass,
    changeScim: pass,
    deleteScim: pass,
  });
};
