/** Asks a Signals tenant who a token belongs to: one `GET /profiles/me`, its cheapest call that names the person. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { QuotaProfile } from '../exchange/quota-profile.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { type CallDependencies, callUpstream } from '../pipeline/call-upstream.ts';
import { mostOwnMillis, toOwnExchange } from '../pipeline/own-exchange.ts';
import type { PersonProbe, Probe } from '../tokens/person-probe.ts';

const Profile = z.object({
  data: z.object({
    id: z.coerce.string().min(1).max(100),
    attributes: z.object({ email: z.string().max(320).optional() }).optional(),
  }),
});

const toExchange = (upstream: Upstream, credential: Credential, purpose: string, quota: QuotaProfile): Exchange => {
  const read = { purpose, quota, pathAndQuery: '/profiles/me', deadlineMillis: Date.now() + mostOwnMillis };
  const exchange = toOwnExchange(upstream, read, credential);
  // Sent once: what is repeated is the run, or the person's click.
  return { ...exchange, operation: { ...exchange.operation, kind: 'async-result' } };
};

const readProfile = (body: Uint8Array): Probe => {
  try {
    const { id, attributes } = Profile.parse(JSON.parse(Buffer.from(body).toString('utf8'))).data;
    return { kind: 'living', person: { id, ...(attributes?.email ? { email: attributes.email } : {}) } };
  } catch {
    return { kind: 'unknown' };
  }
};

const afterFailure = (error: unknown): Probe => {
  if (!(error instanceof AppError)) return { kind: 'unknown' };
  if (error.code === 'USER_TOKEN_NEEDED') return { kind: 'dead' };
  const isRefused = error.code === 'TOO_MANY_REQUESTS' || error.code === 'QUOTA_UNAVAILABLE';
  return { kind: isRefused ? 'refused' : 'unknown' };
};

/** @param purpose whose work it is in the figures of the quota. */
export const createSignalsPersonProbe =
  (upstream: Upstream, purpose: string, profile: QuotaProfile, dependencies: CallDependencies): PersonProbe =>
  async (credential) => {
    try {
      const exchange = toExchange(upstream, credential, purpose, profile);
      const { status, body } = await callUpstream(exchange, credential, dependencies);
      if (body !== undefined && !(body instanceof Uint8Array)) {
        body.destroy();
        return { kind: 'unknown' };
      }
      return status === 200 ? readProfile(body ?? new Uint8Array()) : { kind: 'unknown' };
    } catch (error) {
      return afterFailure(error);
    }
  };
