/** Every minute: looks at a few registered samples, and tells of those that have drifted. */
import type { Context } from 'aws-lambda';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { countLooks } from './edge/sample-metrics.ts';
import { createHouse } from './house.ts';
import { parseEnv, SampleCheckEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { sampleCheckOf } from './wiring/registrations.ts';

const house = createHouse(parseEnv(SampleCheckEnv));
beginEnvelope();
// The keys of the pool have events, too.
sendFacadeEvents(house);

/** An error ends the run as failed, which AWS counts. The next run goes on. */
export const handler = (_event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> =>
  withFacadeEvents(awsRequestId, async () => {
    const report = await sampleCheckOf(house).run();
    logger.info('registered samples checked', report);
    countLooks(report);
  });
