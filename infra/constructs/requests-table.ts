/** The table of decisions about requests: who makes them may only add, who shows them may only read one by its id. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';
import { FacadeTable, type FacadeTableProps } from './table.ts';

export class RequestsTable extends FacadeTable {
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: FacadeTableProps) {
    super(scope, id, props);
    this.#key = props.encryptionKey;
  }

  /** Lets `fn` keep what it decided, or switches that off. */
  grantPut(fn: FacadeFunction, requestLog: 'on' | 'off'): void {
    fn.setVariable(variables.requestLog, requestLog);
    this.#allow(fn, 'dynamodb:PutItem', keyActions.writeItems);
  }

  /** Lets `fn` read what was decided. */
  grantGet(fn: FacadeFunction): void {
    this.#allow(fn, 'dynamodb:GetItem', keyActions.readItems);
  }

  #allow(fn: FacadeFunction, action: string, onKey: readonly string[]): void {
    fn.allow(new PolicyStatement({ actions: [action], resources: [this.table.tableArn] }));
    fn.allow(keyThroughService(this.#key, 'dynamodb', onKey));
    fn.setVariable(variables.requestsTable, this.table.tableName);
  }
}
