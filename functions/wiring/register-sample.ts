/** The registration of a sample by a person who has logged in for it. */
import { createRegisterSample, registerSamplePurpose } from '../../shared/actions/register-sample.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import { type AnswerCache, noCache } from '../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { isSafeMethod } from '../../shared/http/safe-methods.ts';
import { onlyWith } from '../../shared/pipeline/call-as.ts';
import { askAs } from '../../shared/tenant-calls/ask-tenant.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { Registering } from '../edge/oauth-routes.ts';
import type { House } from '../house.ts';
import { auditOf } from './audit.ts';
import { purgedStoreOf, warnOfCache } from './cache-store.ts';
import type { TokensEnv } from './env.ts';
import { registrationsOf } from './registrations.ts';
import { createProbe, linksOf, oneTimeStoreOf } from './tokens.ts';
import { callAs, upstreamOf } from './upstream.ts';

/** A stranger can begin a login and answer it with a made-up token, which costs the tenant one call. This bounds all of them together. */
const profile = { ...defaultProfile, caps: [{ units: 60, windowSeconds: 60 }] };

/** Time to answer after the last call. */
const reservedMillis = 3_000;

/** Purges what a write touches. Reads pass: this function has no right to the bucket of answers. */
const makePurging = (house: House<TokensEnv>): AnswerCache => {
  if (house.env.CACHE === 'off') return noCache;
  const store = purgedStoreOf(house);
  const cache = createAnswerCache({
    ...{ store, clock: systemClock, plan: createNativePlanner(store), memoryBytes: 0 },
    onFailure: warnOfCache,
  });
  return {
    answer: (exchange, forward) => (isSafeMethod(exchange.request.method) ? noCache : cache).answer(exchange, forward),
  };
};

const makeRegistering = (house: House<TokensEnv>): Registering => ({
  registerSample: createRegisterSample({
    ...{ logins: linksOf(house).logins, once: oneTimeStoreOf(house), clock: systemClock },
    probe: createProbe(house, registerSamplePurpose, profile),
    upstream: upstreamOf(house).name,
    registrations: registrationsOf(house),
  }),
  tenantAs: (credential, { deadlineMillis, requestId }, facts) => {
    facts.principal = credential.principal;
    const { call } = callAs(house, registerSamplePurpose, profile, onlyWith(credential), {
      audit: auditOf(house),
      cache: house.part(makePurging),
    });
    return askAs(
      (asked, decision) => call({ ...asked, requestId, deadlineMillis: deadlineMillis - reservedMillis, decision }),
      facts,
    );
  },
});

export const registeringOf = (house: House<TokensEnv>) => house.part(makeRegistering);
