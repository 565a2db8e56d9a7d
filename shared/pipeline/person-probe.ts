/** Finds the owner of a token with the call that the upstream's record names. */
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

/** @param purpose the purpose of the call in the quota's figures. */
export const createPersonProbe =
  (upstream: Upstream, purpose: string, profile: QuotaProfile, parts: CallAsParts): PersonProbe =>
  async (credential) => {
    const { whoAmI } = upstream;
    if (!whoAmI) return { kind: 'unknown' };
    try {
      const caller = callAs(upstream, purpose, profile, onlyWith(credential), parts);
      // Sent once, because the run or the person repeats it.
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
