/** Asks an upstream who a token belongs to, by the call that its record names. */
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { QuotaProfile } from '../exchange/quota-profile.ts';
import type { Account, Upstream } from '../exchange/upstream.ts';
import type { PersonProbe, Probe } from '../tokens/person-probe.ts';
import type { Person } from '../tokens/token.ts';
import { type CallDependencies, callUpstream } from './call-upstream.ts';
import { mostOwnMillis, toOwnExchange } from './own-exchange.ts';
import { readAccount } from './who-am-i.ts';

const toExchange = (
  upstream: Upstream,
  path: string,
  credential: Credential,
  purpose: string,
  quota: QuotaProfile,
): Exchange => {
  const read = { purpose, quota, pathAndQuery: path, deadlineMillis: Date.now() + mostOwnMillis };
  const exchange = toOwnExchange(upstream, read, credential);
  // Sent once: what is repeated is the run, or the person's click.
  return { ...exchange, operation: { ...exchange.operation, kind: 'async-result' } };
};

const toPerson = ({ id, email }: Account): Person => ({ id, ...(email ? { email } : {}) });

const afterFailure = (error: unknown): Probe => {
  if (!(error instanceof AppError)) return { kind: 'unknown' };
  if (error.code === 'USER_TOKEN_NEEDED') return { kind: 'dead' };
  const isRefused = error.code === 'TOO_MANY_REQUESTS' || error.code === 'QUOTA_UNAVAILABLE';
  return { kind: isRefused ? 'refused' : 'unknown' };
};

/** @param purpose whose work it is in the figures of the quota. */
export const createPersonProbe =
  (upstream: Upstream, purpose: string, profile: QuotaProfile, dependencies: CallDependencies): PersonProbe =>
  async (credential) => {
    const { whoAmI } = upstream;
    if (!whoAmI) return { kind: 'unknown' };
    try {
      const exchange = toExchange(upstream, whoAmI.path, credential, purpose, profile);
      const { status, body } = await callUpstream(exchange, credential, dependencies);
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
