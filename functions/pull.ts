/** Every few minutes, and on demand: notifications that no push has brought. */
import type { Context } from 'aws-lambda';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { createPullRuns } from './edge/pull-runs.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createHouse, once } from './house.ts';
import { PullEnv, parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { dismissOf, pullOf } from './wiring/notifications.ts';

const house = createHouse(parseEnv(PullEnv));
sendFacadeEvents(house);

const runs = once(() =>
  createPullRuns({
    pull: pullOf(house),
    dismiss: dismissOf(house),
    putMetrics,
    onRun: (report) => logger.info('pull', report),
    onFailure: (what, error) => logger.error(`${what} failed`, { error: error as Error }),
  }),
);

/** Left for the slice that has begun, and for dismissals. */
const marginMillis = 60_000;

type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

export const handler = (_event: unknown, context: Invocation): Promise<void> =>
  withFacadeEvents(context.awsRequestId, () => runs()(Date.now() + context.getRemainingTimeInMillis() - marginMillis));
