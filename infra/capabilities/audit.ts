/** The audit log (docs/audit.md): writers may only add, the readers of /v1/audit may only query, and nobody may change or delete. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { auditIndexes, tableAttributes, variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';

export class Audit {
  readonly #stage: Stage;
  readonly #table: FacadeTable;
  readonly fn: FacadeFunction;

  /** The function also has to be lent the consumers, which write to this log. */
  constructor(stage: Stage) {
    this.#stage = stage;
    this.#table = stage.createTable('AuditTable');
    this.#index(auditIndexes.byConsumer, 'consumer');
    this.#index(auditIndexes.byEntity, 'entity');
    this.fn = stage.createFunction('audit');
    const indexes = Object.values(auditIndexes);
    this.#table.grant(this.fn, variables.auditTable, { actions: ['dynamodb:Query'], onKey: 'readItems', indexes });
    // The log promises every write: one record is too many.
    stage.alarms.add('AuditRecordsLost', stage.alarms.metric('AuditRecordsLost', Stats.SUM, Duration.minutes(5)), 1, {
      what: 'A record did not reach the audit log',
      section: 'records of the audit log were lost',
    });
    stage.dashboards.addRow('Audit', {
      functions: [this.fn],
      graphs: { 'Lost records': [['AuditRecordsLost', Stats.SUM]] },
    });
    stage.addOutputs({
      AuditTable: this.#table.table.tableName,
      AuditRetentionDays: String(stage.config.auditRetentionDays),
    });
  }

  /** Lets `fn` add records. Sets how long they are kept, and how `fn` proceeds when a record cannot be stored. */
  grantAppend(fn: FacadeFunction): void {
    const { auditRetentionDays, auditWhenStoreFails } = this.#stage.config;
    fn.setVariable(variables.auditRetentionDays, String(auditRetentionDays));
    fn.setVariable(variables.auditWhenStoreFails, auditWhenStoreFails);
    this.#table.grant(fn, variables.auditTable, { actions: ['dynamodb:PutItem'], onKey: 'writeItems' });
  }

  /** Lets `fn` read the log whole, by day. */
  grantReadDays(fn: FacadeFunction): void {
    this.#table.grant(fn, variables.auditTable, { actions: ['dynamodb:Query'], onKey: 'readItems' });
  }

  #index(indexName: string, partitionKey: string): void {
    this.#table.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableAttributes.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
}
