/** Asks an upstream whose key it is, by the call that its record names. */
import type { AccountProbe } from '../credentials/account-probe.ts';
import { AppError } from '../errors/app-error.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { askUpstream } from './ask-upstream.ts';
import type { CallDependencies } from './call-upstream.ts';
import { readAccount } from './who-am-i.ts';

/** As background work, through the budget. Where the upstream cannot be asked, each key is taken on trust. */
export const createAccountProbe =
  (upstream: Upstream, dependencies: CallDependencies): AccountProbe =>
  async (secret) => {
    const { whoAmI } = upstream;
    if (!whoAmI) return { kind: 'accepted', accountId: undefined };
    const credential = { kind: 'service', id: 'new', principal: 'service:new', secret } as const;
    const keys = { choose: async () => credential, observe: async () => {} };
    try {
      const { status, body } = await askUpstream(upstream, keys, 'credential-check', dependencies)(whoAmI.path);
      return { kind: 'accepted', accountId: status === 200 ? readAccount(whoAmI, body)?.id : undefined };
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'CREDENTIAL_UNAVAILABLE';
      return isRefused ? { kind: 'refused' } : { kind: 'accepted', accountId: undefined };
    }
  };
