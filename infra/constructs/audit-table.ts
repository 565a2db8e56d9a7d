/** The table of the audit log: writers may only add, readers may only query, and nobody may change or delete. */
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { auditIndexes, tableAttributes, variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';
import { FacadeTable, type FacadeTableProps } from './table.ts';

type Settings = { readonly auditRetentionDays: number; readonly auditWhenStoreFails: 'refuse' | 'admit' };

export class AuditTable extends FacadeTable {
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: FacadeTableProps) {
    super(scope, id, props);
    this.#key = props.encryptionKey;
    this.#index(auditIndexes.byConsumer, 'consumer');
    this.#index(auditIndexes.byEntity, 'entity');
  }

  /** Lets `fn` add records, and sets how long they are kept and what happens when they cannot be. */
  grantAppend(fn: FacadeFunction, { auditRetentionDays, auditWhenStoreFails }: Settings): void {
    fn.setVariable(variables.auditRetentionDays, String(auditRetentionDays));
    fn.setVariable(variables.auditWhenStoreFails, auditWhenStoreFails);
    this.#allow(fn, 'dynamodb:PutItem', [this.table.tableArn], keyActions.writeItems);
  }

  /** Lets `fn` read by time, by consumer and by entity. */
  grantQuery(fn: FacadeFunction): void {
    const indexArns = Object.values(auditIndexes).map((name) => `${this.table.tableArn}/index/${name}`);
    this.#allow(fn, 'dynamodb:Query', [this.table.tableArn, ...indexArns], keyActions.readItems);
  }

  #index(indexName: string, partitionKey: string): void {
    this.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableAttributes.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  #allow(fn: FacadeFunction, action: string, resources: string[], onKey: readonly string[]): void {
    fn.allow(new PolicyStatement({ actions: [action], resources }));
    fn.allow(keyThroughService(this.#key, 'dynamodb', onKey));
    fn.setVariable(variables.auditTable, this.table.tableName);
  }
}
