/** The facade's own key for an upstream, remembered in this instance. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import type { Credential, CredentialVault, ServiceKeys } from './credential.ts';

/** A new secret is used by every instance after this time at the latest, and at once after the upstream refused the old. */
const credentialFreshMillis = 300_000;

export const createServiceKeys = (vault: CredentialVault, clock: Clock): ServiceKeys => {
  const remembered = new Map<
    string,
    { readonly credential: Promise<Credential | undefined>; readonly untilMillis: number }
  >();

  const read = (upstream: string): Promise<Credential | undefined> => {
    const known = remembered.get(upstream);
    if (known && known.untilMillis > clock.nowMillis()) return known.credential;
    const credential = vault.read(upstream);
    remembered.set(upstream, { credential, untilMillis: clock.nowMillis() + credentialFreshMillis });
    credential.then(
      (found) => found ?? remembered.delete(upstream),
      () => remembered.delete(upstream),
    );
    return credential;
  };

  return {
    async choose(upstream) {
      const credential = await read(upstream).catch((cause: unknown) => {
        throw new AppError('CREDENTIAL_UNAVAILABLE', {
          detail: 'The facade could not read its upstream credential.',
          cause,
        });
      });
      if (credential) return credential;
      throw new AppError('CREDENTIAL_UNAVAILABLE', {
        detail: `No credential for ${upstream} has been put in yet. The operators do that with: npm run operator -- put-credential`,
      });
    },
    async observe(upstream, _credential, { status }) {
      // Refused: the next call reads it anew.
      if (status === 401) remembered.delete(upstream);
    },
  };
};
