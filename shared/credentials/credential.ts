/** The credential that the facade itself presents to an upstream. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';

export type Credential = {
  /**
   * Whose rights the upstream grants for this secret, such as `service:signals`. Answers are cached by principal: two
   * callers share a cached answer only when the upstream would have given both the same.
   */
  readonly principal: string;
  readonly secret: string;
};

/** Port: where credentials are kept, encrypted. */
export interface CredentialVault {
  /** The service credential of an upstream as last written; undefined when none was put in. */
  read(upstream: string): Promise<Credential | undefined>;
  write(upstream: string, secret: string): Promise<void>;
}

/** A new secret is used by every instance after this time at the latest, and at once after the upstream refused the old. */
const credentialFreshMillis = 300_000;

export const createCredentialChooser = (vault: CredentialVault, clock: Clock) => {
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
    /** @throws AppError CREDENTIAL_UNAVAILABLE when there is none or it cannot be decrypted. */
    async choose(upstream: string): Promise<Credential> {
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
    /** The upstream refused the credential (401): the next call reads it anew. */
    forget(upstream: string): void {
      remembered.delete(upstream);
    },
  };
};
export type CredentialChooser = ReturnType<typeof createCredentialChooser>;
