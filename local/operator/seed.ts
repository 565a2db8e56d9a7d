/** The consumers and the credential that the twin starts with. Their keys are public: they open nothing but the twin. */
import { createProvisioner, type Endpoints, type StageResources } from './provision.ts';

export const demoConsumers = [
  { key: 'demo-app', scopes: ['*:*'], about: 'reads and writes' },
  { key: 'demo-reader', scopes: ['*:read'], about: 'reads only' },
] as const;

/** Safe to repeat on a kept state folder. */
export const seedTwin = async (seed: {
  readonly endpoints: Endpoints;
  readonly resources: StageResources;
  /** The simulator's key, or that of a real tenant: stored encrypted, never shown. */
  readonly signalsApiKey: string;
}): Promise<void> => {
  const provisioner = createProvisioner(seed.resources, seed.endpoints);
  await provisioner.putCredential('signals', seed.signalsApiKey);
  for (const { key, scopes } of demoConsumers) await provisioner.addConsumer(key, scopes, key);
  provisioner.close();
};
