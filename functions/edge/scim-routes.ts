/** The routes of /v1/scim: the native operation below /scim/v2 of the same path. */
import { scimRoutes } from '../../shared/scim/routes.ts';
import { type CapabilityParts, capability, type Handlers } from './capability.ts';
import type { Facts, Handle } from './http-handler.ts';
import { callNative } from './native-call.ts';
import { type CallingPipeline, repetitionOf } from './tenant-of.ts';

type ScimRouteParts = Pick<CapabilityParts, 'identifier' | 'idempotency'> & { readonly pipeline: CallingPipeline };

type ScimCall = Parameters<Handlers<typeof scimRoutes>['readScim']>[0];

/** The raw path, because a parameter that was decoded and encoded anew may be another one. */
const nativeOf = ({ method, path }: { readonly method: string; readonly path: string }) => ({
  method,
  path: path.replace(/^\/v1\/scim/, '/scim/v2'),
});

const mayHaveSent = ({ sends = [] }: Facts): boolean => sends.length > 0;

export const createScimRoutes = ({ pipeline, ...others }: ScimRouteParts): Handle => {
  const pass = (call: ScimCall) => {
    const { method, path } = nativeOf(call.request);
    return callNative(pipeline, call, method, path, true);
  };
  const parts = { ...others, repetition: { ...repetitionOf(pipeline, nativeOf), mayHaveSent } };
  return capability(scimRoutes)(parts, {
    readScim: pass,
    createScim: pass,
    replaceScim: pass,
    changeScim: pass,
    deleteScim: pass,
  });
};
