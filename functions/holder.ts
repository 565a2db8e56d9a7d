/** Every five minutes: sets and lifts the legal holds of S3, as they were placed and released by /v1/archive/holds. */
import { logger } from './edge/logger.ts';
import { createHouse } from './house.ts';
import { holdKeeperOf } from './wiring/archive.ts';
import { HolderEnv } from './wiring/archive-env.ts';
import { parseEnv } from './wiring/env.ts';

const house = createHouse(parseEnv(HolderEnv));

export const handler = async (): Promise<void> => {
  logger.info('legal holds', await holdKeeperOf(house).run());
};
