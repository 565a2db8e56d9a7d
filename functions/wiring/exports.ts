/** Exports: the catalogue, the bucket of files, the engine, and what carries a run out. */
import { randomBytes, randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { eventSourceOf, liveAlias } from '../../shared/config/names.ts';
import type { Decision } from '../../shared/exchange/decision.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { createDynamoExportStore } from '../../shared/exports/adapters/dynamodb.ts';
import { createLambdaEngine } from '../../shared/exports/adapters/lambda.ts';
import { createS3ResultFiles } from '../../shared/exports/adapters/s3-files.ts';
import { createS3PartUploads } from '../../shared/exports/adapters/s3-parts.ts';
import { createS3RunFiles } from '../../shared/exports/adapters/s3-run-files.ts';
import { createExportAllowance } from '../../shared/exports/allowance.ts';
import { bulkKind } from '../../shared/exports/bulk.ts';
import type { RunParts } from '../../shared/exports/carry-out.ts';
import type { EndParts } from '../../shared/exports/end-run.ts';
import { createExports } from '../../shared/exports/exports.ts';
import { extractKind } from '../../shared/exports/extract/extract.ts';
import { createLeases } from '../../shared/exports/leases.ts';
import { materialsKind } from '../../shared/exports/materials.ts';
import { pdfKind } from '../../shared/exports/pdf.ts';
import type { SweepParts } from '../../shared/exports/sweep.ts';
import { toFacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { countExport, exportFacts } from '../edge/export-events.ts';
import { logger } from '../edge/logger.ts';
import { currentTrace, currentTraceId } from '../edge/trace.ts';
import type { House } from '../house.ts';
import { serviceKeysOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { ExportStoresEnv, ExportsEnv, FacadeEventsEnv, JobsEnv } from './env.ts';
import { eventSinkOf } from './facade-events.ts';
import { s3Addressing } from './s3.ts';
import { clientSettings, requestHandler } from './time-outs.ts';
import { callAs } from './upstream.ts';

const makeS3 = () =>
  new S3Client({
    // Callers may take bytes slowly: only a stall of two minutes ends a read.
    requestHandler: { ...requestHandler(30_000, 1_000), socketTimeout: 120_000 },
    ...s3Addressing(),
  });
/** For files that callers read. */
export const s3Of = (house: House) => house.part(makeS3);

const makeUploads = (house: House<ExportStoresEnv>) => createS3PartUploads(s3Of(house), house.env.EXPORTS_BUCKET);

const makeRunFiles = (house: House<ExportStoresEnv>) => createS3RunFiles(s3Of(house), house.env.EXPORTS_BUCKET);

const makeFiles = (house: House<ExportStoresEnv>) => createS3ResultFiles(s3Of(house), house.env.EXPORTS_BUCKET);
export const resultFilesOf = (house: House<ExportStoresEnv>) => house.part(makeFiles);

const makeStore = (house: House<ExportStoresEnv>) => createDynamoExportStore(dynamoOf(house), house.env.EXPORTS_TABLE);

export const lambda = () =>
  new LambdaClient(clientSettings({ maxAttempts: 3, requestMillis: 5_000, connectionMillis: 1_000 }));

const tellOfStart = (runName: string, error: unknown): void =>
  logger.error('an export was not started', { runName, error: error as Error });

const makeOwnEngine = (house: House<JobsEnv>) =>
  createLambdaEngine(lambda(), `${house.env.AWS_LAMBDA_FUNCTION_NAME}:${liveAlias}`);
const ownEngineOf = (house: House<JobsEnv>) => house.part(makeOwnEngine);

type EndEnv = ExportStoresEnv & FacadeEventsEnv;

const makeEndParts = (house: House<EndEnv>) => {
  const { STAGE, EXPORTS_AT_A_TIME } = house.env;
  const { nowMillis } = systemClock;
  const store = makeStore(house);
  const tell: EndParts['tell'] = async (job, run) => {
    const circumstances = {
      source: eventSourceOf(STAGE),
      nowMillis: nowMillis(),
      newId: randomUUID,
      traceId: currentTrace(),
    };
    const refused = await eventSinkOf(house).send([toFacadeEvent(exportFacts(job, run), circumstances)]);
    // The step is tried again; a copy has the same id.
    if (refused.length > 0) throw new Error(`An event was not taken: ${refused[0]?.reason}`);
  };
  const leases = createLeases(store, nowMillis, EXPORTS_AT_A_TIME);
  return {
    store,
    leases,
    nowMillis,
    tell,
    count: countExport,
    uploads: makeUploads(house),
    files: makeRunFiles(house),
  };
};
const endPartsOf = (house: House<EndEnv>) => house.part(makeEndParts);

/** Sorts by time: ten digits of base 36, then chance. */
const newId = (): string => `${Date.now().toString(36).padStart(10, '0')}-${randomBytes(9).toString('hex')}`;

/** Exports of the facade itself, whose next job has this id. They are not counted among those of consumers. */
export const ownExportsOf = (house: House<JobsEnv>, jobId: string) =>
  createExports({
    ...endPartsOf(house),
    engine: ownEngineOf(house),
    stage: house.env.STAGE,
    onStartFailed: tellOfStart,
    traceId: currentTraceId,
    allowance: { take: async () => {} },
    newId: () => jobId,
  });

const makeExports = (house: House<ExportsEnv>) =>
  createExports({
    ...endPartsOf(house),
    engine: createLambdaEngine(lambda(), house.env.JOBS_FUNCTION),
    stage: house.env.STAGE,
    onStartFailed: tellOfStart,
    traceId: currentTraceId,
    allowance: createExportAllowance(makeStore(house), systemClock.nowMillis, house.env.EXPORTS_PER_CONSUMER),
    newId,
  });
export const exportsOf = (house: House<ExportsEnv>) => house.part(makeExports);

const kinds = [pdfKind, bulkKind, materialsKind, extractKind];

const makeRunParts = (house: House<JobsEnv>): RunParts => {
  const { call } = callAs(house, 'exports', backgroundProfile, serviceKeysOf(house));
  // Each step repeats its own calls.
  const counted: RunParts['call'] = (asked, onEnd) => {
    const decision: Decision = {};
    return call({ ...asked, once: true, decision }).finally(() => onEnd(decision.sends?.length ?? 0));
  };
  return { ...endPartsOf(house), kinds, call: counted };
};
export const runPartsOf = (house: House<JobsEnv>) => house.part(makeRunParts);

const makeSweepParts = (house: House<JobsEnv>): SweepParts => ({
  ...endPartsOf(house),
  engine: ownEngineOf(house),
});
export const sweepPartsOf = (house: House<JobsEnv>) => house.part(makeSweepParts);
