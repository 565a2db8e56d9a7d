/** The signing check, which calls the tenant for whoever opens its page. */
import { createSigningCheck } from '../../shared/actions/signing-check.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { ActionRouteParts } from '../edge/action-routes.ts';
import type { House } from '../house.ts';
import type { ActionsEnv } from './action-env.ts';
import { serviceKeysOf } from './credentials.ts';
import { callAs } from './upstream.ts';

/** A person waits for it. All instances together stay below the cap. */
const profileOf = ({ SIGNING_CALLS_PER_MINUTE: units }: ActionsEnv) => ({
  ...defaultProfile,
  caps: [{ units, windowSeconds: 60 }],
});

const makeActionParts = (house: House<ActionsEnv>): ActionRouteParts => {
  const { env } = house;
  const { call } = callAs(house, 'signing-check', profileOf(env), serviceKeysOf(house));
  return {
    signingCheck: createSigningCheck({ rules: env.SIGNING_RULES, clock: systemClock }),
    call: (asked, decision) => call({ ...asked, decision }),
    tenantOrigin: env.SIGNALS_URL,
  };
};

export const actionPartsOf = (house: House<ActionsEnv>) => house.part(makeActionParts);
