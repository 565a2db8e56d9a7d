/** Asks an upstream who a token belongs to, by the call that its record names. */
import { AppError } from '../errors/app-error.ts';
import type { QuotaProfile } from '../exchange/quota-profile.ts';
import type { Account, Upstream } from '../exchange/upstream.ts';
import type { PersonProbe, Probe } from '../tokens/person-probe.ts';
import type { Person } from '../tokens/token.ts';
import { type CallAsParts, callAs, onlyWith } from './call-as.ts';
import { readAccount } from './who-am-i.ts';

const toPerson = ({ id, email }: Account): Person => ({ id, ...(email ? { email } : {}) });

const afterFailure = (error: unknown): Probe => {
  if (!(error instanceof AppError)) return { kind: 'unknown' };
  if (error.code === 'USER_TOKEN_NEEDED') return { kind: 'dead' };
  const isRefused = error.code === 'TOO_MANY_REQUESTS' || error.code === 'QUOTA_UNAVAILABLE';
  return { kind: isRefused ? 'refused' : 'unknown' };
};

/** @param purpose whose work it is in the figures of the quota. */
export const createPersonProbe =
  (upstream: Upstream, purpose: string, profile: QuotaProfile, parts: CallAsParts): PersonProbe =>
  async (credential) => {
    const { whoAmI } = upstream;
    if (!whoAmI) return { kind: 'unknown' };
    try {
      const caller = callAs(upstream, purpose, profile, onlyWith(credential), parts);
      // Sent once: what is repeated is the run, or the person's click.
      const { status, body } = await caller.call({ method: 'GET', path: whoAmI.path, once: true });
      if (body !== undefined && !(body instanceof Uint8Array)) {
        body.destroy();
        return { kind: 'unknown' };
      }
      const account = status === 200 ? readAccount(whoAmI, body) : undefined;
      return account ? { kind: 'living', person: toPerson(account) } : { kind: 'unknown' };
    } catch (error) {
      return afterFailure(error);
    }
  };
