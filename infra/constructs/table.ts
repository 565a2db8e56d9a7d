/** A DynamoDB table of the facade: on demand, encrypted, recoverable, expiring by attribute, with narrow grants. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableAttributes } from '../../shared/config/names.ts';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';

export type FacadeTableProps = {
  readonly encryptionKey: Key;
  readonly removalPolicy: RemovalPolicy;
  readonly keep: boolean;
};

const readActions = ['dynamodb:GetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** `Table`, not `TableV2`: one region, and plain AWS::DynamoDB::Table for everything that reads the template. */
export class FacadeTable extends Construct {
  readonly table: Table;
  readonly #encryptionKey: Key;

  constructor(scope: Construct, id: string, props: FacadeTableProps) {
    super(scope, id);
    this.#encryptionKey = props.encryptionKey;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: tableAttributes.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableAttributes.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: tableAttributes.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.keep,
      removalPolicy: props.removalPolicy,
    });
  }

  /** Lets `fn` read items and puts the table's name into its environment. */
  grantRead(fn: FacadeFunction, variable: string): void {
    this.#grant(fn, variable, readActions, keyActions.readItems);
  }

  /** Lets `fn` read and write items and puts the table's name into its environment. */
  grantReadWrite(fn: FacadeFunction, variable: string): void {
    this.#grant(fn, variable, [...readActions, ...writeActions], keyActions.writeItems);
  }

  /** Lets `fn` write the day of the last use into items of keys, and nothing else. It needs the right to read besides. */
  grantNotesOfUse(fn: FacadeFunction): void {
    fn.allow(
      new PolicyStatement({
        actions: ['dynamodb:UpdateItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['KEY#*'] },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'lastUsedOn'] },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
        },
      }),
    );
    fn.allow(keyThroughService(this.#encryptionKey, 'dynamodb', keyActions.writeItems));
  }

  /** Lets `fn` ask for and take from the budget. */
  grantQuota(fn: FacadeFunction, variable: string): void {
    this.#grant(fn, variable, ['dynamodb:GetItem', 'dynamodb:PutItem'], keyActions.writeItems);
  }

  /** Lets `fn` take and give back the slots of large answers, which have items of their own in the table of the budget. */
  grantSlots(fn: FacadeFunction): void {
    fn.allow(
      new PolicyStatement({
        actions: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SLOTS#*'] } },
      }),
    );
  }

  /** Lets `fn` look answers up, store and purge them: no item is ever deleted but by its expiry. */
  grantCache(fn: FacadeFunction, variable: string): void {
    const actions = ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
    this.#grant(fn, variable, actions, keyActions.writeItems);
  }

  #grant(fn: FacadeFunction, variable: string, actions: string[], onKey: readonly string[]): void {
    fn.allow(new PolicyStatement({ actions, resources: [this.table.tableArn] }));
    fn.allow(keyThroughService(this.#encryptionKey, 'dynamodb', onKey));
    fn.setVariable(variable, this.table.tableName);
  }
}
