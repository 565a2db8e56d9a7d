/** The change sweep, which calls the upstream for the facade itself. */
import { createSweeper, defaultSweepSettings, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache.ts';
import { serviceKeysOf } from './credentials.ts';
import type { SweepEnv } from './env.ts';
import { noteChangesFor } from './notifications.ts';
import { callAs, upstreamOf } from './upstream.ts';

const makeSweeper = (house: House<SweepEnv>): Sweeper => {
  const { cache: rules } = upstreamOf(house);
  // These few calls a minute save many others, so they do not wait behind all other calls.
  const caller = callAs(house, 'change-sweep', defaultProfile, serviceKeysOf(house));
  const feed = rules.changes.feed(caller.read);
  return createSweeper(purgedStoreOf(house), feed, systemClock, rules, defaultSweepSettings, noteChangesFor(house));
};

export const sweeperOf = (house: House<SweepEnv>) => house.part(makeSweeper);
