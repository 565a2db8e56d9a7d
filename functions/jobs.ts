/**
 * The durable function that makes exports and carries out orders and backfills of the archive: one execution for each export, order, page
 * and sweep.
 */
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import * as z from 'zod';
import { sweepBackfills } from '../shared/archive/backfills/backfills.ts';
import { carryOutPage } from '../shared/archive/backfills/carry-out-page.ts';
import { carryOutOrder } from '../shared/archive/carry-out-order.ts';
import { sealArchive } from '../shared/archive/seal.ts';
import { sweepArchive } from '../shared/archive/sweep.ts';
import { carryOut } from '../shared/exports/carry-out.ts';
import { sweepExports } from '../shared/exports/sweep.ts';
import { countOpenOrders, countSeal } from './edge/archive-metrics.ts';
import { toJobContext } from './edge/durable-job.ts';
import { countSweep } from './edge/export-events.ts';
import { logger } from './edge/logger.ts';
import { withTrace } from './edge/trace.ts';
import { createHouse } from './house.ts';
import { backfillEngineOf, orderPartsOf, pagePartsOf, sealPartsOf, sweptOrdersOf } from './wiring/archive.ts';
import { JobsEnv, parseEnv } from './wiring/env.ts';
import { runPartsOf, sweepPartsOf } from './wiring/exports.ts';

const house = createHouse(parseEnv(JobsEnv));

const Input = z.union([
  z.strictObject({ run: z.string(), kind: z.string() }),
  z.strictObject({ sweep: z.literal(true) }),
  z.strictObject({ archive: z.string(), round: z.number().int() }),
  z.strictObject({ archiveSweep: z.literal(true) }),
  z.strictObject({ backfill: z.number().int(), page: z.number().int(), attempt: z.number().int() }),
]);

const once = { retryStrategy: () => ({ shouldRetry: false }) };

const sweep = (context: DurableContext) => context.step('sweep', () => sweepExports(sweepPartsOf(house)), once);

/** Orders that wait or whose executions have died, and the seal when it is due. A failed run is followed by the next one. */
const runArchiveSweep = async (context: DurableContext): Promise<unknown> => {
  const everyMillis = house.env.ARCHIVE_SEAL_MINUTES * 60_000;
  const report = await sweepArchive((name, work) => context.step(name, work, once), {
    orders: () => sweptOrdersOf(house).sweep(),
    backfills: () => sweepBackfills(backfillEngineOf(house)),
    seal: () => sealArchive(sealPartsOf(house), everyMillis),
    onSealed: countSeal,
  });
  logger.info('sweep of the archive', report);
  countOpenOrders(report.open);
  return report;
};

/** A job belongs to the trace of whoever asked for it. Its record has the trace, because equal jobs must have equal payloads. */
const traceOf = async (read: () => Promise<{ readonly traceId?: string | undefined } | undefined>) =>
  // Read anew by each invocation. Without it the lines have the trace of the invocation.
  (await read().catch(() => undefined))?.traceId;

const run = async (event: unknown, context: DurableContext): Promise<unknown> => {
  const input = Input.parse(event);
  if ('sweep' in input) {
    const report = await sweep(context);
    logger.info('sweep of exports', report);
    countSweep(report);
    return report;
  }
  if ('archiveSweep' in input) return runArchiveSweep(context);
  if ('backfill' in input) {
    const parts = pagePartsOf(house);
    const trace = await traceOf(() => parts.backfills.readBackfill(input.backfill));
    await withTrace(trace, () => carryOutPage(toJobContext(context, input), input, parts));
    return {};
  }
  if ('archive' in input) {
    const { archive: order, round } = input;
    const parts = orderPartsOf(house);
    const trace = await traceOf(() => parts.store.readOrder(order));
    await withTrace(trace, () => carryOutOrder(toJobContext(context, { order, round }), order, round, parts));
    return {};
  }
  const parts = runPartsOf(house);
  const trace = await traceOf(() => parts.store.readRun(input.run));
  await withTrace(trace, () => carryOut(toJobContext(context, { run: input.run }), input.run, input.kind, parts));
  return {};
};

export const handler = withDurableExecution(run);
