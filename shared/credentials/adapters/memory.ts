import type { CredentialVault } from '../credential.ts';

export const createMemoryCredentialVault = (secrets: Readonly<Record<string, string>> = {}): CredentialVault => {
  const kept = new Map(Object.entries(secrets));
  return {
    async read(upstream) {
      const secret = kept.get(upstream);
      return secret === undefined
        ? undefined
        : { kind: 'service', id: 'service', principal: `service:${upstream}`, secret };
    },
    async write(upstream, secret) {
      kept.set(upstream, secret);
    },
  };
};
