/** The durable function that makes exports: one execution for each run, and one for each sweep. */
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import * as z from 'zod';
import { carryOut } from '../shared/exports/carry-out.ts';
import { sweepExports } from '../shared/exports/sweep.ts';
import { toJobContext } from './edge/durable-job.ts';
import { countSweep } from './edge/export-events.ts';
import { logger } from './edge/logger.ts';
import { createHouse } from './house.ts';
import { JobsEnv, parseEnv } from './wiring/env.ts';
import { runPartsOf, sweepPartsOf } from './wiring/exports.ts';

const house = createHouse(parseEnv(JobsEnv));

const Input = z.union([
  z.strictObject({ run: z.string(), kind: z.string() }),
  z.strictObject({ sweep: z.literal(true) }),
]);

const sweep = (context: DurableContext) =>
  context.step('sweep', () => sweepExports(sweepPartsOf(house)), { retryStrategy: () => ({ shouldRetry: false }) });

const run = async (event: unknown, context: DurableContext): Promise<unknown> => {
  const input = Input.parse(event);
  if ('sweep' in input) {
    const report = await sweep(context);
    logger.info('sweep of exports', report);
    countSweep(report);
    return report;
  }
  await carryOut(toJobContext(context), input.run, input.kind, runPartsOf(house));
  return {};
};

export const handler = withDurableExecution(run);
