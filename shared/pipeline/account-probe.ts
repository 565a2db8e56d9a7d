/** Finds the account of a key with the call that the upstream's record names. */
import type { AccountProbe } from '../credentials/account-probe.ts';
import { AppError } from '../errors/app-error.ts';
import { backgroundProfile } from '../exchange/quota-profile.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { type CallAsParts, callAs, onlyWith } from './call-as.ts';
import { readAccount } from './who-am-i.ts';

/** The call is background work and spends a unit of the quota. If the upstream has no such call, each key is accepted unchecked. */
export const createAccountProbe =
  (upstream: Upstream, parts: CallAsParts): AccountProbe =>
  async (secret) => {
    const { whoAmI } = upstream;
    if (!whoAmI) return { kind: 'accepted', accountId: undefined };
    const credential = { kind: 'service', id: 'new', principal: 'service:new', secret } as const;
    const caller = callAs(upstream, 'credential-check', backgroundProfile, onlyWith(credential), parts);
    try {
      const { status, body } = await caller.read(whoAmI.path);
      return { kind: 'accepted', accountId: status === 200 ? readAccount(whoAmI, body)?.id : undefined };
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'CREDENTIAL_UNAVAILABLE';
      return isRefused ? { kind: 'refused' } : { kind: 'accepted', accountId: undefined };
    }
  };
