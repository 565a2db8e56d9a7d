import { describe, expect, it } from 'vitest';
import type { CredentialVault } from '../../shared/credentials/credential.ts';

export const credentialVaultContract = (name: string, create: () => Promise<CredentialVault>) =>
  describe(`CredentialVault contract: ${name}`, () => {
    it('gives back the last secret of each upstream under a principal of its own', async () => {
      const vault = await create();
      await vault.write('signals', 'old');
      await vault.write('signals', 'new \u00e9');
      await vault.write('tissuemaps', 'other');
      expect(await vault.read('signals')).toMatchObject({ principal: 'service:signals', secret: 'new \u00e9' });
      expect(await vault.read('tissuemaps')).toMatchObject({ principal: 'service:tissuemaps', secret: 'other' });
    });

    it('has nothing for an upstream without a credential', async () => {
      expect(await (await create()).read('signals')).toBeUndefined();
    });
  });
