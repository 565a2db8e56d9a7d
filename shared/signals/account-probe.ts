/** Asks a Signals tenant whose key it is: `GET /profiles/me`, its cheapest call that names the account. */
import * as z from 'zod';
import type { AccountProbe } from '../credentials/account-probe.ts';
import { AppError } from '../errors/app-error.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { askUpstream } from '../pipeline/ask-upstream.ts';
import type { CallDependencies } from '../pipeline/call-upstream.ts';

const Profile = z.object({ data: z.object({ id: z.coerce.string().min(1).max(100) }) });

const readAccount = (body: Uint8Array): string | undefined => {
  try {
    return Profile.parse(JSON.parse(Buffer.from(body).toString('utf8'))).data.id;
  } catch {
    return undefined;
  }
};

/** As background work, through the budget. */
export const createSignalsAccountProbe =
  (upstream: Upstream, dependencies: CallDependencies): AccountProbe =>
  async (secret) => {
    const credential = { kind: 'service', id: 'new', principal: 'service:new', secret } as const;
    const keys = { choose: async () => credential, observe: async () => {} };
    try {
      const { status, body } = await askUpstream(upstream, keys, 'credential-check', dependencies)('/profiles/me');
      return { kind: 'accepted', accountId: status === 200 ? readAccount(body) : undefined };
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'CREDENTIAL_UNAVAILABLE';
      return isRefused ? { kind: 'refused' } : { kind: 'accepted', accountId: undefined };
    }
  };
