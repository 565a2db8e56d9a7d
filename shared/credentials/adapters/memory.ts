import { systemClock } from '../../time/clock.ts';
import type { CredentialVault } from '../credential.ts';
import type { KeyVault } from '../key.ts';
import { createKeyAdmin, defaultOwner } from '../key-admin.ts';
import { createMemoryEnvelope } from './memory-envelope.ts';
import { createMemoryKeyStore } from './memory-keys.ts';

/** Starts with these secrets, each the key of the default owner of its upstream. `write` puts another in its place. */
export const createMemoryCredentialVault = (
  secrets: Readonly<Record<string, string>> = {},
): KeyVault & Pick<CredentialVault, 'write'> => {
  const vault: KeyVault = { keys: createMemoryKeyStore(), envelope: createMemoryEnvelope() };
  const admin = createKeyAdmin(vault, systemClock);
  const write = (upstream: string, secret: string): Promise<void> => admin.put(upstream, secret, defaultOwner);
  const seeded = Promise.all(Object.entries(secrets).map(([upstream, secret]) => write(upstream, secret)));
  return {
    ...vault,
    keys: {
      ...vault.keys,
      list: async (upstream) => {
        await seeded;
        return vault.keys.list(upstream);
      },
    },
    async write(upstream, secret) {
      await seeded;
      await write(upstream, secret);
    },
  };
};
