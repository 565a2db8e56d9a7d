/** Asks an upstream whose key it is, by the call that its record names. */
import type { AccountProbe } from '../credentials/account-probe.ts';
import { AppError } from '../errors/app-error.ts';
import { backgroundProfile } from '../exchange/quota-profile.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { type CallAsParts, callAs, onlyWith } from './call-as.ts';
import { readAccount } from './who-am-i.ts';

/** As background work, through the budget. Where the upstream cannot be asked, each key is taken on trust. */
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
