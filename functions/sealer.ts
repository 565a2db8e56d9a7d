/** Every few minutes: records of the audit log are sealed into its chain, and once a day the head of the chain is signed. */
import { sealAuditLog } from '../shared/audit-chain/seal-audit-log.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createSealRuns } from './edge/seal-runs.ts';
import { createHouse, once } from './house.ts';
import { SealerEnv } from './wiring/archive-env.ts';
import { sealAuditPartsOf } from './wiring/audit-chain.ts';
import { parseEnv } from './wiring/env.ts';

const house = createHouse(parseEnv(SealerEnv));
/** Leaves a minute for the page that was begun last. */
const runMillis = 240_000;

const runs = once(() =>
  createSealRuns({
    run: () => sealAuditLog(sealAuditPartsOf(house), Date.now() + runMillis),
    putMetrics,
    onRun: (report) => logger.info('audit log sealed', report),
  }),
);

export const handler = (): Promise<void> => runs()();
