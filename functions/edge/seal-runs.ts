/** One run that seals the audit log, with its metrics. */
import type { SealReport } from '../../shared/audit-chain/seal-audit-log.ts';
import type { MetricValues } from '../../shared/config/metrics.ts';

type SealRunOptions = {
  readonly run: () => Promise<SealReport>;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (report: SealReport) => void;
};

/** What it throws ends the run as failed, which AWS counts. The next one goes on where it stopped. */
export const createSealRuns =
  ({ run, putMetrics, onRun }: SealRunOptions) =>
  async (): Promise<void> => {
    try {
      const report = await run();
      onRun(report);
      putMetrics({
        AuditRecordsSealed: report.records,
        AuditRecordsLate: report.late,
        AuditRecordsDiffer: report.differing,
        ...(report.isSigned ? { AuditSealed: 1 } : {}),
        AuditSealFailed: 0,
      });
    } catch (error) {
      putMetrics({ AuditSealFailed: 1 });
      throw error;
    }
  };
