/** The chain of the audit log in the archive (docs/audit.md): the function that seals it, and what watches that. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stage } from '../constructs/stage.ts';
import type { Archive } from './archive.ts';
import type { Audit } from './audit.ts';

/** A run that has much to do ends itself after four minutes, and the next one goes on. */
const sealerSize = { memoryMiB: 512, timeoutSeconds: 300 };
/** A head is signed each day. Two hours more are for a run that fails and the next ones. */
const mostHoursWithoutHead = 26;

export class AuditChain {
  readonly #stage: Stage;

  constructor(stage: Stage, { audit, archive }: { readonly audit: Audit; readonly archive: Archive }) {
    this.#stage = stage;
    const fn = stage.createFunction('sealer', sealerSize);
    audit.grantReadDays(fn);
    archive.grantAuditChain(fn);
    stage.schedule('AuditSealSchedule', fn, archive.sealEvery, 'seals the audit log');
    stage.dashboards.addRow('Audit chain', {
      functions: [fn],
      graphs: {
        'Sealed records': [
          ['AuditRecordsSealed', Stats.SUM],
          ['AuditRecordsLate', Stats.SUM],
          ['AuditRecordsDiffer', Stats.SUM],
        ],
        'Signed heads': [['AuditSealed', Stats.SUM]],
      },
    });
    this.#watch();
  }

  #watch(): void {
    const { alarms } = this.#stage;
    alarms.add('AuditSealFailed', alarms.metric('AuditSealFailed', Stats.SUM, Duration.minutes(15)), 2, {
      what: 'The audit log cannot be sealed',
      section: 'an audit log that is not sealed',
    });
    alarms.addForSilence('AuditSealSilent', alarms.metric('AuditSealed', Stats.SUM), mostHoursWithoutHead, {
      what: 'No head of the audit log was signed for 26 hours',
      section: 'an audit log that is not sealed',
    });
    const hour = Duration.hours(1);
    const strange = {
      late: alarms.metric('AuditRecordsLate', Stats.SUM, hour),
      differ: alarms.metric('AuditRecordsDiffer', Stats.SUM, hour),
    };
    alarms.add('AuditLogChanged', alarms.sum('Strange records', strange, hour), 1, {
      what: 'Records of the audit log were changed, removed or added late',
      section: 'an audit log that was changed',
    });
  }
}
