/** The change sweep, as work of the facade itself. */
import { createSweeper, defaultSweepSettings, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { askUpstream } from '../../shared/pipeline/ask-upstream.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache.ts';
import { serviceKeysOf } from './credentials.ts';
import type { SweepEnv } from './env.ts';
import { noteChangesFor } from './notifications.ts';
import { callPartsOf, upstreamOf } from './upstream.ts';

const makeSweeper = (house: House<SweepEnv>): Sweeper => {
  const { cache: rules } = upstreamOf(house);
  // A few calls a minute that save many: they do not wait until everybody else has been served.
  const ask = askUpstream(upstreamOf(house), serviceKeysOf(house), 'change-sweep', callPartsOf(house), defaultProfile);
  const onChanges = noteChangesFor(house);
  return createSweeper(
    purgedStoreOf(house),
    rules.changes.feed(ask),
    systemClock,
    rules,
    defaultSweepSettings,
    onChanges,
  );
};

export const sweeperOf = (house: House<SweepEnv>) => house.part(makeSweeper);
