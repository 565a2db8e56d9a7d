/** The registration of a sample by a person, on a tenant of a few lines. */
import type { Registering } from '../../../functions/edge/oauth-routes.ts';
import { createRegisterSample } from '../../../shared/actions/register-sample.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import type { Logins } from '../../../shared/tokens/logins.ts';
import { createSampleWorld } from '../registration/world.ts';
import type { World } from '../tokens/builders.ts';

export const createRegistering = (world: Pick<World, 'once' | 'probe' | 'clock'>, logins: Logins) => {
  const samples = createSampleWorld();
  const { registrations, tenant } = samples.createProcess();
  /** As whom the tenant was called. */
  const calledAs: Credential[] = [];
  const registerSample = createRegisterSample({ ...world, logins, registrations, upstream: 'signals' });
  const registering: Registering = {
    registerSample,
    tenantAs(credential) {
      calledAs.push(credential);
      return tenant;
    },
  };
  return { registering, samples, calledAs };
};
