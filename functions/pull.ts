/** Every few minutes, and on demand: notifications that no push has brought. */
import type { Context, SQSEvent } from 'aws-lambda';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { createPullRuns } from './edge/pull-runs.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { withTrace } from './edge/trace.ts';
import { createHouse, once } from './house.ts';
import { parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { PullEnv } from './wiring/notification-env.ts';
import { dismissOf, pullLeaseOf, pullOf } from './wiring/notifications.ts';

const house = createHouse(parseEnv(PullEnv));
sendFacadeEvents(house);

const runs = once(() =>
  createPullRuns({
    pull: pullOf(house),
    lease: pullLeaseOf(house),
    dismiss: dismissOf(house),
    putMetrics,
    onRun: (report) => logger.info('pull', report),
    onSkip: () => logger.info('another pull is under way'),
    onFailure: (what, error) => logger.error(`${what} failed`, { error: error as Error }),
  }),
);

type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** Of the first who asks for a pull. A run of the schedule has the trace of its invocation. */
const traceOf = (event: unknown): string | undefined =>
  (event as Partial<SQSEvent> | undefined)?.Records?.[0]?.attributes.AWSTraceHeader;

/**
 * Every event starts the same run: one of the schedule, and a batch of messages from the queue of pulls on demand. An answer of
 * nothing is a success of all messages (Lambda developer guide, "Implementing partial batch responses").
 */
export const handler = (event: unknown, context: Invocation): Promise<void> =>
  withTrace(traceOf(event), () =>
    withFacadeEvents(context.awsRequestId, () => runs()(Date.now() + context.getRemainingTimeInMillis())),
  );
