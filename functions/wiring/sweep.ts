/** The change sweep, which calls the upstream for the facade itself. */
import { createSweeper, defaultSweepSettings, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache-store.ts';
import { serviceKeysOf } from './credentials.ts';
import type { SweepEnv } from './env.ts';
import { noteChangesFor } from './notifications.ts';
import { noteChangedSamplesFor } from './registrations.ts';
import { callAs, upstreamOf } from './upstream.ts';

/** So that a call without an answer ends, and is counted, within a run: the function would be killed before the stage's own limit. */
const mostFirstByteMillis = 20_000;

const makeSweeper = (house: House<SweepEnv>): Sweeper => {
  const { cache: rules } = upstreamOf(house);
  // These few calls a minute save many others, so they do not wait behind all other calls.
  const firstByteMillis = Math.min(house.env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000, mostFirstByteMillis);
  const caller = callAs(house, 'change-sweep', defaultProfile, serviceKeysOf(house), { firstByteMillis });
  const feed = rules.changes.feed(caller.read);
  const notes = [noteChangesFor(house), noteChangedSamplesFor(house)];
  return createSweeper(purgedStoreOf(house), feed, systemClock, rules, defaultSweepSettings, async (...listed) => {
    await Promise.all(notes.map((note) => note?.(...listed)));
  });
};

export const sweeperOf = (house: House<SweepEnv>) => house.part(makeSweeper);
