/** The change sweep, as work of the facade itself. */
import { createSweeper, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache.ts';
import { serviceKeysOf } from './credentials.ts';
import type { UpstreamEnv } from './env.ts';
import { callAs, upstreamOf } from './upstream.ts';

const makeSweeper = (house: House<UpstreamEnv>): Sweeper => {
  const { cache: rules } = upstreamOf(house);
  // A few calls a minute that save many: they do not wait until everybody else has been served.
  const caller = callAs(house, 'change-sweep', defaultProfile, serviceKeysOf(house));
  return createSweeper(purgedStoreOf(house), rules.changes.feed(caller.read), systemClock, rules);
};

export const sweeperOf = (house: House<UpstreamEnv>) => house.part(makeSweeper);
