/** The consumers and the credential that the twin starts with. Their keys are public, because they are valid only in the twin. */
import { adminGroups } from '../../shared/consumers/consumer.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { createProvisioner, type Endpoints, type StageResources } from './provision.ts';

/** All scopes. `*` does not cover the administrative groups, so these are named. */
export const adminScopes: readonly string[] = ['*:*', ...adminGroups.map((group) => `${group}:*`)];

export const demoConsumers: readonly {
  readonly key: string;
  readonly scopes: readonly string[];
  readonly about: string;
  readonly actsAs?: Consumer['actsAs'];
  /** Whether tokens of the demo issuer for the client of the same name identify it, too. */
  readonly takesTokens?: true;
}[] = [
  {
    key: 'demo-app',
    scopes: ['*:*', 'subscriptions:*', 'notifications:read', 'exports:*', 'archive:read'],
    about: 'reads and writes',
  },
  { key: 'demo-reader', scopes: ['*:read'], about: 'reads only' },
  {
    key: 'demo-people',
    scopes: ['*:*', 'archive:read'],
    about: 'acts for people who linked a token',
    actsAs: ['user', 'service'],
    takesTokens: true,
  },
  { key: 'demo-admin', scopes: adminScopes, about: 'administers' },
];

/** The header of pushes; public like the keys. */
export const demoHook = { headerName: 'x-signals-hook', headerValue: 'demo-hook-secret' } as const;

/** In a kept state folder, the public key may have been rotated. */
const unlessReplaced = (error: unknown): void => {
  if (!(error instanceof AppError && error.code === 'KEYS_FULL')) throw error;
};

/** Safe to repeat on a kept state folder. */
export const seedTwin = async (seed: {
  readonly endpoints: Endpoints;
  readonly resources: StageResources;
  /** The simulator's key, or that of a real tenant: stored encrypted, never shown. */
  readonly signalsApiKey: string;
  /** `iss` of the demo issuer; undefined = none runs. */
  readonly demoIssuer?: string | undefined;
}): Promise<void> => {
  const provisioner = createProvisioner(seed.resources, seed.endpoints);
  await provisioner.putHookHeader(demoHook.headerName, demoHook.headerValue);
  await provisioner.putCredential('signals', seed.signalsApiKey);
  for (const { key, scopes, actsAs, takesTokens } of demoConsumers) {
    const oidc = takesTokens && seed.demoIssuer ? { issuer: seed.demoIssuer, clientId: key } : undefined;
    await provisioner.addConsumer(key, scopes, { key, actsAs, oidc }).catch(unlessReplaced);
  }
  provisioner.close();
};
