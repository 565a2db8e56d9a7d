/** Forwarding pushes to mirrors. */
import { createRemembered } from '../../shared/credentials/remembered.ts';
import { createQueueHealth } from '../../shared/fan-out/queue-health.ts';
import { createDynamoMirrorHeaders } from '../../shared/mirrors/adapters/header-stores.ts';
import { createForward, type Forward } from '../../shared/mirrors/forward.ts';
import { mirrorRecord } from '../../shared/mirrors/header-store.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import { envelopeOf } from './envelope.ts';
import type { MirrorEnv } from './notification-env.ts';
import { transportOf } from './upstream.ts';

/** A new value is sent after 30 s; while the store fails, the known one stays in use. */
const memory = {
  ...{ freshMillis: 30_000, heldMillis: 86_400_000, retryMillis: 5_000 },
  ...{ patienceMillis: 2_000, mostMillis: 5_000 },
};

const makeForward = (house: House<MirrorEnv>): Forward => {
  const { env } = house;
  const store = createDynamoMirrorHeaders(dynamoOf(house), env.NOTIFICATIONS_TABLE);
  const envelope = envelopeOf(house);
  const open = async (mirror: string, host: string): Promise<string | undefined> => {
    const sealed = await store.read(mirror, host);
    return sealed && envelope.open(mirrorRecord(mirror, host), sealed);
  };
  const remembered = new Map(
    env.MIRRORS.map(({ name, url }) => [
      name,
      createRemembered(async () => ({ value: await open(name, new URL(url).host) }), systemClock, memory),
    ]),
  );
  return createForward({
    transport: transportOf(house),
    readHeader: async (mirror) => (await remembered.get(mirror)?.read())?.value,
    health: createQueueHealth(systemClock),
    ...{ clock: systemClock, stage: env.STAGE },
  });
};

export const forwardOf = (house: House<MirrorEnv>) => house.part(makeForward);
